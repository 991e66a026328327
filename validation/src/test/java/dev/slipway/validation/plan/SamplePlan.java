package dev.slipway.validation.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.validation.observe.Wanted;
import dev.slipway.validation.preflight.Preflight;
import dev.slipway.validation.report.Report;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Plans that Terraform made, without what nobody reads of them: the Terraform beside them in the
 * directory made those of other people's stacks, and {@code terraform/} of this repository the
 * others.
 */
final class SamplePlan {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode root;

  private SamplePlan(ObjectNode root) {
    this.root = root;
  }

  static SamplePlan of(String name) {
    try (InputStream in = SamplePlan.class.getResourceAsStream("/plans/" + name + ".json")) {
      return new SamplePlan((ObjectNode) JSON.readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(String name) throws IOException {
    try (InputStream in = SamplePlan.class.getResourceAsStream("/plans/" + name + ".json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Without the resources whose address begins so. */
  SamplePlan without(String address) {
    for (JsonNode resources : root.findValues("resources")) {
      for (Iterator<JsonNode> each = resources.iterator(); each.hasNext(); ) {
        JsonNode resource = each.next();
        if (resource.has("values") && resource.path("address").asText().startsWith(address)) {
          each.remove();
        }
      }
    }
    return this;
  }

  /** With other values of the resources whose address begins so. */
  SamplePlan with(String address, Consumer<ObjectNode> change) {
    for (JsonNode resources : root.findValues("resources")) {
      for (JsonNode resource : resources) {
        if (resource.has("values") && resource.path("address").asText().startsWith(address)) {
          change.accept((ObjectNode) resource.path("values"));
        }
      }
    }
    return this;
  }

  /**
   * With one more resource in the root module, of which it is known later what the expressions
   * refer to.
   *
   * @param values what is known of it, as JSON
   * @param references the attributes that are known later, each with what it refers to
   */
  SamplePlan plus(String type, String name, String values, Map<String, String> references) {
    try {
      String address = type + "." + name;
      ObjectNode resource = JSON.createObjectNode();
      resource.put("address", address).put("mode", "managed").put("type", type).put("name", name);
      ObjectNode written = resource.deepCopy();
      ObjectNode change = resource.deepCopy();
      ObjectNode expressions = written.putObject("expressions");
      ObjectNode unknown = change.putObject("change").putObject("after_unknown");
      change.withObject("/change").putArray("actions").add("create");
      resource.set("values", JSON.readTree(values));
      resource
          .path("values")
          .propertyStream()
          .forEach(v -> expressions.putObject(v.getKey()).set("constant_value", v.getValue()));
      references.forEach((attribute, to) -> {
        expressions.putObject(attribute).putArray("references").add(to);
        unknown.put(attribute, true);
      });
      root.withObject("/planned_values/root_module").withArray("resources").add(resource);
      root.withObject("/configuration/root_module").withArray("resources").add(written);
      root.withArray("resource_changes").add(change);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With what is done with one more resource, of which nothing else is told. */
  SamplePlan change(String type, String name, String before, String after, String... actions) {
    try {
      ObjectNode change = JSON.createObjectNode();
      change.put("address", type + "." + name).put("mode", "managed").put("type", type);
      ObjectNode how = change.putObject("change");
      List.of(actions).forEach(how.withArray("actions")::add);
      how.set("before", JSON.readTree(before));
      how.set("after", JSON.readTree(after));
      root.withArray("resource_changes").add(change);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With a resource that is there, and is changed in place. */
  SamplePlan update(String address, String before, String after) {
    return changing(
        address,
        c -> {
          try {
            ObjectNode how = c.withObject("/change");
            how.putArray("actions").add("update");
            how.set("before", JSON.readTree(before));
            how.set("after", JSON.readTree(after));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** With another change of a resource. */
  SamplePlan changing(String address, Consumer<ObjectNode> other) {
    for (JsonNode change : root.path("resource_changes")) {
      if (change.path("address").asText().equals(address)) {
        other.accept((ObjectNode) change);
      }
    }
    return this;
  }

  /** With a text of the whole plan replaced. */
  SamplePlan replacing(String some, String other) {
    try {
      return new SamplePlan((ObjectNode) JSON.readTree(root.toString().replace(some, other)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Prospect> services(Account account) {
    try {
      return Plan.parse(root.toString()).services(account, Instant.EPOCH);
    } catch (BadPlan e) {
      throw new IllegalStateException(e);
    }
  }

  /** The report on its only service, when nobody is asked. */
  Report report() {
    return report(Account.UNASKED);
  }

  Report report(Account account) {
    List<Prospect> all = services(account);
    if (all.size() != 1) {
      throw new IllegalStateException(all.size() + " services");
    }
    return report(all.getFirst());
  }

  static Report report(Prospect prospect) {
    Wanted wanted = prospect.wanted();
    return Preflight.report(
        prospect.snapshot(),
        wanted,
        Optional.of(prospect.applying()),
        prospect.names(),
        Map.of(),
        Duration.ZERO);
  }
}
