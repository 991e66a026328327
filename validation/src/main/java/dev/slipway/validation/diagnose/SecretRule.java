package dev.slipway.validation.diagnose;

import dev.slipway.validation.diagnose.Cause.Fix;
import dev.slipway.validation.diagnose.Cause.Rank;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ecs.model.Secret;

/** Do the secrets of the task definition exist, and hold what is asked of them? */
final class SecretRule implements Rule {

  private static final Pattern ARN =
      Pattern.compile("arn:[a-z-]+:(?:secretsmanager|ssm):[^\\s,'\"]+");
  private static final Pattern PARAMETERS = Pattern.compile("invalid parameters: ([^\\s,]+)");
  private static final Pattern KEY = Pattern.compile("json key (\\S+)");

  @Override
  public List<Cause> look(Case seen) {
    List<Cause> causes = new ArrayList<>();
    Starts starts = new Starts(seen);
    for (StopReason kind : List.of(StopReason.SECRET_MISSING, StopReason.SECRET_KEY_MISSING)) {
      List<String> evidence = starts.evidence(kind);
      if (!evidence.isEmpty() && !starts.overcome(kind)) {
        causes.add(cause(seen, kind, evidence));
      }
    }
    return causes;
  }

  private static Cause cause(Case seen, StopReason kind, List<String> evidence) {
    String words = String.join(" ", evidence);
    Optional<Secret> asked = asked(seen, kind, words);
    String secret =
        named(words)
            .or(() -> asked.map(s -> withoutKey(s.valueFrom())))
            .orElse(seen.goal().taskDefinition());
    String variable = asked.map(Secret::name).orElse("a variable");
    String revision = seen.goal().revision();
    boolean missing = kind == StopReason.SECRET_MISSING;
    return new Cause(
        missing ? "td-secret-missing" : "td-secret-json-key-missing",
        secret,
        missing
            ? "%s takes %s from %s, which does not exist.".formatted(revision, variable, secret)
            : "%s takes %s from a JSON key of %s, which is no JSON or has no such key."
                .formatted(revision, variable, secret),
        new Fix(
            missing
                ? "create %s, or name one that exists".formatted(secret)
                : "put the key into the secret's JSON, or correct valueFrom in the task definition",
            missing
                ? "resource \"aws_secretsmanager_secret_version\" \"this\" {\n  secret_id     = aws_secretsmanager_secret.this.id\n  secret_string = var.value\n}"
                : "secrets = [{ name = \"%s\", valueFrom = \"${aws_secretsmanager_secret.this.arn}:KEY::\" }]"
                    .formatted(variable),
            secret.contains(":ssm:") || !secret.contains(":secretsmanager:")
                ? "aws ssm get-parameter --name " + secret.replaceFirst("^arn:.*:parameter", "")
                : "aws secretsmanager describe-secret --secret-id " + secret),
        evidence,
        Rank.START,
        true);
  }

  private static Optional<String> named(String words) {
    Matcher arn = ARN.matcher(words);
    if (arn.find()) {
      return Optional.of(withoutKey(arn.group().replaceFirst("[:.;]+$", "")));
    }
    Matcher parameter = PARAMETERS.matcher(words);
    return parameter.find() ? Optional.of(parameter.group(1)) : Optional.empty();
  }

  /** The secret of the task definition that the words speak of; the only one, when they do not. */
  private static Optional<Secret> asked(Case seen, StopReason kind, String words) {
    List<Secret> all =
        seen.definition().stream()
            .flatMap(d -> d.containerDefinitions().stream())
            .flatMap(c -> c.secrets().stream())
            .filter(s -> s.valueFrom() != null)
            .toList();
    List<Secret> keyed = all.stream().filter(s -> !key(s.valueFrom()).isEmpty()).toList();
    Matcher key = KEY.matcher(words);
    if (kind == StopReason.SECRET_KEY_MISSING) {
      return key.find()
          ? keyed.stream().filter(s -> key(s.valueFrom()).equals(key.group(1))).findFirst()
          : only(keyed);
    }
    return all.stream()
        .filter(s -> words.contains(withoutKey(s.valueFrom())))
        .findFirst()
        .or(() -> only(all));
  }

  private static Optional<Secret> only(List<Secret> secrets) {
    return secrets.size() == 1 ? Optional.of(secrets.getFirst()) : Optional.empty();
  }

  /** {@code arn:…:secret:name:key:stage:version}. Source: ECS API, Secret. */
  private static String key(String valueFrom) {
    String[] parts = valueFrom.split(":", -1);
    return valueFrom.contains(":secretsmanager:") && parts.length > 7 ? parts[7] : "";
  }

  private static String withoutKey(String valueFrom) {
    String[] parts = valueFrom.split(":", -1);
    return valueFrom.contains(":secretsmanager:") && parts.length > 7
        ? String.join(":", List.of(parts).subList(0, 7))
        : valueFrom;
  }
}
