package dev.slipway.rehearsal.catalogue;

import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.fault.Layer;
import dev.slipway.rehearsal.fault.Need;
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
              .make(stage -> stage.release().image(live(stage), byTag(stage)))
              .afterwards(stage -> {
                RolloutFaults.complete(stage);
                stage.push("live", Program.healthy(), "000000000001");
                ServiceFaults.update(stage, u -> u.forceNewDeployment(true));
                stage.time().await("steady", LONG, stage.its()::steady);
              })
              .seenBy("tasks", "image", "front-door")
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
                stage.time().await("steady", LONG, stage.its()::steady);
              })
              .seenBy("tasks")
              .source("https://github.com/fabfuel/ecs-deploy/issues/57")
              .needs(Need.TWO_TASKS)
              .build(),
          Fault.of("img-pinned-digest-deleted", Layer.IMG, Severity.HIGH)
              .wrong(
                  "The tag moved on, and the digest that the deployment pinned was deleted as untagged:"
                      + " no task can be replaced")
              .make(PullFaults::byTag)
              .afterwards(stage -> {
                stage.push("live", Program.healthy(), "000000000004");
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
              .build(),
          Fault.of("img-tag-moved-no-deployment", Layer.IMG, Severity.HIGH)
              .wrong("The deployed tag was moved to another image, and nothing was deployed")
              .make(stage -> {
                mutable(stage);
                stage.release().image(stage.its().repository() + ":" + stage.release().commit());
              })
              .afterwards(PullFaults::moveTag)
              .seenBy("image-posture", "tasks", "image")
              .build());

  private PullFaults() {}

  /** Lets tags of the repository move. */
  private static void mutable(Stage stage) {
    stage
        .ecr()
        .putImageTagMutability(
            r -> r.repositoryName(stage.its().repositoryName()).imageTagMutability("MUTABLE"));
  }

  /** Deploys by a tag that can move; answers the digest that it has now. */
  static String byTag(Stage stage) throws Exception {
    mutable(stage);
    String digest = stage.push("live", Program.healthy(), stage.release().commit());
    stage.release().image(live(stage));
    return digest;
  }

  private static String live(Stage stage) {
    return stage.its().repository() + ":live";
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
}
