package dev.slipway.validation.diagnose;

import dev.slipway.validation.check.Finding;
import dev.slipway.validation.check.posture.Postures;
import dev.slipway.validation.diagnose.Cause.Fix;
import dev.slipway.validation.diagnose.Cause.Rank;
import java.util.List;

/** What posture checks found, as causes. None of them keeps the service from serving now. */
final class PostureRule implements Rule {

  @Override
  public List<Cause> look(Case seen) {
    return Postures.findings(seen.snapshot(), seen.goal()).stream().map(PostureRule::of).toList();
  }

  /** A finding as a cause. */
  static Cause of(Finding finding) {
    return new Cause(
        finding.cause(),
        finding.resource(),
        finding.explanation(),
        new Fix(finding.change(), finding.terraform(), finding.cli()),
        finding.evidence(),
        Rank.POSTURE,
        false,
        finding.severity());
  }
}
