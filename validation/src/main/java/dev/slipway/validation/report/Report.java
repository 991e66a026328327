package dev.slipway.validation.report;

import dev.slipway.validation.check.CheckResult;
import dev.slipway.validation.diagnose.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * All that a verification found out.
 *
 * @param verdict the one word
 * @param reason why the verdict is open; empty unless it is
 * @param service who was verified
 * @param chain from the commit to the answer
 * @param checks what became of each check
 * @param causes why, the root first; empty unless the verdict is FAIL
 * @param advice what is not as it should be and fails nothing
 * @param events the service's last events, newest first
 * @param url where the service answers, empty when nowhere
 * @param observedAt when the deciding snapshot was taken
 * @param decidedAfter how long the verification took
 * @param timeline what happened when
 * @param scene who talks to whom, and where it breaks
 * @param unread what could not be read, one sentence each, naming the IAM action
 */
public record Report(
    Verdict verdict,
    String reason,
    Subject service,
    Chain chain,
    List<CheckResult> checks,
    List<Cause> causes,
    List<Cause> advice,
    List<String> events,
    String url,
    Instant observedAt,
    Duration decidedAfter,
    Timeline timeline,
    Scene scene,
    List<String> unread) {

  /** All was read. */
  public Report(
      Verdict verdict,
      String reason,
      Subject service,
      Chain chain,
      List<CheckResult> checks,
      List<Cause> causes,
      List<Cause> advice,
      List<String> events,
      String url,
      Instant observedAt,
      Duration decidedAfter,
      Timeline timeline,
      Scene scene) {
    this(
        verdict,
        reason,
        service,
        chain,
        checks,
        causes,
        advice,
        events,
        url,
        observedAt,
        decidedAfter,
        timeline,
        scene,
        List.of());
  }

  /**
   * A service.
   *
   * @param cluster the cluster's name
   * @param name the service's name
   * @param region the region
   * @param account the account's id, empty when unknown
   */
  public record Subject(String cluster, String name, String region, String account) {}
}
