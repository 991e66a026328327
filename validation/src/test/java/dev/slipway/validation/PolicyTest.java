package dev.slipway.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The policy of docs/ is what the code asks for, no more and no less. {@code
 * SLIPWAY_WRITE_DOCS=true} writes it anew.
 */
@Tag("docs")
class PolicyTest {

  private static final Path POLICY = Path.of("../docs/verifier-policy.json");
  private static final Path PAGE = Path.of("../docs/verifier-policy.md");

  /** Everything but the sweep, which looks at a whole account. */
  private static List<String> verifying() {
    return AskedActions.of(
        p -> !p.equals("dev.slipway.validation") && !p.equals("dev.slipway.validation.sweep"));
  }

  private static boolean writing() {
    return "true".equals(System.getenv("SLIPWAY_WRITE_DOCS"));
  }

  @Test
  void thePolicyHasExactlyTheActionsThatTheCodeAsksFor() throws IOException {
    List<String> asked = verifying();
    if (writing()) {
      Files.writeString(POLICY, policy(asked));
    }
    List<String> allowed = new ArrayList<>();
    JsonNode policy = new JsonMapper().readTree(Files.readString(POLICY));
    policy.path("Statement").get(0).path("Action").forEach(a -> allowed.add(a.asText()));
    assertThat(policy.path("Statement")).hasSize(1);
    assertThat(allowed).isEqualTo(asked);
    assertThat(allowed)
        .contains("ecs:DescribeServices", "elasticloadbalancing:DescribeTargetHealth")
        .allMatch(a -> a.matches("[a-z0-9-]+:(Describe|Get|List|Batch)[A-Za-z]+"));
  }

  @Test
  void thePageShowsThePolicy() throws IOException {
    String page = page(verifying(), AskedActions.of("dev.slipway.validation.sweep"::equals));
    if (writing()) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page);
  }

  private static String policy(List<String> actions) {
    return """
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Sid": "Verify",
          "Effect": "Allow",
          "Action": [
            %s
          ],
          "Resource": "*"
        }
      ]
    }
    """
        .formatted(
            actions.stream().map(a -> "\"" + a + "\"").collect(Collectors.joining(",\n        ")));
  }

  private static String page(List<String> verifying, List<String> sweeping) {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # What the verifier must be allowed

        `slipway verify` and `slipway preflight` only read. [`verifier-policy.json`](verifier-policy.json) is the smallest policy
        with which they look at everything: %d actions. A test reads from the byte code which operations are called and holds
        this page and the policy against it; another runs the verifier on the twin, which judges every call by IAM, under
        exactly this policy, and once without each of its actions.

        Where an action is missing, nothing passes because of it: a check that needs it is `SKIP`, the verdict `UNKNOWN`, and
        both name the action (`missing permission ecs:ListTasks`). What only explains a failure is listed as `unread`.
        Without `ecs:DescribeServices` there is nothing to verify: exit code 3.

        | service | actions |
        |---|---|
        """
            .formatted(verifying.size()));
    rows(page, verifying);
    page.append(
        """

        `slipway sweep` looks at a whole account and asks for these:

        | service | actions |
        |---|---|
        """);
    rows(page, sweeping);
    page.append(
        """

        Most of these actions know no resources, so that `Resource` is `*`; a condition on `aws:RequestedRegion` narrows them.

            aws iam create-policy --policy-name slipway-verify --policy-document file://docs/verifier-policy.json
        """);
    return page.toString();
  }

  private static void rows(StringBuilder page, List<String> actions) {
    actions.stream()
        .collect(
            Collectors.groupingBy(
                a -> a.substring(0, a.indexOf(':')), TreeMap::new, Collectors.toList()))
        .forEach((service, own) ->
            page.append(
                "| `%s` | %s |\n"
                    .formatted(
                        service,
                        own.stream()
                            .map(a -> "`" + a.substring(a.indexOf(':') + 1) + "`")
                            .collect(Collectors.joining(", ")))));
  }
}
