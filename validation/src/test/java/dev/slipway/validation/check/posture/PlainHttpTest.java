package dev.slipway.validation.check.posture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.Sample;
import dev.slipway.validation.check.Finding;
import dev.slipway.validation.observe.Certificate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;

/** Plain HTTP beside HTTPS, where port 80 redirects by default and has a rule. */
class PlainHttpTest {

  private final PosturedSample sample = new PosturedSample();

  @BeforeEach
  void redirectsByDefault() {
    sample.https(
        new Certificate(
            "arn:aws:acm:x", "ISSUED", List.of("a.b"), Sample.NOW.plus(Duration.ofDays(99))),
        true);
  }

  private List<Finding> with(String path, String targetGroup) {
    sample.rules.add(
        Rule.builder()
            .priority("10")
            .conditions(c -> c.field("path-pattern").values(path))
            .actions(a -> a.type("forward").targetGroupArn(targetGroup))
            .build());
    return Postures.findings(sample.snapshot(), sample.goal());
  }

  @Test
  void findsARuleThatServesThePathsOfTheServiceInPlainText() {
    assertThat(with("/orders/*", Sample.TARGET_GROUP))
        .singleElement()
        .satisfies(f -> {
          assertThat(f.cause()).isEqualTo("alb-http-not-redirected");
          assertThat(f.evidence()).containsExactly("a rule with action forward on port 80");
        });
  }

  @Test
  void leavesARuleOfAnotherServiceAlone() {
    assertThat(with("/.well-known/acme-challenge/*", "arn:aws:elbv2:targetgroup/certbot"))
        .isEmpty();
  }
}
