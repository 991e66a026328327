package dev.slipway.validation.diagnose;

import dev.slipway.validation.check.Policies;
import dev.slipway.validation.diagnose.Cause.Fix;
import dev.slipway.validation.diagnose.Cause.Rank;
import dev.slipway.validation.observe.Arns;
import dev.slipway.validation.observe.ImageName;
import dev.slipway.validation.observe.Surroundings.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Can the roles be assumed, and may the execution role do what a start needs? A role that cannot be
 * assumed leaves no task behind, only an event.
 */
final class RoleRule implements Rule {

  private static final Pattern ACTION =
      Pattern.compile("not authorized to perform: ([a-z]+:[A-Za-z]+)");

  /** Source: ECR user guide, security-iam-awsmanpol: it is allowed on {@code *} only. */
  private static final String TOKEN = "ecr:GetAuthorizationToken";

  /** Source: IAM user guide, troubleshoot_access-denied: how an implicit denial is told. */
  private static final String BOUNDARY = "because no permissions boundary allows";

  private static final List<String> PULL =
      List.of(TOKEN, "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer");

  @Override
  public List<Cause> look(Case seen) {
    List<Cause> causes = new ArrayList<>();
    seen.definition()
        .ifPresent(d ->
            Stream.of(d.executionRoleArn(), d.taskRoleArn())
                .filter(a -> a != null)
                .distinct()
                .forEach(a -> trust(seen, a).ifPresent(causes::add)));
    causes.addAll(permissions(seen));
    serviceLinked(seen).ifPresent(causes::add);
    return causes;
  }

  @Override
  public List<Cause> foretell(Case seen) {
    List<Cause> causes = new ArrayList<>();
    seen.definition().stream()
        .flatMap(d -> Stream.of(d.executionRoleArn(), d.taskRoleArn()))
        .filter(a -> a != null)
        .distinct()
        .flatMap(a -> seen.snapshot().surroundings().role(a).stream())
        .flatMap(r -> trust(seen, r.arn()).stream())
        .forEach(causes::add);
    String execution = seen.definition().map(d -> d.executionRoleArn()).orElse(null);
    if (execution != null) {
      seen.snapshot()
          .surroundings()
          .role(execution)
          .filter(Role::exists)
          .ifPresent(r -> causes.addAll(lacking(seen, r)));
    }
    return causes;
  }

  /** What a start needs and no policy of the role allows, whatever other policies may allow. */
  private static List<Cause> lacking(Case seen, Role role) {
    List<String> needed = StartNeeds.actions(seen);
    List<Cause> causes = new ArrayList<>();
    List<String> missing =
        needed.stream().filter(a -> !Policies.allow(role.policies().values(), a)).toList();
    if (!missing.isEmpty()) {
      causes.add(lacks(seen, role.arn(), missing, List.of()));
    }
    BoundaryCause.of(seen, role, needed, List.of()).ifPresent(causes::add);
    return causes;
  }

  private static Optional<Cause> trust(Case seen, String arn) {
    List<String> events =
        seen.events().stream()
            .filter(m -> names(m, arn))
            .map(m -> "event: " + m)
            .distinct()
            .toList();
    Optional<Role> role = seen.snapshot().surroundings().role(arn);
    boolean sound =
        role.map(r -> r.exists() && Policies.trustsEcsTasks(r.trust(), seen.snapshot().account()))
            .orElse(events.isEmpty());
    if (sound) {
      return Optional.empty();
    }
    String name = Arns.last(arn);
    boolean gone = role.filter(r -> !r.exists()).isPresent();
    String explanation =
        gone
            ? "Role %s of task definition %s does not exist, so no task can be started."
                .formatted(name, seen.goal().revision())
            : "The trust policy of role %s does not let ecs-tasks.amazonaws.com assume it, so no task can be started."
                .formatted(name);
    return Optional.of(
        new Cause(
            "iam-role-trust-wrong",
            arn,
            explanation,
            new Fix(
                "let ecs-tasks.amazonaws.com assume role " + name,
                """
                data "aws_iam_policy_document" "trust" {
                  statement {
                    actions = ["sts:AssumeRole"]
                    principals {
                      type        = "Service"
                      identifiers = ["ecs-tasks.amazonaws.com"]
                    }
                  }
                }\
                """,
                "aws iam update-assume-role-policy --role-name %s --policy-document '{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"ecs-tasks.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}'"
                    .formatted(name)),
            events,
            Rank.START,
            role.isPresent()));
  }

  /** Source: ECS developer guide, using-service-linked-roles; service-event-messages-list. */
  private static Optional<Cause> serviceLinked(Case seen) {
    List<String> events = new ArrayList<>(seen.events("service linked role"));
    events.addAll(seen.events("ECS can no longer maintain your service"));
    if (events.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Cause(
            "iam-service-linked-role-missing",
            "AWSServiceRoleForECS",
            "ECS's own role AWSServiceRoleForECS is missing or was changed, so ECS cannot keep service %s."
                .formatted(seen.service().serviceName()),
            new Fix(
                "create the service-linked role of ECS",
                "resource \"aws_iam_service_linked_role\" \"ecs\" {\n  aws_service_name = \"ecs.amazonaws.com\"\n}",
                "aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com"),
            events,
            Rank.START,
            false));
  }

  /** This role itself, and none whose name begins like it. */
  private static boolean names(String event, String arn) {
    return Pattern.compile("assume the role '?" + Pattern.quote(arn) + "(?![\\w+=@/-])")
        .matcher(event)
        .find();
  }

  private static List<Cause> permissions(Case seen) {
    Starts starts = new Starts(seen);
    List<String> evidence =
        starts
            .evidence(
                StopReason.PULL_DENIED,
                StopReason.LOGS_DENIED,
                StopReason.SECRETS_DENIED,
                StopReason.KEY_DENIED)
            .stream()
            .filter(line -> !EndpointPolicyRule.byEndpoint(line))
            .toList();
    String arn = seen.definition().map(d -> d.executionRoleArn()).orElse(null);
    if (evidence.isEmpty() || arn == null) {
      return List.of();
    }
    Optional<Role> role = seen.snapshot().surroundings().role(arn);
    List<String> bounded = evidence.stream().filter(l -> l.contains(BOUNDARY)).toList();
    boolean read = role.flatMap(Role::boundary).filter(b -> !b.document().isEmpty()).isPresent();
    if (!bounded.isEmpty() && !read) {
      return List.of(bounded(seen, arn, needed(bounded, Optional.empty()), bounded));
    }
    List<String> needed = needed(evidence, role);
    List<Cause> causes = new ArrayList<>();
    List<String> missing =
        needed.stream().filter(a -> role.isEmpty() || !allows(seen, role.get(), a)).toList();
    if (!missing.isEmpty()) {
      causes.add(lacks(seen, arn, missing, evidence));
    }
    role.flatMap(r -> BoundaryCause.of(seen, r, needed, evidence)).ifPresent(causes::add);
    return causes;
  }

  /** What its policies allow a role may do only as far as its permissions boundary goes. */
  private static Cause bounded(Case seen, String arn, List<String> missing, List<String> evidence) {
    String name = Arns.last(arn);
    String actions = String.join(", ", missing);
    return new Cause(
        "iam-permissions-boundary-too-tight",
        arn,
        "The permissions boundary of execution role %s leaves out %s, which a start of %s needs."
            .formatted(name, actions, seen.goal().revision()),
        new Fix(
            "allow %s in the permissions boundary of role %s too, or take it away"
                .formatted(actions, name),
            "resource \"aws_iam_role\" \"execution\" {%n  permissions_boundary = aws_iam_policy.boundary.arn # must allow %s%n}"
                .formatted(actions),
            "aws iam get-role --role-name %s --query Role.PermissionsBoundary".formatted(name)),
        evidence,
        Rank.START,
        true);
  }

  private static Cause lacks(Case seen, String arn, List<String> missing, List<String> evidence) {
    String id = id(missing.getFirst());
    String name = Arns.last(arn);
    return new Cause(
        id,
        arn,
        "Execution role %s lacks %s, which a start of %s needs."
            .formatted(name, String.join(", ", missing), seen.goal().revision()),
        fix(id, name, missing),
        evidence,
        Rank.START,
        true);
  }

  /** The actions that the evidence names or a pull needs. */
  private static List<String> needed(List<String> evidence, Optional<Role> role) {
    List<String> needed = new ArrayList<>();
    for (String line : evidence) {
      Matcher matcher = ACTION.matcher(line);
      if (matcher.find()) {
        needed.add(matcher.group(1));
      } else if (StopReason.of(line) == StopReason.KEY_DENIED) {
        needed.add("kms:Decrypt");
      }
    }
    boolean pulls = role.isPresent() && needed.stream().anyMatch(PULL::contains);
    if (pulls || needed.isEmpty()) {
      needed.addAll(PULL);
    }
    return needed.stream().distinct().toList();
  }

  /** What is done to the repository must be allowed on this one. */
  private static boolean allows(Case seen, Role role, String action) {
    if (!Policies.allow(role.policies().values(), action)) {
      return false;
    }
    Optional<String> resource =
        seen.snapshot()
            .registry()
            .repositoryOf(ImageName.parse(seen.goal().image()))
            .map(r -> action.equals(TOKEN) ? "*" : r.repositoryArn())
            .filter(_ -> PULL.contains(action));
    return resource.isEmpty()
        || role.policies().values().stream()
            .anyMatch(d -> Policies.allow(d, action, resource.get()));
  }

  private static String id(String action) {
    return switch (action.substring(0, action.indexOf(':'))) {
      case "secretsmanager", "ssm" -> "iam-execution-role-no-secret-access";
      case "kms" -> "iam-kms-decrypt-missing";
      case "logs" -> "iam-execution-role-missing-logs";
      default -> "iam-execution-role-missing-ecr";
    };
  }

  private static Fix fix(String id, String role, List<String> actions) {
    if (id.equals("iam-execution-role-missing-ecr")) {
      return new Fix(
          "attach AmazonECSTaskExecutionRolePolicy to role %s, or allow it %s"
              .formatted(role, String.join(", ", actions)),
          """
          resource "aws_iam_role_policy_attachment" "execution" {
            role       = "%s"
            policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
          }\
          """
              .formatted(role),
          "aws iam attach-role-policy --role-name %s --policy-arn arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
              .formatted(role));
    }
    return new Fix(
        "allow %s to role %s".formatted(String.join(", ", actions), role),
        """
        resource "aws_iam_role_policy" "execution" {
          role   = "%s"
          policy = data.aws_iam_policy_document.execution.json  # %s
        }\
        """
            .formatted(role, String.join(", ", actions)),
        "aws iam put-role-policy --role-name %s --policy-name start --policy-document file://policy.json"
            .formatted(role));
  }
}
