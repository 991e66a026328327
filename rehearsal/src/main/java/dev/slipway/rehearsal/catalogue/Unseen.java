package dev.slipway.rehearsal.catalogue;

import java.util.Map;
import java.util.TreeMap;

/**
 * Faults of the catalogue that are not rehearsed, each with the reason: nobody who looks at a
 * deployment through AWS's API and its front door can see it; AWS or Terraform stops before
 * anything has changed; the rehearsed stack is so by itself; or it is a limit of the twin, and the
 * row says so.
 */
public final class Unseen {

  /** Each fault's id with the reason. */
  public static final Map<String, String> ALL = new TreeMap<>();

  static {
    ALL.put(
        "app-exits-before-deregistered",
        "since February 2023 ECS lets a target drain to its end before its task gets SIGTERM, and so"
            + " does the twin: nothing is cut off. Steady requests would show it, as tests of the"
            + " verifier do");
    ALL.put(
        "svc-old-platform-version",
        "a limit of the twin: it knows no platform version before 1.4.0");
    ALL.put(
        "tf-desired-count-silently-ignored",
        "what an operator wished for is in a variable that nothing in AWS or in the state"
            + " tells");
    ALL.put(
        "tf-no-state-lock",
        "two applies at once leave what each alone could have left; what is wrong then is"
            + " rehearsed under its own name");
    ALL.put(
        "tf-depends-on-listener-missing",
        "AWS refuses the service at once, and Terraform stops by itself");
    ALL.put(
        "tf-depends-on-iam-missing",
        "it is an order in Terraform's graph, which shows only while a destroy goes on");
    ALL.put(
        "tf-force-new-deployment-noop",
        "nothing is deployed and nothing is wrong; that the revision is not new is"
            + " svc-no-new-deployment");
    ALL.put(
        "drift-perpetual-taskdef",
        "it lies in how a module writes its JSON: what runs and what the state says are"
            + " the same");
    ALL.put(
        "sec-secrets-in-tfstate",
        "a state file is no part of the deployment; that the values come from a"
            + " definition is td-secrets-in-env");
    ALL.put(
        "td-ephemeral-disk-full",
        "a limit of the twin: its tasks have no disk of their own, and an image of more than 20 GiB"
            + " would have to be pushed; the words of AWS are tested in the verifier");
    ALL.put(
        "app-schema-newer-than-code-after-rollback",
        "a limit of the twin: its programs keep no data between two revisions; what steady requests"
            + " show of it is tested in the verifier");
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
        "alb-draining-old-tasks-still-serve",
        "it passes with the drain, for which the verifier waits; nothing is wrong afterwards");
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
        "img-dockerhub-rate-limit",
        "a limit of the twin: it reaches no public registry; what ECS says of the limit is held in"
            + " tests of the verifier");
    ALL.put(
        "img-huge-slow-pull",
        "a limit of the twin: an image of many gigabytes would have to be pushed; a start that is too"
            + " slow is app-slow-start-grace-short, which is rehearsed");
    ALL.put(
        "cost-ecr-force-delete-wipes",
        "it lies in a plan of what outlives the service; what follows from it is img-repository-deleted, which is rehearsed");
  }

  private Unseen() {}
}
