package dev.slipway.rehearsal.catalogue;

import java.util.Map;
import java.util.TreeMap;

/**
 * Faults of the catalogue that are not rehearsed, because nobody who looks at a deployment through
 * AWS's API and its front door can see them.
 */
public final class Unseen {

  /** Each fault's id with the reason. */
  public static final Map<String, String> ALL = new TreeMap<>();

  static {
    ALL.put(
        "pipe-old-action-version",
        "it lies in a workflow file, which no API of AWS shows; what follows from it is"
            + " svc-silent-rollback, which is rehearsed");
    ALL.put(
        "pipe-exit-code-swallowed",
        "the verifier exits with 1, and what a shell makes of that it cannot know");
    ALL.put("pipe-error-without-message", "it is what another tool prints");
    ALL.put(
        "tf-steady-state-clock-skew", "it lies in the clock of the machine that runs Terraform");
    ALL.put(
        "tf-state-lock-stale", "Terraform itself stops, and nothing of the deployment has changed");
    ALL.put("sec-metadata-credentials-reachable", "it lies in the program's own code");
    ALL.put(
        "alb-tg-in-use-on-replace",
        "Terraform stops when AWS refuses to delete the group, and what serves is as it was");
    ALL.put(
        "alb-draining-old-tasks-still-serve",
        "it passes with the drain, for which the verifier waits; nothing is wrong afterwards");
    ALL.put(
        "alb-access-logs-denied",
        "AWS refuses the setting at once; that there are no logs is obs-no-access-logs");
    ALL.put(
        "svc-premature-stable",
        "an answer that is out of date for a moment misleads who looks once; the verifier tracks"
            + " the revision, and there is nothing wrong with the deployment");
    ALL.put("svc-wait-timeout-too-short", "it is another tool's setting");
    ALL.put("svc-wait-stops-at-60-min", "it is another tool's session");
    ALL.put(
        "svc-not-idempotent", "AWS refuses the service at once, and the pipeline stops by itself");
    ALL.put(
        "svc-missing-200",
        "the verifier was told a wrong name: it says so and ends with 2, as tests of it show");
    ALL.put(
        "obs-stopped-tasks-expire",
        "AWS forgets stopped tasks; a verifier that runs after each deployment is in time");
    ALL.put("obs-breaker-not-alerted", "the verifier does not read EventBridge");
    ALL.put(
        "pipe-cancelled-mid-deploy",
        "it is a verifier that never ran; a rollout half done is seen by the next run");
    ALL.put("pipe-verifier-vacuous", "it is another verifier's defect; see svc-desired-zero");
    ALL.put("pipe-static-keys", "keys in a pipeline's secrets are no part of the deployment");
    ALL.put(
        "net-dns-record-points-to-old-alb",
        "the verifier reads no DNS zone; it asks the address that it is given, which may be the users' own");
    ALL.put(
        "iam-role-race-on-create",
        "it heals by itself in minutes, and for so long it is what iam-role-trust-wrong shows, which is rehearsed");
    ALL.put(
        "iam-service-linked-role-missing",
        "ECS makes the role by itself, and the twin's accounts always have it; what AWS says of it is held in tests of the verifier");
    ALL.put(
        "iam-passrole-missing-ci",
        "AWS refuses the registration, and the pipeline stops before anything has changed");
    ALL.put(
        "iam-oidc-sub-mismatch",
        "the pipeline gets no credentials, and stops before anything has changed");
    ALL.put(
        "img-immutable-tag-push-fails",
        "the registry refuses the push, and the pipeline stops before anything has changed");
    ALL.put(
        "img-dockerhub-rate-limit",
        "the twin reaches no public registry; what ECS says of the limit is held in tests of the verifier");
    ALL.put(
        "img-huge-slow-pull",
        "an image of many gigabytes would have to be pushed; a start that is too slow is app-slow-start-grace-short, which is rehearsed");
    ALL.put(
        "cost-service-stuck-draining",
        "services of the twin always get through their draining; one that does not is listed by the sweep, as tests of it show");
    ALL.put(
        "cost-ecr-force-delete-wipes",
        "it lies in a plan of what outlives the service; what follows from it is img-repository-deleted, which is rehearsed");
    ALL.put(
        "sec-secrets-in-tfstate",
        "it lies in Terraform's state, of which the verifier compares resources and reads no secrets");
    ALL.put(
        "sec-unencrypted-listener-only",
        "the healthy service has no certificate either, as it has no domain: the advice is in every report, and a fault would prove nothing");
  }

  private Unseen() {}
}
