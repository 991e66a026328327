package dev.slipway.rehearsal.stage;

import dev.slipway.validation.observe.ImageName;
import dev.slipway.validation.observe.Wanted;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/** Makes the deployment of a stage as a pipeline does: push, register, update. */
final class Deployment {

  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private final Stage stage;
  private final Images images;
  private final Kind kind;
  private final Alarms alarms;
  private Service before;
  private TaskDefinition definition;

  Deployment(Stage stage, Images images, Kind kind) {
    this.stage = stage;
    this.images = images;
    this.kind = kind;
    this.alarms = new Alarms(stage.aws().cloudWatch());
  }

  /** Brings the stage to where the deployment starts from, before any fault is made. */
  void prepare() throws Exception {
    before = stage.its().described();
    definition = stage.its().taskDefinition();
    String cluster = stage.its().cluster();
    String service = stage.its().service();
    if (kind == Kind.UPDATE_WITHOUT_ROLLBACK) {
      stage
          .ecs()
          .updateService(r ->
              r.cluster(cluster)
                  .service(service)
                  .deploymentConfiguration(
                      before.deploymentConfiguration().toBuilder()
                          .deploymentCircuitBreaker(b -> b.enable(false).rollback(false))
                          .build()));
    }
    if (kind == Kind.FIRST) {
      alarms.take();
      stage.ecs().deleteService(r -> r.cluster(cluster).service(service).force(true));
      stage
          .time()
          .await(
              "the old service is gone",
              PATIENCE,
              () -> stage.its().described().status().equals("INACTIVE"));
    }
  }

  /** Makes the deployment, and does not wait for it. */
  void make() throws Exception {
    switch (kind) {
      case STANDING -> {}
      case DESTROY -> destroy();
      case SCALE_OUT ->
          stage
              .ecs()
              .updateService(r ->
                  r.cluster(stage.its().cluster())
                      .service(stage.its().service())
                      .desiredCount(before.desiredCount() + 2));
      case FIRST, UPDATE, UPDATE_WITHOUT_ROLLBACK -> release();
    }
  }

  /** As {@code make destroy} does: all of it, and what fails is left. */
  private void destroy() throws IOException, InterruptedException {
    try {
      stage.roots().destroy(variables(stage.wanted().imageDigest()));
    } catch (Terraform.TerraformFailed e) {
      stage.release().failed(e.getMessage());
    }
  }

  /** Plans the deployment with Terraform, or registers its task definition, and no more. */
  void plan() throws IOException, InterruptedException {
    String digest = push();
    if (!stage.release().isByTerraform()) {
      register(digest);
    } else {
      stage.release().planned(stage.terraform().plan(variables(digest)));
    }
  }

  /** What refuses to be made is left: the pipeline's step is red, and somebody looks. */
  private void release() throws IOException, InterruptedException {
    String digest = push();
    Wanted now = stage.wanted();
    stage.wanted(now.withImageDigest(digest).withCommit(stage.release().commit()));
    try {
      if (!stage.release().isByTerraform()) {
        update(digest);
      } else {
        terraform(digest);
      }
    } catch (EcsException | Terraform.TerraformFailed e) {
      stage.release().failed(e.getMessage());
    }
  }

  private String push() throws IOException, InterruptedException {
    Release release = stage.release();
    Fitting fitting = stage.fitting();
    return images.push(
        stage.ecr(),
        stage.its().repositoryName(),
        release.commit(),
        new Images.Build(
            fitting,
            release.architecture().isEmpty() ? fitting.architecture() : release.architecture(),
            release.program(),
            Map.of("REVISION", release.commit()),
            release.files()));
  }

  private String register(String digest) {
    Release release = stage.release();
    String image = release.image().isEmpty() ? repository() + "@" + digest : release.image();
    String revision =
        stage.ecs().registerTaskDefinition(next(image)).taskDefinition().taskDefinitionArn();
    want(release.image().isEmpty() ? digest : known(image), revision);
    return revision;
  }

  private void update(String digest) {
    String revision = register(digest);
    if (!stage.release().updates()) {
      return;
    }
    if (kind == Kind.FIRST) {
      stage.ecs().createService(first(revision));
      alarms.putBack();
    } else {
      stage.ecs().updateService(change(revision));
    }
  }

  private void terraform(String digest) throws IOException, InterruptedException {
    if (kind == Kind.FIRST) {
      throw new IllegalStateException("a first deployment by Terraform is not made");
    }
    stage.terraform().apply(variables(digest));
    want(digest, stage.terraform().output("task_definition_arn"));
  }

  private Map<String, String> variables(String digest) {
    Map<String, String> variables = new LinkedHashMap<>();
    if (stage.deploysWithTerraform()) {
      variables.put("image_digest", digest);
      variables.put("revision", stage.release().commit());
    }
    variables.putAll(stage.release().variables());
    return variables;
  }

  private void want(String digest, String revision) {
    Wanted now = stage.wanted();
    stage.wanted(
        now.withImageDigest(digest).withRevision(revision).withCommit(stage.release().commit()));
  }

  private String repository() {
    return ImageName.parse(serving().image()).repository();
  }

  private ContainerDefinition serving() {
    String name = before.loadBalancers().getFirst().containerName();
    return definition.containerDefinitions().stream()
        .filter(c -> c.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** What the pipeline knows of the digest of an image that it did not push as usual. */
  private String known(String image) {
    return image.contains("@") ? image.substring(image.indexOf('@') + 1) : stage.release().digest();
  }

  private RegisterTaskDefinitionRequest next(String image) {
    ContainerDefinition serving = serving();
    List<ContainerDefinition> containers =
        definition.containerDefinitions().stream()
            .map(c ->
                c.equals(serving) ? stage.release().applied(c.toBuilder().image(image)).build() : c)
            .toList();
    RegisterTaskDefinitionRequest.Builder request =
        Revisions.like(definition).containerDefinitions(containers);
    return stage.release().applied(request).build();
  }

  private UpdateServiceRequest change(String revision) {
    UpdateServiceRequest.Builder request =
        UpdateServiceRequest.builder()
            .cluster(stage.its().cluster())
            .service(stage.its().service())
            .taskDefinition(revision);
    stage.release().applied(request);
    return request.build();
  }

  /** The service as it was, with what a description does not tell left at its default. */
  private CreateServiceRequest first(String revision) {
    CreateServiceRequest.Builder request =
        CreateServiceRequest.builder()
            .cluster(stage.its().cluster())
            .serviceName(stage.its().service())
            .taskDefinition(revision)
            .desiredCount(before.desiredCount())
            .launchType(before.launchType())
            .capacityProviderStrategy(before.capacityProviderStrategy())
            .serviceRegistries(before.serviceRegistries())
            .loadBalancers(before.loadBalancers())
            .networkConfiguration(before.networkConfiguration())
            .deploymentConfiguration(before.deploymentConfiguration())
            .healthCheckGracePeriodSeconds(before.healthCheckGracePeriodSeconds())
            .availabilityZoneRebalancing(before.availabilityZoneRebalancing())
            .enableECSManagedTags(before.enableECSManagedTags())
            .propagateTags(before.propagateTags());
    stage.release().applied(request);
    return request.build();
  }
}
