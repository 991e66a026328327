package dev.slipway.twin.iam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.twin.world.Differs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.iam.model.Policy;

/** The policies that AWS itself keeps. */
@Differs(
    value = "the twin knows the dozen AWS managed policies that container stacks use",
    because = "AWS has more than a thousand of them and changes them")
final class ManagedPolicies {

  private static final Map<String, Managed> BY_ARN = read();

  /** A policy and its text. */
  record Managed(Policy policy, String document) {}

  private ManagedPolicies() {}

  static Optional<Managed> find(String arn) {
    return Optional.ofNullable(BY_ARN.get(arn));
  }

  static List<Policy> all() {
    return BY_ARN.values().stream().map(Managed::policy).toList();
  }

  static boolean isAws(String arn) {
    return arn.startsWith("arn:aws:iam::aws:policy/");
  }

  private static Map<String, Managed> read() {
    Map<String, Managed> found = new LinkedHashMap<>();
    try (InputStream file =
        ManagedPolicies.class.getResourceAsStream("aws-managed-policies.json")) {
      for (JsonNode json : new ObjectMapper().readTree(file)) {
        Policy policy = policy(json);
        found.put(policy.arn(), new Managed(policy, json.path("document").toString()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static Policy policy(JsonNode json) {
    String name = json.path("name").asText();
    String path = json.path("path").asText("/");
    Instant created = Instant.parse(json.path("created").asText());
    return Policy.builder()
        .policyName(name)
        .policyId(json.path("id").asText())
        .arn("arn:aws:iam::aws:policy" + path + name)
        .path(path)
        .defaultVersionId(json.path("version").asText("v1"))
        .attachmentCount(0)
        .permissionsBoundaryUsageCount(0)
        .isAttachable(true)
        .createDate(created)
        .updateDate(created)
        .build();
  }
}
