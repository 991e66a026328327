package dev.slipway.rehearsal.catalogue;

import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.fault.Layer;
import dev.slipway.rehearsal.stage.Kind;
import dev.slipway.rehearsal.stage.Program;
import dev.slipway.rehearsal.stage.Stage;
import dev.slipway.validation.check.Severity;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.VersionConsistency;

/** Faults of tags, digests and what a repository does with them. */
final class PullFaults {

  private static final Duration LONG = Duration.ofMinutes(20);

  static final List<Fault> ALL =
      List.of(
          Fault.of("img-tag-moved-backwards", Layer.IMG, Severity.HIGH)
              .wrong("An older pipeline ends last, moves the tag back and deploys again")
              .make(PullFaults::byTag)
              .afterwards(stage -> {
                stage.push("live", Program.healthy(), "000000000001");
                ServiceFaults.update(stage, u -> u.forceNewDeployment(true));
                stage.pass(Duration.ofSeconds(10));
                stage.time().await("steady", LONG, stage.its()::steady);
              })
              .seenBy("tasks", "image", "front-door")
              .named(
                  "img-tag-moved-backwards",
                  "svc-runs-another-image",
                  "app-serves-old-build",
                  "img-tag-moved-no-deployment")
              .source("https://github.com/wellcomecollection/platform/issues/6468")
              .build(),
          Fault.of("img-mixed-digests-one-revision", Layer.IMG, Severity.HIGH)
              .wrong("Tasks of one revision run two images, because its tag moved in between")
              .make(stage -> {
                byTag(stage);
                stage.release().container(c -> c.versionConsistency(VersionConsistency.DISABLED));
              })
              .afterwards(stage -> {
                stage.push("live", Program.healthy(), "000000000002");
                String task = stage.its().tasks().getFirst().taskArn();
                stage.ecs().stopTask(r -> r.cluster(stage.its().cluster()).task(task));
                stage.pass(Duration.ofSeconds(10));
                stage.time().await("steady", LONG, stage.its()::steady);
              })
              .seenBy("tasks")
              .source("https://github.com/fabfuel/ecs-deploy/issues/57")
              .build(),
          Fault.of("img-pinned-digest-deleted", Layer.IMG, Severity.HIGH)
              .wrong("The digest that the deployment pinned was deleted: no task can be replaced")
              .make(PullFaults::byTag)
              .afterwards(stage -> {
                String digest =
                    stage.its().tasks().getFirst().containers().getFirst().imageDigest();
                stage
                    .ecr()
                    .batchDeleteImage(r ->
                        r.repositoryName(stage.its().repositoryName())
                            .imageIds(i -> i.imageDigest(digest)));
                String task = stage.its().tasks().getFirst().taskArn();
                stage.ecs().stopTask(r -> r.cluster(stage.its().cluster()).task(task));
              })
              .seenBy("image", "tasks")
              .named("img-pinned-digest-deleted", "img-tag-not-in-registry")
              .source("https://github.com/aws/amazon-ecs-agent/issues/4226")
              .build(),
          Fault.of("img-lifecycle-expires-live-image", Layer.IMG, Severity.MEDIUM)
              .wrong("The lifecycle policy keeps one image, and it is not the one that runs")
              .on(Kind.STANDING)
              .make(stage -> {
                stage.push("newer", Program.healthy(), "000000000003");
                lifecycle(
                    stage,
                    "\"tagStatus\":\"any\",\"countType\":\"imageCountMoreThan\",\"countNumber\":1");
              })
              .seenBy("image-posture", "image")
              .build(),
          Fault.of("img-lifecycle-policy-never-fires", Layer.IMG, Severity.LOW)
              .wrong(
                  "The lifecycle policy is for a prefix that no tag has any more, and images pile up")
              .on(Kind.STANDING)
              .make(stage -> {
                for (int build = 1; build <= 12; build++) {
                  String commit = "%012d".formatted(build);
                  stage.push(commit, Program.healthy(), commit);
                }
                lifecycle(
                    stage,
                    "\"tagStatus\":\"tagged\",\"tagPrefixList\":[\"release-train-\"],\"countType\":\"imageCountMoreThan\",\"countNumber\":5");
              })
              .seenBy("image-posture")
              .named("img-lifecycle-policy-never-fires", "cost-ecr-grows")
              .source("https://github.com/ustaxcourt/ef-cms/issues/10265")
              .build(),
          Fault.of("cost-ecr-grows", Layer.COST, Severity.LOW)
              .wrong("The repository has no lifecycle policy: every image is kept for ever")
              .on(Kind.STANDING)
              .make(stage ->
                  stage
                      .ecr()
                      .deleteLifecyclePolicy(r -> r.repositoryName(stage.its().repositoryName())))
              .seenBy("image-posture")
              .build(),
          Fault.of("img-mutable-tags", Layer.IMG, Severity.MEDIUM)
              .wrong("Tags of the repository may move, and the service is deployed by tag")
              .make(PullFaults::byTag)
              .seenBy("image-posture")
              .source("https://github.com/docker-archive/compose-cli/issues/612")
              .build(),
          Fault.of("img-scan-disabled", Layer.IMG, Severity.MEDIUM)
              .wrong("Images are never scanned, so that no finding means nothing")
              .on(Kind.STANDING)
              .make(stage ->
                  stage
                      .ecr()
                      .putImageScanningConfiguration(r ->
                          r.repositoryName(stage.its().repositoryName())
                              .imageScanningConfiguration(c -> c.scanOnPush(false))))
              .seenBy("image-posture")
              .source("https://github.com/DataBiosphere/azul/issues/6475")
              .build(),
          Fault.of("img-digest-misspelt", Layer.IMG, Severity.CRITICAL)
              .wrong("The task definition names a digest that the repository does not have")
              .make(stage ->
                  stage
                      .release()
                      .image(stage.its().repository() + "@sha256:" + "0123456789abcdef".repeat(4)))
              .seenBy("image", "rollout")
              .named("img-tag-not-in-registry")
              .build(),
          Fault.of("img-wrong-region-or-account", Layer.IMG, Severity.MEDIUM)
              .wrong("The image is looked for in a repository of another account and region")
              .make(stage ->
                  stage
                      .release()
                      .image(
                          "123456789012.dkr.ecr.us-west-2.amazonaws.com/"
                              + stage.its().repositoryName()
                              + ":"
                              + stage.release().commit()))
              .seenBy("image", "rollout")
              .named("img-wrong-region-or-account", "img-cross-account-repo-policy")
              .build(),
          Fault.of("img-repository-deleted", Layer.IMG, Severity.CRITICAL)
              .wrong("The repository was deleted with all its images under the running service")
              .on(Kind.SCALE_OUT)
              .make(stage ->
                  stage
                      .ecr()
                      .deleteRepository(
                          r -> r.repositoryName(stage.its().repositoryName()).force(true)))
              .seenBy("image", "tasks")
              .named(
                  "img-tag-not-in-registry", "img-pinned-digest-deleted", "img-repository-missing")
              .build());

  private PullFaults() {}

  /** Deploys by a tag that can move. */
  private static void byTag(Stage stage) throws Exception {
    stage
        .ecr()
        .putImageTagMutability(
            r -> r.repositoryName(stage.its().repositoryName()).imageTagMutability("MUTABLE"));
    stage.push("live", Program.healthy(), stage.release().commit());
    stage.release().image(stage.its().repository() + ":live");
  }

  private static void lifecycle(Stage stage, String selection) {
    stage
        .ecr()
        .putLifecyclePolicy(r ->
            r.repositoryName(stage.its().repositoryName())
                .lifecyclePolicyText(
                    "{\"rules\":[{\"rulePriority\":1,\"selection\":{%s},\"action\":{\"type\":\"expire\"}}]}"
                        .formatted(selection)));
  }
}
