package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.plan.Traits;
import dev.slipway.twin.terraform.value.Attributes;
import dev.slipway.twin.terraform.value.Value;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.CreateNetworkAclRequest;
import software.amazon.awssdk.services.ec2.model.CreateNetworkAclResponse;
import software.amazon.awssdk.services.ec2.model.DeleteNetworkAclRequest;
import software.amazon.awssdk.services.ec2.model.DeleteNetworkAclResponse;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkAclsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkAclsResponse;
import software.amazon.awssdk.services.ec2.model.NetworkAcl;
import software.amazon.awssdk.services.ec2.model.NetworkAclAssociation;
import software.amazon.awssdk.services.ec2.model.ReplaceNetworkAclAssociationRequest;
import software.amazon.awssdk.services.ec2.model.ReplaceNetworkAclAssociationResponse;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/** {@code aws_network_acl}, with its rules and the subnets that it is put on. */
final class NetworkAclResource implements ResourceHandler {

  @Override
  public String type() {
    return "aws_network_acl";
  }

  @Override
  public String label() {
    return "EC2 Network ACL";
  }

  @Override
  public Traits traits() {
    return new Traits()
        .sameValues("ingress", NetworkAclResource::isSame)
        .sameValues("egress", NetworkAclResource::isSame);
  }

  @Override
  public void create(Context context, Attributes planned) {
    CreateNetworkAclRequest request =
        CreateNetworkAclRequest.builder()
            .vpcId(planned.text("vpc_id"))
            .tagSpecifications(Ec2Calls.tagSpecifications(planned, ResourceType.NETWORK_ACL))
            .build();
    planned.set(
        "id", context.call(request, CreateNetworkAclResponse.class).networkAcl().networkAclId());
    updateRules(context, new Attributes(), planned, "ingress");
    updateRules(context, new Attributes(), planned, "egress");
    planned.texts("subnet_ids").forEach(subnet -> associate(context, planned.id(), subnet));
  }

  @Override
  public boolean read(Context context, Attributes state) {
    Optional<NetworkAcl> found = NetworkAclEntries.acl(context, state.id());
    if (found.isEmpty()) {
      return false;
    }
    NetworkAcl acl = found.get();
    state
        .set("arn", context.arn("ec2", "network-acl/" + acl.networkAclId()))
        .set("owner_id", acl.ownerId())
        .set("vpc_id", acl.vpcId())
        .setTexts(
            "subnet_ids",
            acl.associations().stream().map(NetworkAclAssociation::subnetId).toList());
    setRules(state, acl, "ingress");
    setRules(state, acl, "egress");
    Ec2Calls.setTags(context, state, acl.tags());
    return true;
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    updateRules(context, prior, planned, "ingress");
    updateRules(context, prior, planned, "egress");
    List<String> before = prior.texts("subnet_ids");
    List<String> after = planned.texts("subnet_ids");
    after.stream()
        .filter(subnet -> !before.contains(subnet))
        .forEach(subnet -> associate(context, planned.id(), subnet));
    before.stream()
        .filter(subnet -> !after.contains(subnet))
        .forEach(subnet -> giveBack(context, planned.text("vpc_id"), subnet));
    Ec2Calls.updateTags(context, prior, planned);
  }

  @Override
  public void delete(Context context, Attributes state) {
    state.texts("subnet_ids").forEach(subnet -> giveBack(context, state.text("vpc_id"), subnet));
    DeleteNetworkAclRequest request =
        DeleteNetworkAclRequest.builder().networkAclId(state.id()).build();
    Ec2Calls.deleteUnused(
        context,
        Duration.ofMinutes(5),
        () -> context.call(request, DeleteNetworkAclResponse.class));
  }

  /** Puts an ACL on a subnet, in place of the one that it has. */
  static String associate(Context context, String acl, String subnet) {
    DescribeNetworkAclsRequest find =
        DescribeNetworkAclsRequest.builder()
            .filters(Ec2Calls.filter("association.subnet-id", subnet))
            .build();
    String association =
        context.call(find, DescribeNetworkAclsResponse.class).networkAcls().stream()
            .flatMap(one -> one.associations().stream())
            .filter(one -> one.subnetId().equals(subnet))
            .map(NetworkAclAssociation::networkAclAssociationId)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no network ACL is on " + subnet));
    ReplaceNetworkAclAssociationRequest replace =
        ReplaceNetworkAclAssociationRequest.builder()
            .associationId(association)
            .networkAclId(acl)
            .build();
    return context.call(replace, ReplaceNetworkAclAssociationResponse.class).newAssociationId();
  }

  /** Puts the VPC's default ACL back on a subnet, if that is still there. */
  static void giveBack(Context context, String vpc, String subnet) {
    DescribeNetworkAclsRequest request =
        DescribeNetworkAclsRequest.builder()
            .filters(Ec2Calls.filter("vpc-id", vpc), Ec2Calls.filter("default", "true"))
            .build();
    String standard =
        context
            .call(request, DescribeNetworkAclsResponse.class)
            .networkAcls()
            .getFirst()
            .networkAclId();
    context.find(() -> associate(context, standard, subnet));
  }

  private static void updateRules(
      Context context, Attributes prior, Attributes planned, String name) {
    if (planned.get(name).isUnknown() || !planned.differs(prior, name)) {
      return;
    }
    boolean egress = name.equals("egress");
    for (Attributes rule : prior.blocks(name)) {
      NetworkAclEntries.delete(context, planned.id(), egress, rule.integer("rule_no"));
    }
    for (Attributes rule : planned.blocks(name)) {
      NetworkAclEntries.create(
          context,
          planned.id(),
          egress,
          rule.integer("rule_no"),
          rule.text("action", "").toLowerCase(Locale.ROOT),
          rule);
    }
  }

  /** Rules that come to the same stay spelled as they are: {@code tcp} or {@code 6}. */
  private static void setRules(Attributes state, NetworkAcl acl, String name) {
    boolean egress = name.equals("egress");
    List<Attributes> onAws =
        acl.entries().stream()
            .filter(
                entry -> entry.egress() == egress && entry.ruleNumber() < NetworkAclEntries.LAST)
            .map(NetworkAclEntries::toAttribute)
            .toList();
    Set<Value> wanted = new HashSet<>();
    onAws.forEach(rule -> wanted.add(rule.toValue()));
    if (!(state.get(name) instanceof Value.Seq) || !plain(state.blocks(name)).equals(wanted)) {
      state.setBlocks(name, onAws);
    }
  }

  /** Rules in EC2's spelling. */
  private static Set<Value> plain(List<Attributes> rules) {
    Set<Value> all = new HashSet<>();
    for (Attributes rule : rules) {
      Attributes plain = new Attributes();
      plain
          .set("rule_no", rule.integer("rule_no"))
          .set("protocol", NetworkAclEntries.protocol(rule.text("protocol", "-1")))
          .set("action", rule.text("action", "").toLowerCase(Locale.ROOT))
          .setText("cidr_block", rule.text("cidr_block"))
          .setText("ipv6_cidr_block", rule.text("ipv6_cidr_block"));
      for (String number : List.of("icmp_type", "icmp_code", "from_port", "to_port")) {
        plain.set(number, rule.has(number) ? rule.integer(number) : 0);
      }
      all.add(plain.toValue());
    }
    return all;
  }

  private static boolean isSame(Value one, Value other) {
    return plain(new Attributes().set("rules", one).blocks("rules"))
        .equals(plain(new Attributes().set("rules", other).blocks("rules")));
  }
}
