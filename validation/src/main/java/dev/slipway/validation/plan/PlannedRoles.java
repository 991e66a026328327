package dev.slipway.validation.plan;

import dev.slipway.validation.observe.Surroundings.Boundary;
import dev.slipway.validation.observe.Surroundings.Role;
import dev.slipway.validation.plan.Planned.Block;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/**
 * Roles as the plan will have them. A role of which a part is only known after the apply is left
 * out, and the gap is noted: nobody can say what it may do.
 */
final class PlannedRoles {

  /** What everybody has: the policies of AWS that roles of tasks use, as far as a start needs. */
  private static final Map<String, String> MANAGED =
      Map.of(
          "service-role/AmazonECSTaskExecutionRolePolicy",
          """
          {"Statement":[{"Effect":"Allow","Action":["ecr:GetAuthorizationToken",
           "ecr:BatchCheckLayerAvailability","ecr:GetDownloadUrlForLayer","ecr:BatchGetImage",
           "logs:CreateLogStream","logs:PutLogEvents"],"Resource":"*"}]}
          """,
          "AdministratorAccess",
          "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}");

  private static final String ACTION = "iam:GetRole";
  private static final String POLICY = "iam:GetPolicyVersion";

  private final Reading reading;
  private final Documents documents;

  PlannedRoles(Reading reading) {
    this.reading = reading;
    this.documents = new Documents(reading);
  }

  /**
   * The plan's roles of some definitions, by their ARNs. What a task itself may do is no matter of
   * its start: only of execution roles the policies are read.
   */
  Map<String, Role> roles(Collection<TaskDefinition> definitions) {
    Set<String> execution = new HashSet<>();
    Set<String> wanted = new HashSet<>();
    definitions.forEach(d -> {
      execution.add(d.executionRoleArn());
      wanted.add(d.executionRoleArn());
      wanted.add(d.taskRoleArn());
    });
    Map<String, Role> all = new HashMap<>();
    for (Planned planned : reading.plan().all("aws_iam_role")) {
      String arn = reading.arn(planned);
      if (!wanted.contains(arn)) {
        continue;
      }
      Optional<String> trust = documents.of(planned, "assume_role_policy");
      if (trust.isEmpty()) {
        reading.unknown(ACTION, planned.address() + ": assume_role_policy");
        continue;
      }
      Optional<Map<String, String>> policies =
          execution.contains(arn) ? policies(planned) : Optional.of(Map.of());
      policies.ifPresent(p -> all.put(arn, new Role(true, arn, trust.get(), p, boundary(planned))));
    }
    return all;
  }

  /** Its permissions boundary, where that is a policy of the plan. */
  private Optional<Boundary> boundary(Planned role) {
    String known = role.text("permissions_boundary");
    Optional<Planned> policy =
        known.isEmpty() && role.unknown("permissions_boundary")
            ? reading.resolve(role, List.of("permissions_boundary"), "aws_iam_policy").one()
            : reading.plan().all("aws_iam_policy").stream()
                .filter(p -> !known.isEmpty() && known.equals(p.text("arn")))
                .findFirst();
    return policy.map(p -> new Boundary(reading.arn(p), documents.of(p, "policy").orElse("")));
  }

  private Optional<Map<String, String>> policies(Planned role) {
    Map<String, String> found = new LinkedHashMap<>();
    List<String> open = new ArrayList<>();
    for (Block inline : role.blocks("inline_policy")) {
      if (inline.unknown("policy")) {
        open.add(role.address() + ": inline_policy");
      }
      found.put("inline " + found.size(), inline.text("policy"));
    }
    role.texts("managed_policy_arns").forEach(a -> managed(a, found, open));
    if (role.unknown("managed_policy_arns")
        && reading.references().written(role, "managed_policy_arns")) {
      open.add(role.address() + ": managed_policy_arns");
    }
    for (Planned each : reading.plan().all("aws_iam_role_policy")) {
      if (of(each, "role", role)) {
        put(each, "policy", found, open);
      }
    }
    for (Planned each : reading.plan().all("aws_iam_role_policy_attachment")) {
      if (of(each, "role", role)) {
        attached(each, found, open);
      }
    }
    for (Planned each : reading.plan().all("aws_iam_policy_attachment")) {
      if (each.texts("roles").contains(role.text("name")) || each.unknown("roles")) {
        attached(each, found, open);
      }
    }
    if (!open.isEmpty()) {
      reading.unknown(POLICY, String.join(", ", open));
      return Optional.empty();
    }
    return Optional.of(found);
  }

  /** Whether an attachment may be the role's: in doubt it is, so that nothing is called missing. */
  private boolean of(Planned attachment, String attribute, Planned role) {
    String known = attachment.text(attribute);
    return known.isEmpty()
        ? reading
            .resolve(attachment, List.of(attribute), "aws_iam_role")
            .candidates()
            .contains(role)
        : known.equals(role.text("name")) || known.equals(role.text("id"));
  }

  private void put(Planned from, String attribute, Map<String, String> found, List<String> open) {
    documents
        .of(from, attribute)
        .ifPresentOrElse(
            d -> found.put(from.address(), d), () -> open.add(from.address() + ": " + attribute));
  }

  private void attached(Planned attachment, Map<String, String> found, List<String> open) {
    String known = attachment.text("policy_arn");
    Optional<Planned> own =
        reading.plan().all("aws_iam_policy").stream()
            .filter(p -> !known.isEmpty() && p.text("arn").equals(known))
            .findFirst();
    if (own.isPresent()) {
      put(own.get(), "policy", found, open);
      return;
    }
    if (!known.isEmpty()) {
      managed(known, found, open);
      return;
    }
    List<Planned> candidates =
        reading.resolve(attachment, List.of("policy_arn"), "aws_iam_policy").candidates();
    candidates.forEach(c -> put(c, "policy", found, open));
    if (candidates.isEmpty()) {
      open.add(attachment.address() + ": policy_arn");
    }
  }

  private void managed(String arn, Map<String, String> found, List<String> open) {
    int at = arn.indexOf(":policy/");
    String name = at < 0 ? arn : arn.substring(at + 8);
    Optional<Planned> answer =
        reading.plan().answers("aws_iam_policy").stream()
            .filter(p -> p.text("arn").equals(arn) && !p.text("policy").isEmpty())
            .findFirst();
    if (arn.contains(":aws:policy/") && MANAGED.containsKey(name)) {
      found.put(name, MANAGED.get(name));
    } else if (answer.isPresent()) {
      found.put(name, answer.get().text("policy"));
    } else {
      open.add("policy " + arn);
    }
  }
}
