package dev.slipway.rehearsal.catalogue;

import dev.slipway.rehearsal.fault.Detector;
import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.fault.Layer;
import dev.slipway.rehearsal.stage.Program;
import dev.slipway.rehearsal.stage.Stage;
import dev.slipway.validation.check.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;

/** Faults that stay green wherever counts, waiters and single requests are asked. */
final class HardFaults {

  private static final Duration PATIENCE = Duration.ofMinutes(20);

  static final List<Fault> ALL =
      List.of(
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
              .build(),
          Fault.of("svc-completed-but-previous-revision", Layer.SVC, Severity.CRITICAL)
              .wrong("After the rollout somebody deployed the previous revision again")
              .make(stage -> {})
              .afterwards(HardFaults::previousRevision)
              .seenBy("rollout")
              .build(),
          Fault.of("svc-flapping-tasks", Layer.SVC, Severity.HIGH)
              .wrong(
                  "Each task serves for a while, ends, and is replaced by one that does the same")
              .by(Detector.SOAK)
              .make(stage -> stage.release().program(Program.healthy().exiting(70, 1)))
              .afterwards(stage -> stage.pass(Duration.ofMinutes(5)))
              .seenBy("rollout", "tasks", "targets", "soak")
              .named("svc-flapping-tasks", "app-crashes-after-steady")
              .build(),
          Fault.of("img-tag-moved-no-deployment", Layer.IMG, Severity.HIGH)
              .wrong("The deployed tag was moved to another image, and nothing was deployed")
              .make(stage -> {
                String repository = stage.its().repositoryName();
                stage
                    .ecr()
                    .putImageTagMutability(r ->
                        r.repositoryName(repository)
                            .imageTagMutability(ImageTagMutability.MUTABLE));
                stage.release().image(stage.its().repository() + ":" + stage.release().commit());
              })
              .afterwards(HardFaults::moveTag)
              .seenBy("image-posture", "tasks", "image")
              .build(),
          Fault.of("alb-fail-open", Layer.ALB, Severity.HIGH)
              .wrong("Every target is unhealthy, and the load balancer sends requests to them")
              .make(stage ->
                  stage
                      .release()
                      .program(
                          Program.healthy()
                              .answering(
                                  stage.its().targetGroup().healthCheckPath(),
                                  Map.of("status", 503, "from", 120)))
                      .update(u -> u.healthCheckGracePeriodSeconds(7200)))
              .afterwards(HardFaults::allUnhealthy)
              .seenBy("targets")
              .named("alb-fail-open")
              .build(),
          Fault.of("iam-role-trust-wrong", Layer.IAM, Severity.CRITICAL)
              .wrong("The execution role trusts EC2, so no task is ever made")
              .make(stage ->
                  stage
                      .iam()
                      .updateAssumeRolePolicy(r ->
                          r.roleName(stage.its().executionRole())
                              .policyDocument(
                                  "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"ec2.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}")))
              .seenBy("rollout", "tasks")
              .build(),
          Fault.of("net-logs-endpoint-missing", Layer.NET, Severity.HIGH)
              .wrong("Isolated subnets have endpoints for the registry and none for logs")
              .make(stage -> Isolated.endpoints(stage, true, "ecr.api", "ecr.dkr"))
              .seenBy("rollout", "tasks")
              .build(),
          Fault.of("net-endpoint-sg-blocks-443", Layer.NET, Severity.CRITICAL)
              .wrong("The security group of the VPC endpoints accepts nothing")
              .make(stage -> Isolated.endpoints(stage, false, "ecr.api", "ecr.dkr", "logs"))
              .seenBy("rollout", "tasks")
              .build(),
          Fault.of("app-binds-loopback", Layer.APP, Severity.CRITICAL)
              .wrong("The program listens on the loopback address only")
              .make(stage ->
                  stage
                      .release()
                      .program(
                          Program.healthy()
                              .onLoopback()
                              .with(
                                  "log", List.of("listening on http://127.0.0.1:" + port(stage)))))
              .seenBy("rollout", "targets")
              .build(),
          Fault.of("app-serves-old-build", Layer.APP, Severity.HIGH)
              .wrong("The image of the new commit holds the program of the last one")
              .make(stage ->
                  stage
                      .release()
                      .program(
                          Program.healthy()
                              .answering("/*", Map.of("body", "{\"revision\": \"5eed000\"}\n"))))
              .seenBy("front-door")
              .build());

  private HardFaults() {}

  private static int port(Stage stage) {
    return stage.its().container().portMappings().getFirst().containerPort();
  }

  private static void previousRevision(Stage stage) throws Exception {
    // A rollout that is not quite complete would be stopped by the next one, which is another
    // fault.
    stage
        .time()
        .await(
            "the rollout is complete",
            PATIENCE,
            () ->
                "COMPLETED"
                    .equals(
                        stage.its().described().deployments().getFirst().rolloutStateAsString()));
    String now = stage.its().taskDefinition().taskDefinitionArn();
    int colon = now.lastIndexOf(':');
    String before = now.substring(0, colon + 1) + (Integer.parseInt(now.substring(colon + 1)) - 1);
    stage
        .ecs()
        .updateService(r ->
            r.cluster(stage.its().cluster()).service(stage.its().service()).taskDefinition(before));
    stage.time().await("the previous revision is steady", PATIENCE, stage.its()::steady);
  }

  /** As a pipeline moves a tag: the manifest of an image is put again under another name. */
  private static void moveTag(Stage stage) {
    String repository = stage.its().repositoryName();
    String tag = stage.release().commit();
    var older =
        stage.ecr().describeImages(r -> r.repositoryName(repository)).imageDetails().stream()
            .filter(d -> !d.imageTags().contains(tag))
            .findFirst()
            .orElseThrow();
    var image =
        stage
            .ecr()
            .batchGetImage(
                r -> r.repositoryName(repository).imageIds(i -> i.imageDigest(older.imageDigest())))
            .images()
            .getFirst();
    stage
        .ecr()
        .putImage(r ->
            r.repositoryName(repository)
                .imageManifest(image.imageManifest())
                .imageManifestMediaType(image.imageManifestMediaType())
                .imageTag(tag));
  }

  private static void allUnhealthy(Stage stage) throws Exception {
    String group = stage.its().targetGroup().targetGroupArn();
    stage
        .time()
        .await(
            "every target is unhealthy",
            PATIENCE,
            () ->
                stage
                    .elb()
                    .describeTargetHealth(r -> r.targetGroupArn(group))
                    .targetHealthDescriptions()
                    .stream()
                    .allMatch(t -> "unhealthy".equals(t.targetHealth().stateAsString())));
  }
}
