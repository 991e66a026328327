package dev.slipway.validation.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.Sample;
import dev.slipway.validation.SampleNetwork;
import dev.slipway.validation.observe.ImageName;
import dev.slipway.validation.observe.Registry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;

class LayersAndDigestsTest extends Diagnosed {

  private static final String REFUSED =
      "CannotPullContainerError: ref pull has been retried 1 time(s): failed to copy:"
          + " httpReadSeeker: failed open: unexpected status code"
          + " https://prod-eu-central-1-starport-layer-bucket.s3.eu-central-1.amazonaws.com/1/2:"
          + " 403 Forbidden";

  private void bucketPolicy(String policy) {
    network.endpoints.add(
        SampleNetwork.endpoint("s3", "sg-endpoint").toBuilder().policyDocument(policy).build());
    sample.rollingOut().failedStart("subnet-a", REFUSED);
  }

  @Test
  void namesTheBucketsEndpointWhosePolicyLeavesTheLayersOut() {
    bucketPolicy(
        """
        {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
          "Resource": "arn:aws:s3:::only-this-bucket/*"}]}
        """);
    assertThat(first().id()).isEqualTo("net-endpoint-policy-denies");
    assertThat(first().resource()).isEqualTo("vpce-s3");
    assertThat(first().explanation())
        .contains("s3:GetObject of prod-eu-central-1-starport-layer-bucket");
    assertThat(first().decisive()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Statement\": [{\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"*\", \"Resource\": \"*\"}]}",
        "{\"Statement\": [{\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"s3:Get*\", \"Resource\": \"arn:aws:s3:::prod-eu-central-1-starport-layer-bucket/*\"}]}",
        "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"NotResource\": \"arn:aws:s3:::secret/*\"}]}",
        "",
        "no JSON"
      })
  void blamesNoEndpointWhosePolicyLetsTheLayersPass(String policy) {
    bucketPolicy(policy);
    assertThat(ids()).doesNotContain("net-endpoint-policy-denies");
  }

  @Test
  void namesTasksOfOneRevisionThatRunTwoImages() {
    otherImage(Sample.TASK_DEFINITION);
    assertThat(ids()).containsExactly("img-mixed-digests-one-revision");
    assertThat(first().resource()).isEqualTo(Sample.TASK_DEFINITION);
    assertThat(first().evidence()).contains("tasks run sha256:other");
  }

  @Test
  void findsTwoImagesNoSurpriseWhileTheDeploymentThatFollowsTheTagIsUnderWay() {
    otherImage(Sample.TASK_DEFINITION);
    sample.service(s ->
        s.deployments(
            Sample.deployment("ecs-svc/3", "PRIMARY", 2, DeploymentRolloutState.IN_PROGRESS)));
    assertThat(ids()).doesNotContain("img-mixed-digests-one-revision");
  }

  @Test
  void findsAnotherImageOfAnotherRevisionNoSurprise() {
    otherImage(Sample.TASK_DEFINITION.replace(":2", ":1"));
    assertThat(ids()).doesNotContain("img-mixed-digests-one-revision");
  }

  @ParameterizedTest
  @CsvSource({
    "unknown, img-manifest-unsupported",
    "arm64, img-wrong-arch",
  })
  void tellsAnIndexOfNothingButAttestationsFromAnImageForAnotherProcessor(
      String built, String cause) {
    ImageName image = ImageName.parse(sample.goal().image());
    sample.registry =
        new Registry(
            sample.registry.repositories(),
            Map.of(
                image,
                new Registry.Lookup(
                    true,
                    ImageDetail.builder().imageDigest(Sample.DIGEST).build(),
                    List.of(built))));
    sample
        .rollingOut()
        .failedStart(
            "subnet-a",
            "CannotPullContainerError: image Manifest does not contain descriptor matching platform"
                + " 'linux/amd64'");
    assertThat(first().id()).isEqualTo(cause);
  }

  /** As the registry's host may be anything, a repository that exists tells which host is ours. */
  @ParameterizedTest
  @CsvSource({
    "registry.local:5000/orders, registry.local:5000/order, img-tag-not-in-registry",
    "registry.local:5000/orders, registry.other:5000/order, img-private-registry-no-credentials",
  })
  void aRepositoryThatOurRegistryDoesNotHaveIsNotAnothersThatWantsCredentials(
      String existing, String named, String cause) {
    sample.registry =
        new Registry(
            List.of(
                sample.registry.repositories().getFirst().toBuilder()
                    .repositoryUri(existing)
                    .build()),
            Map.of());
    definition(d ->
        d.containerDefinitions(
            c -> c.name("app").image(named + ":1").portMappings(p -> p.containerPort(5000))));
    sample
        .rollingOut()
        .failedStart(
            "subnet-a",
            "CannotPullContainerError: pull image manifest has been retried 1 time(s): pulling"
                + " from host failed with status code [manifests 1]: 401 Unauthorized");
    assertThat(first().id()).isEqualTo(cause);
  }

  private void otherImage(String definition) {
    sample.tasks.set(
        0,
        sample.tasks.getFirst().toBuilder()
            .taskDefinitionArn(definition)
            .containers(
                List.of(
                    sample.tasks.getFirst().containers().getFirst().toBuilder()
                        .imageDigest("sha256:other")
                        .build()))
            .build());
  }
}
