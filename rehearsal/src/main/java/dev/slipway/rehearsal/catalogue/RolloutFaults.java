package dev.slipway.rehearsal.catalogue;

import dev.slipway.rehearsal.fault.Detector;
import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.fault.Layer;
import dev.slipway.rehearsal.fault.Need;
import dev.slipway.rehearsal.stage.Kind;
import dev.slipway.rehearsal.stage.Program;
import dev.slipway.rehearsal.stage.Revisions;
import dev.slipway.rehearsal.stage.Stage;
import dev.slipway.validation.check.Severity;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** Faults of a rollout. */
final class RolloutFaults {

  private static final Duration LONG = Duration.ofMinutes(20);

  /** A program that ends as soon as it has started. */
  private static Program crashing() {
    return Program.healthy()
        .with(
            "log",
            List.of("Exception in thread \"main\" java.lang.IllegalStateException: no schema"))
        .exiting(4, 1);
  }

  static final List<Fault> ALL =
      List.of(
          Fault.of("svc-rolled-back-long-ago", Layer.SVC, Severity.CRITICAL)
              .wrong(
                  "An hour after the rollback the deployment is COMPLETED, and no stopped task is left"
                      + " to tell why")
              .make(stage -> stage.release().program(crashing()))
              .afterwards(stage -> stage.pass(Duration.ofMinutes(75)))
              .seenBy("rollout")
              .named(
                  "svc-silent-rollback",
                  "svc-completed-but-previous-revision",
                  "app-exits-at-start")
              .source("https://github.com/aws/containers-roadmap/issues/1205")
              .needs(Need.ROLLBACK)
              .build(),
          Fault.of("svc-rollback-same-revision", Layer.SVC, Severity.HIGH)
              .wrong(
                  "The same revision was deployed again with another image under its tag, and rolled"
                      + " back: a comparison of revisions holds")
              .make(PullFaults::byTag)
              .afterwards(stage -> {
                complete(stage);
                stage.push("live", crashing(), stage.release().commit());
                String revision = stage.its().described().taskDefinition();
                ServiceFaults.update(stage, u -> u.forceNewDeployment(true));
                stage
                    .time()
                    .await(
                        "rolled back to the same revision",
                        LONG,
                        () ->
                            stage.its().steady()
                                && stage.its().described().taskDefinition().equals(revision));
              })
              .seenBy("rollout")
              .named("app-exits-at-start", "svc-rollback-same-revision")
              .source("https://github.com/aws-actions/amazon-ecs-deploy-task-definition/pull/860")
              .needs(Need.ROLLBACK)
              .build(),
          Fault.of("svc-breaker-off-hang", Layer.SVC, Severity.HIGH)
              .wrong("No circuit breaker: tasks that fail are started again for hours")
              .on(Kind.UPDATE_WITHOUT_ROLLBACK)
              .make(stage -> stage.release().program(crashing()))
              .seenBy("rollout")
              .named("app-exits-at-start", "svc-breaker-off-hang")
              .source("https://github.com/aws/amazon-ecs-agent/issues/1996")
              .build(),
          Fault.of("svc-breaker-no-rollback", Layer.SVC, Severity.HIGH)
              .wrong("The circuit breaker ends the rollout and does not go back")
              .make(stage ->
                  stage
                      .release()
                      .program(crashing())
                      .update(u ->
                          u.deploymentConfiguration(d ->
                              d.minimumHealthyPercent(100)
                                  .maximumPercent(200)
                                  .deploymentCircuitBreaker(b -> b.enable(true).rollback(false)))))
              .seenBy("rollout")
              .named("app-exits-at-start", "svc-breaker-no-rollback")
              .source("https://github.com/aws/containers-roadmap/issues/1488")
              .build(),
          Fault.of("svc-min-max-deadlock", Layer.SVC, Severity.HIGH)
              .wrong("One task, minimumHealthyPercent 100 and maximumPercent 150: no room to move")
              .make(stage ->
                  stage
                      .release()
                      .update(u ->
                          u.desiredCount(1)
                              .deploymentConfiguration(d ->
                                  d.minimumHealthyPercent(100)
                                      .maximumPercent(150)
                                      .deploymentCircuitBreaker(
                                          b -> b.enable(true).rollback(true)))))
              .seenBy("rollout", "rollout-posture")
              .source("https://github.com/aws/containers-roadmap/issues/333")
              .build(),
          Fault.of("svc-deployment-superseded", Layer.SVC, Severity.MEDIUM)
              .wrong("Another pipeline's newer revision took the place of ours")
              .make(stage -> stage.release().program(Program.healthy().listeningAfter(30)))
              .afterwards(stage -> {
                String newer = again(stage, stage.its().taskDefinition());
                ServiceFaults.update(stage, u -> u.taskDefinition(newer));
                stage.pass(Duration.ofSeconds(5));
                stage.time().await("steady", LONG, stage.its()::steady);
              })
              .seenBy("rollout")
              .source("https://github.com/PostHog/posthog/issues/9007")
              .build(),
          Fault.of("svc-capacity-unavailable", Layer.SVC, Severity.MEDIUM)
              .wrong("Fargate has no room in any zone of the service")
              .make(Shortage::everywhere)
              .seenBy("rollout", "tasks")
              .source("https://github.com/sil-org/ecs-deploy/issues/277")
              .build(),
          Fault.of("svc-fargate-quota", Layer.SVC, Severity.HIGH)
              .wrong(
                  "The account's quota has room for the tasks that run, and a rollout needs more")
              .make(Shortage::ofQuota)
              .seenBy("rollout", "tasks")
              .source(
                  "https://github.com/aws/copilot-cli/issues/3064",
                  "https://github.com/wellcomecollection/platform/issues/3875")
              .build(),
          Fault.of("svc-capacity-unavailable-on-scale-out", Layer.SVC, Severity.MEDIUM)
              .wrong("More tasks are wanted than Fargate has room for")
              .on(Kind.SCALE_OUT)
              .make(RolloutFaults::scaledOutInAShortage)
              .seenBy("tasks", "rollout")
              .named("svc-capacity-unavailable")
              .build(),
          Fault.of("pipe-no-wait", Layer.PIPE, Severity.HIGH)
              .wrong(
                  "The job is green as soon as the service was told, and the rollout fails later")
              .make(stage ->
                  stage
                      .release()
                      .program(
                          Program.healthy()
                              .with("log", List.of("FATAL: password authentication failed"))
                              .exiting(45, 1)
                              .listeningAfter(120))
                      // Its health check must not end the task before it ends by itself.
                      .update(u -> u.healthCheckGracePeriodSeconds(120)))
              .seenBy("rollout", "tasks")
              .named("app-exits-at-start", "svc-flapping-tasks", "app-crashes-after-steady")
              .source("https://github.com/aws-actions/amazon-ecs-deploy-task-definition/issues/494")
              .build(),
          Fault.of("pipe-concurrent-deploys", Layer.PIPE, Severity.HIGH)
              .wrong("Two runs overlap, and the older commit's deployment comes last")
              .make(stage -> {})
              .afterwards(stage -> {
                String newest = stage.its().described().taskDefinition();
                int number = Integer.parseInt(newest.substring(newest.lastIndexOf(':') + 1));
                String older = newest.substring(0, newest.lastIndexOf(':') + 1) + (number - 1);
                ServiceFaults.update(stage, u -> u.taskDefinition(older));
                stage.pass(Duration.ofSeconds(5));
                stage.time().await("steady", LONG, stage.its()::steady);
              })
              .seenBy("rollout")
              .named(
                  "svc-deployment-superseded",
                  "svc-not-updated",
                  "svc-completed-but-previous-revision")
              .source("https://github.com/wellcomecollection/platform/issues/6468")
              .build(),
          Fault.of("pipe-string-boolean", Layer.PIPE, Severity.HIGH)
              .wrong("The image was built from a commit that was never merged")
              .make(stage -> {
                String digest = stage.push("pull-request", Program.healthy(), "badbadbadbad");
                stage.release().image(stage.its().repository() + "@" + digest);
              })
              .seenBy("front-door")
              .named("app-serves-old-build")
              .source("https://github.com/wellcomecollection/catalogue-pipeline/pull/3512")
              .build(),
          Fault.of("svc-silent-rollback", Layer.SVC, Severity.CRITICAL)
              .wrong("The new program ends right after its start, and the breaker rolls it back")
              .make(stage ->
                  stage
                      .release()
                      .program(
                          Program.healthy()
                              .with("log", List.of("cannot read configuration: no such file"))
                              .exiting(1, 1)))
              .seenBy("rollout")
              .named("app-exits-at-start")
              .source("https://github.com/aws-actions/amazon-ecs-deploy-task-definition/issues/191")
              .needs(Need.ROLLBACK)
              .build(),
          Fault.of("svc-completed-but-previous-revision", Layer.SVC, Severity.CRITICAL)
              .wrong("After the rollout somebody deployed the previous revision again")
              .make(stage -> {})
              .afterwards(RolloutFaults::previousRevision)
              .seenBy("rollout")
              .build(),
          Fault.of("svc-flapping-tasks", Layer.SVC, Severity.HIGH)
              .wrong(
                  "Each task serves for a while, ends, and is replaced by one that does the same")
              .by(Detector.SOAK)
              .make(stage ->
                  stage
                      .release()
                      .program(Program.healthy().exiting(60 + stage.its().secondsToHealthy(), 1)))
              .afterwards(stage -> stage.pass(Duration.ofMinutes(5)))
              .seenBy("rollout", "tasks", "targets", "soak")
              .named("svc-flapping-tasks", "app-crashes-after-steady")
              .build());

  private RolloutFaults() {}

  /** The auto scaler holds on to the greater number, and would take an idle service back else. */
  private static void scaledOutInAShortage(Stage stage) {
    Shortage.everywhere(stage);
    int wanted = stage.its().described().desiredCount() + 2;
    try (ApplicationAutoScalingClient scaling =
        stage.client(ApplicationAutoScalingClient.builder())) {
      scaling.registerScalableTarget(r ->
          r.serviceNamespace("ecs")
              .resourceId("service/%s/%s".formatted(stage.its().cluster(), stage.its().service()))
              .scalableDimension("ecs:service:DesiredCount")
              .minCapacity(wanted)
              .maxCapacity(wanted));
    }
  }

  /** Registers a task definition once more; answers the new revision. */
  static String again(Stage stage, TaskDefinition as) {
    RegisterTaskDefinitionRequest request = Revisions.like(as).build();
    return stage.ecs().registerTaskDefinition(request).taskDefinition().taskDefinitionArn();
  }

  /**
   * Waits until the rollout is complete: one that is not quite would be stopped by the next one,
   * and a rollback would pass it over.
   */
  static void complete(Stage stage) throws Exception {
    stage
        .time()
        .await(
            "the rollout is complete",
            LONG,
            () ->
                "COMPLETED"
                    .equals(
                        stage.its().described().deployments().getFirst().rolloutStateAsString()));
  }

  private static void previousRevision(Stage stage) throws Exception {
    complete(stage);
    String now = stage.its().taskDefinition().taskDefinitionArn();
    int colon = now.lastIndexOf(':');
    String before = now.substring(0, colon + 1) + (Integer.parseInt(now.substring(colon + 1)) - 1);
    ServiceFaults.update(stage, u -> u.taskDefinition(before));
    stage.time().await("the previous revision is steady", LONG, stage.its()::steady);
    complete(stage);
  }
}
