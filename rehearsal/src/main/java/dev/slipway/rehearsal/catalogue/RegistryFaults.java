package dev.slipway.rehearsal.catalogue;

import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.fault.Layer;
import dev.slipway.rehearsal.fault.Need;
import dev.slipway.rehearsal.stage.Program;
import dev.slipway.rehearsal.stage.Stage;
import dev.slipway.validation.check.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecr.model.Image;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;

/** Faults of where an image comes from and of what it is made of. */
final class RegistryFaults {

  private static final String INDEX = "application/vnd.oci.image.index.v1+json";

  static final List<Fault> ALL =
      List.of(
          Fault.of("img-private-registry-no-credentials", Layer.IMG, Severity.HIGH)
              .wrong(
                  "The image is in a private registry, and the task definition has no credentials")
              .make(stage -> stage.release().image("ghcr.io/acme/app:1.4.2"))
              .seenBy("rollout", "tasks", "image")
              .source(
                  "https://openillumi.com/en/en-fargate-private-registry-auth-pulumi-secretsmanager")
              .build(),
          Fault.of("img-repository-misspelt", Layer.IMG, Severity.CRITICAL)
              .wrong("The task definition names a repository that the registry does not have")
              .make(stage ->
                  stage
                      .release()
                      .image(stage.its().repository() + "-service:" + stage.release().commit()))
              .seenBy("image", "rollout")
              .named("img-tag-not-in-registry")
              .build(),
          Fault.of("img-cross-account-repo-policy", Layer.IMG, Severity.HIGH)
              .wrong(
                  "The image is in the registry of a central account, whose repository lets nobody in")
              .make(stage -> {
                Policies.put(
                    stage,
                    stage.its().executionRole(),
                    "central",
                    "\"Effect\":\"Allow\",\"Action\":\"ecr:*\",\"Resource\":\"*\"");
                stage.release().image(stage.pushElsewhere("central", Program.healthy()));
              })
              .seenBy("image", "rollout", "tasks")
              .needs(Need.EXECUTION_ROLE)
              .build(),
          Fault.of("img-immutable-tag-push-fails", Layer.IMG, Severity.MEDIUM)
              .wrong(
                  "The version's tag is taken and may not move: its push is refused, and the pipeline"
                      + " deploys the tag all the same")
              .make(RegistryFaults::versionIsTaken)
              .seenBy("tasks", "image", "front-door")
              .named("svc-runs-another-image")
              .source(
                  "https://github.com/smartcontractkit/.github/pull/1526",
                  "https://github.com/PostHog/posthog/pull/72727")
              .build(),
          Fault.of("img-manifest-unsupported", Layer.IMG, Severity.MEDIUM)
              .wrong("The index of the image lists its attestation and no platform that runs")
              .make(stage -> {
                String tag = "attested";
                String repository = stage.its().repositoryName();
                stage.push(tag, Program.healthy(), stage.release().commit());
                Image image =
                    stage
                        .ecr()
                        .batchGetImage(
                            r -> r.repositoryName(repository).imageIds(i -> i.imageTag(tag)))
                        .images()
                        .getFirst();
                String index =
                    "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d,\"platform\":{\"architecture\":\"unknown\",\"os\":\"unknown\"},\"annotations\":{\"vnd.docker.reference.type\":\"attestation-manifest\"}}]}"
                        .formatted(
                            INDEX,
                            image.imageManifestMediaType(),
                            image.imageId().imageDigest(),
                            image.imageManifest().getBytes(StandardCharsets.UTF_8).length);
                stage
                    .ecr()
                    .putImage(r ->
                        r.repositoryName(repository)
                            .imageManifest(index)
                            .imageManifestMediaType(INDEX));
                stage.release().image(stage.its().repository() + "@" + digest(index));
              })
              .seenBy("image", "rollout", "tasks")
              .source("https://github.com/aws/containers-roadmap/issues/1120")
              .build(),
          Fault.of("img-critical-cves", Layer.IMG, Severity.HIGH)
              .wrong("The base of the image has a vulnerability that became known as critical")
              .make(stage -> {
                stage
                    .account()
                    .twin()
                    .advisories()
                    .load(
                        stage.time().instant(),
                        "[{\"cve\":\"CVE-2022-37434\",\"package\":\"zlib\",\"severity\":\"CRITICAL\",\"fixedIn\":\"1.2.12-r2\",\"ecosystem\":\"alpine\",\"description\":\"heap over-read in inflate\"}]");
                stage
                    .release()
                    .files(
                        Map.of(
                            "/etc/os-release", "ID=alpine\nVERSION_ID=3.16.0\n",
                            "/lib/apk/db/installed", "P:zlib\nV:1.2.12-r1\nA:x86_64\n\n"));
              })
              .seenBy("image-posture")
              .source("https://github.com/ustaxcourt/ef-cms/issues/10265")
              .needs(Need.SCANS)
              .build());

  private RegistryFaults() {}

  /** A pipeline pushes its image under its commit and under a version, and only the first goes. */
  private static void versionIsTaken(Stage stage) throws IOException, InterruptedException {
    String version = "1.4.0";
    String repository = stage.its().repositoryName();
    stage.push(version, Program.healthy(), "000000000001");
    stage
        .ecr()
        .putImageTagMutability(
            r -> r.repositoryName(repository).imageTagMutability(ImageTagMutability.IMMUTABLE));
    String digest =
        stage.push(
            "build-" + stage.release().commit(), Program.healthy(), stage.release().commit());
    if (isTaken(stage, version)) {
      stage.release().image(stage.its().repository() + ":" + version, digest);
    }
  }

  private static boolean isTaken(Stage stage, String version) throws InterruptedException {
    try {
      stage.push(version, Program.healthy(), stage.release().commit());
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static String digest(String manifest) throws Exception {
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(manifest.getBytes(StandardCharsets.UTF_8));
    return "sha256:" + HexFormat.of().formatHex(hash);
  }
}
