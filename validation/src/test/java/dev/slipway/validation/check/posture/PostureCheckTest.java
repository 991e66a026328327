package dev.slipway.validation.check.posture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.check.Finding;
import dev.slipway.validation.check.Judgement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How findings become a judgement. */
class PostureCheckTest {

  private final PosturedSample sample = new PosturedSample();
  private final PostureCheck identity = Postures.of("identity-posture");

  private Judgement judged() {
    return identity.judge(sample.snapshot(), sample.goal());
  }

  @Test
  void saysWhatItLooksFor() {
    assertThat(identity.title()).isEqualTo("its roles may do no more than they must");
    assertThat(identity.expected(sample.goal()))
        .isEqualTo("roles without wildcards, no static keys, OIDC trust scoped to a repository");
  }

  @Test
  void saysTheOneThingThatItFound() {
    sample.environment("DB_PASSWORD", "hunter2");
    Finding finding = identity.findings(sample.snapshot(), sample.goal()).getFirst();
    assertThat(judged().observed()).isEqualTo(finding.explanation());
    assertThat(judged().evidence().getFirst())
        .startsWith("td-secrets-in-env (")
        .endsWith(") " + finding.explanation());
    assertThat(judged().evidence()).containsAll(finding.evidence());
  }

  @Test
  void countsWhatItFoundAndShowsAllOfIt() {
    sample.environment("DB_PASSWORD", "hunter2");
    sample.policy("[\"s3:*\"]", "\"*\"");
    assertThat(judged().observed()).startsWith("2 findings: ");
    assertThat(judged().evidence())
        .anyMatch(e -> e.startsWith("td-secrets-in-env"))
        .anyMatch(e -> e.startsWith("iam-role-too-wide"));
  }

  @Test
  void saysNothingOfWhatMayNotBeReadAndStillTheRest() {
    sample.environment("DB_PASSWORD", "hunter2");
    sample.policy("[\"s3:*\"]", "\"*\"");
    sample.gap("iam:GetRolePolicy");
    assertThat(identity.findings(sample.snapshot(), sample.goal()))
        .extracting(Finding::cause)
        .isEqualTo(List.of("td-secrets-in-env"));
    assertThat(judged().evidence()).contains("missing permission iam:GetRolePolicy");
  }
}
