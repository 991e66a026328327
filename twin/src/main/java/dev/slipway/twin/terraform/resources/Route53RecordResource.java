package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.engine.Waiter;
import dev.slipway.twin.terraform.plan.Traits;
import dev.slipway.twin.terraform.value.Attributes;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.services.route53.model.AliasTarget;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ChangeBatch;
import software.amazon.awssdk.services.route53.model.ChangeResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.ChangeResourceRecordSetsResponse;
import software.amazon.awssdk.services.route53.model.GetChangeRequest;
import software.amazon.awssdk.services.route53.model.GetChangeResponse;
import software.amazon.awssdk.services.route53.model.GetHostedZoneRequest;
import software.amazon.awssdk.services.route53.model.GetHostedZoneResponse;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsResponse;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** {@code aws_route53_record}, without the routing policies. */
final class Route53RecordResource implements ResourceHandler {

  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private static final List<String> POLICIES =
      List.of(
          "cidr_routing_policy",
          "failover_routing_policy",
          "geolocation_routing_policy",
          "geoproximity_routing_policy",
          "latency_routing_policy",
          "weighted_routing_policy");

  @Override
  public String type() {
    return "aws_route53_record";
  }

  @Override
  public String label() {
    return "Route 53 Record";
  }

  @Override
  public Traits traits() {
    return new Traits()
        .same("name", (prior, wanted) -> bare(prior).equals(bare(wanted)))
        .same("alias.name", (prior, wanted) -> bare(prior).equals(bare(wanted)))
        .same("zone_id", (prior, wanted) -> zone(prior).equals(zone(wanted)));
  }

  @Override
  public void create(Context context, Attributes planned) {
    refusePolicies(planned);
    boolean overwrite = planned.flag("allow_overwrite");
    change(context, planned, overwrite ? ChangeAction.UPSERT : ChangeAction.CREATE);
    String name = bare(planned.text("name", ""));
    String id = zone(planned.text("zone_id")) + "_" + name + "_" + planned.text("type");
    planned.set("id", id);
  }

  private static void refusePolicies(Attributes planned) {
    for (String policy : POLICIES) {
      if (planned.block(policy).isPresent()) {
        throw new UnsupportedOperationException(policy + " of aws_route53_record");
      }
    }
    if (planned.flag("multivalue_answer_routing_policy")
        || planned.has("health_check_id")
        || planned.has("set_identifier")) {
      throw new UnsupportedOperationException("routing policies of aws_route53_record");
    }
  }

  @Override
  public boolean read(Context context, Attributes state) {
    String zone = zone(state.text("zone_id"));
    Optional<String> domain =
        context.find(() ->
            context
                .call(GetHostedZoneRequest.builder().id(zone).build(), GetHostedZoneResponse.class)
                .hostedZone()
                .name());
    if (domain.isEmpty()) {
      return false;
    }
    String full = full(state.text("name", ""), domain.get());
    ListResourceRecordSetsRequest request =
        ListResourceRecordSetsRequest.builder()
            .hostedZoneId(zone)
            .startRecordName(full)
            .startRecordType(state.text("type"))
            .maxItems("1")
            .build();
    Optional<ResourceRecordSet> found =
        context
            .findFirst(() ->
                context.call(request, ListResourceRecordSetsResponse.class).resourceRecordSets())
            .filter(set ->
                bare(set.name().replace("\\052", "*")).equals(bare(full))
                    && set.typeAsString().equals(state.text("type")));
    found.ifPresent(set -> write(set, bare(full), state));
    return found.isPresent();
  }

  private static void write(ResourceRecordSet set, String fqdn, Attributes state) {
    POLICIES.forEach(state::setNoBlocks);
    state
        .set("fqdn", fqdn)
        .set("type", set.typeAsString())
        .setText("set_identifier", set.setIdentifier())
        .setText("health_check_id", set.healthCheckId())
        .set("multivalue_answer_routing_policy", false)
        .set("ttl", set.ttl() == null ? 0L : set.ttl())
        .setTexts("records", set.resourceRecords().stream().map(ResourceRecord::value).toList())
        .setNoBlocks("alias");
    if (set.aliasTarget() != null) {
      state.setBlock(
          "alias",
          new Attributes()
              .set("name", bare(set.aliasTarget().dnsName()))
              .set("zone_id", set.aliasTarget().hostedZoneId())
              .set("evaluate_target_health", set.aliasTarget().evaluateTargetHealth()));
    }
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    refusePolicies(planned);
    if (planned.differs(prior, "type")) {
      change(context, prior, ChangeAction.DELETE);
      change(context, planned, ChangeAction.CREATE);
      String id = zone(planned.text("zone_id")) + "_" + bare(planned.text("name", ""));
      planned.set("id", id + "_" + planned.text("type"));
    } else {
      change(context, planned, ChangeAction.UPSERT);
    }
  }

  @Override
  public void delete(Context context, Attributes state) {
    change(context, state, ChangeAction.DELETE);
  }

  private static void change(Context context, Attributes record, ChangeAction action) {
    String zone = zone(record.text("zone_id"));
    String domain =
        context
            .call(GetHostedZoneRequest.builder().id(zone).build(), GetHostedZoneResponse.class)
            .hostedZone()
            .name();
    ResourceRecordSet set =
        ResourceRecordSet.builder()
            .name(full(record.text("name", ""), domain))
            .type(record.text("type"))
            .ttl(record.positive("ttl") == null ? null : record.positive("ttl").longValue())
            .resourceRecords(
                record.texts("records").isEmpty()
                    ? null
                    : record.texts("records").stream()
                        .map(value -> ResourceRecord.builder().value(value).build())
                        .toList())
            .aliasTarget(record.block("alias").map(Route53RecordResource::alias).orElse(null))
            .build();
    String id =
        context
            .call(
                ChangeResourceRecordSetsRequest.builder()
                    .hostedZoneId(zone)
                    .changeBatch(
                        ChangeBatch.builder()
                            .comment("Managed by Terraform")
                            .changes(Change.builder().action(action).resourceRecordSet(set).build())
                            .build())
                    .build(),
                ChangeResourceRecordSetsResponse.class)
            .changeInfo()
            .id();
    context
        .waiter()
        .until(
            new Waiter.Until(
                Duration.ZERO, Duration.ZERO, PATIENCE, List.of("PENDING"), List.of("INSYNC")),
            () ->
                context
                    .call(GetChangeRequest.builder().id(id).build(), GetChangeResponse.class)
                    .changeInfo()
                    .statusAsString());
  }

  private static AliasTarget alias(Attributes block) {
    return AliasTarget.builder()
        .dnsName(block.text("name"))
        .hostedZoneId(block.text("zone_id"))
        .evaluateTargetHealth(block.flag("evaluate_target_health"))
        .build();
  }

  /** {@code ZONE_name_TYPE}. */
  @Override
  public void importById(Context context, String id, Attributes state) {
    int first = id.indexOf('_');
    int last = id.lastIndexOf('_');
    if (first < 0 || last <= first) {
      throw new IllegalArgumentException("an aws_route53_record's id is ZONE_name_TYPE: " + id);
    }
    state
        .set("id", id)
        .set("zone_id", id.substring(0, first))
        .set("name", id.substring(first + 1, last))
        .set("type", id.substring(last + 1));
  }

  private static String full(String name, String domain) {
    String own = bare(name);
    String zone = bare(domain);
    if (own.isEmpty()) {
      return zone;
    }
    return own.equals(zone) || own.endsWith("." + zone) ? own : own + "." + zone;
  }

  private static String bare(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  private static String zone(String id) {
    return id == null ? "" : id.replaceFirst("^/hostedzone/", "");
  }
}
