package dev.slipway.validation.settings;

import dev.slipway.validation.report.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The answer of {@code terraform output -json}: outputs by name, each with a {@code value}. Those
 * that name a deployment are taken, the others are none of the verifier's business.
 *
 * @param outputs the outputs
 * @param shown what to call them in messages
 */
record TerraformLayer(Node.Mapping outputs, String shown) implements Layer {

  private static final Pattern COMMIT = Pattern.compile("[0-9a-fA-F]{7,40}(-dirty.*)?");

  private static final Map<Setting, List<String>> NAMES =
      Map.of(
          Setting.CLUSTER, List.of("cluster_name", "cluster", "ecs_cluster_name", "cluster_arn"),
          Setting.SERVICE, List.of("service_name", "service", "ecs_service_name", "service_arn"),
          Setting.IMAGE_DIGEST, List.of("image_digest", "digest"),
          Setting.EXPECT_REVISION, List.of("task_definition_arn", "task_definition", "revision"),
          Setting.COMMIT, List.of("commit", "revision", "commit_sha", "git_sha"),
          Setting.URL, List.of("url", "service_url"),
          Setting.REGION, List.of("region", "aws_region"));

  static TerraformLayer of(Node node, String shown) throws WrongSetting {
    if (!(node instanceof Node.Mapping outputs)
        || outputs.entries().values().stream()
            .anyMatch(o -> !(o instanceof Node.Mapping m) || !m.entries().containsKey("value"))) {
      throw new WrongSetting(
          new Message(
              shown + " cannot be used",
              "expected the outputs of Terraform, each with its value",
              "it was made with another command",
              List.of("terraform output -json > " + shown)));
    }
    return new TerraformLayer(outputs, shown);
  }

  @Override
  public Optional<Value> text(Setting setting) throws WrongSetting {
    for (String name : NAMES.getOrDefault(setting, List.of())) {
      Node output = outputs.entries().get(name);
      if (output == null) {
        continue;
      }
      String source = "%s line %d (%s)".formatted(shown, outputs.lines().get(name), name);
      Node value = ((Node.Mapping) output).entries().get("value");
      if (!(value instanceof Node.Scalar scalar)) {
        throw WrongSetting.value(
            new Value(value.kind(), source), "one value", "give it with " + setting.flag());
      }
      if (!scalar.text().isBlank() && meant(setting, name, scalar.text())) {
        return Optional.of(new Value(scalar.text(), source));
      }
    }
    return Optional.empty();
  }

  /** A revision is one of git or one of a task definition: its form tells which. */
  private static boolean meant(Setting setting, String name, String text) {
    if (!name.equals("revision")) {
      return true;
    }
    return COMMIT.matcher(text).matches() == (setting == Setting.COMMIT);
  }

  @Override
  public Map<String, Value> pairs(Setting setting) {
    return new LinkedHashMap<>();
  }
}
