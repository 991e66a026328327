package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.engine.TagChanges;
import dev.slipway.twin.terraform.engine.Waiter;
import dev.slipway.twin.terraform.value.Attributes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.ClusterConfiguration;
import software.amazon.awssdk.services.ecs.model.ClusterServiceConnectDefaults;
import software.amazon.awssdk.services.ecs.model.ClusterServiceConnectDefaultsRequest;
import software.amazon.awssdk.services.ecs.model.ClusterSetting;
import software.amazon.awssdk.services.ecs.model.CreateClusterRequest;
import software.amazon.awssdk.services.ecs.model.CreateClusterResponse;
import software.amazon.awssdk.services.ecs.model.DeleteClusterRequest;
import software.amazon.awssdk.services.ecs.model.DeleteClusterResponse;
import software.amazon.awssdk.services.ecs.model.ExecuteCommandLogConfiguration;
import software.amazon.awssdk.services.ecs.model.UpdateClusterRequest;
import software.amazon.awssdk.services.ecs.model.UpdateClusterResponse;

/** {@code aws_ecs_cluster}. */
final class EcsClusterResource implements ResourceHandler {

  private static final Duration TIMEOUT = Duration.ofMinutes(10);

  @Override
  public String type() {
    return "aws_ecs_cluster";
  }

  @Override
  public String label() {
    return "ECS Cluster";
  }

  @Override
  public void create(Context context, Attributes planned) {
    CreateClusterRequest request =
        CreateClusterRequest.builder()
            .clusterName(planned.text("name"))
            .settings(settings(planned))
            .configuration(configuration(planned))
            .serviceConnectDefaults(connect(planned))
            .tags(TagChanges.all(planned, EcsCalls::tag))
            .build();
    CreateClusterResponse response =
        context
            .waiter()
            .retry(
                IamDocuments.PROPAGATION,
                e -> e.awsMessage().contains("Unable to assume the service linked role"),
                () -> context.call(request, CreateClusterResponse.class));
    planned.set("id", response.cluster().clusterArn());
    awaitActive(context, planned.id());
  }

  @Override
  public boolean read(Context context, Attributes state) {
    Optional<Cluster> found = EcsCalls.cluster(context, state.id());
    if (found.isEmpty()) {
      return false;
    }
    Cluster cluster = found.get();
    ClusterServiceConnectDefaults connect = cluster.serviceConnectDefaults();
    state
        .set("id", cluster.clusterArn())
        .set("arn", cluster.clusterArn())
        .set("name", cluster.clusterName())
        .setBlocks(
            "setting",
            cluster.settings().stream()
                .map(one ->
                    new Attributes().set("name", one.nameAsString()).set("value", one.value()))
                .toList())
        .setBlocks(
            "service_connect_defaults",
            connect == null
                ? List.of()
                : List.of(new Attributes().set("namespace", connect.namespace())));
    if (cluster.configuration() == null) {
      state.setNoBlocks("configuration");
    }
    EcsCalls.setTags(context, state, cluster.tags());
    return true;
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    if (planned.differs(prior, "configuration", "service_connect_defaults", "setting")) {
      context.call(
          UpdateClusterRequest.builder()
              .cluster(planned.id())
              .settings(settings(planned))
              .configuration(configuration(planned))
              .serviceConnectDefaults(connect(planned))
              .build(),
          UpdateClusterResponse.class);
      awaitActive(context, planned.id());
    }
    EcsCalls.updateTags(context, planned.id(), prior, planned);
  }

  @Override
  public void delete(Context context, Attributes state) {
    DeleteClusterRequest request = DeleteClusterRequest.builder().cluster(state.id()).build();
    context
        .waiter()
        .retry(
            TIMEOUT,
            e ->
                e.is(
                    "ClusterContainsContainerInstancesException",
                    "ClusterContainsServicesException",
                    "ClusterContainsTasksException",
                    "UpdateInProgressException"),
            () -> context.call(request, DeleteClusterResponse.class));
    Waiter.Until gone =
        new Waiter.Until(
            Duration.ZERO,
            Duration.ZERO,
            TIMEOUT,
            List.of("ACTIVE", "DEPROVISIONING"),
            List.of(""));
    context.waiter().until(gone, () -> status(context, state.id()));
  }

  @Override
  public void importById(Context context, String id, Attributes state) {
    state.set("name", id).set("id", context.arn("ecs", "cluster/" + id));
  }

  private static void awaitActive(Context context, String arn) {
    Waiter.Until active =
        new Waiter.Until(
            Duration.ZERO, Duration.ZERO, TIMEOUT, List.of("PROVISIONING"), List.of("ACTIVE"));
    context.waiter().until(active, () -> status(context, arn));
  }

  private static String status(Context context, String arn) {
    return EcsCalls.cluster(context, arn).map(Cluster::status).orElse("");
  }

  private static List<ClusterSetting> settings(Attributes planned) {
    return planned.blocks("setting").stream()
        .map(block ->
            ClusterSetting.builder().name(block.text("name")).value(block.text("value")).build())
        .toList();
  }

  private static ClusterServiceConnectDefaultsRequest connect(Attributes planned) {
    return planned
        .block("service_connect_defaults")
        .map(block ->
            ClusterServiceConnectDefaultsRequest.builder()
                .namespace(block.text("namespace"))
                .build())
        .orElse(null);
  }

  private static ClusterConfiguration configuration(Attributes planned) {
    return planned
        .block("configuration")
        .flatMap(block -> block.block("execute_command_configuration"))
        .map(execute ->
            ClusterConfiguration.builder()
                .executeCommandConfiguration(c -> {
                  c.kmsKeyId(execute.text("kms_key_id")).logging(execute.text("logging"));
                  execute
                      .block("log_configuration")
                      .ifPresent(log -> c.logConfiguration(logConfiguration(log)));
                })
                .build())
        .orElse(null);
  }

  private static ExecuteCommandLogConfiguration logConfiguration(Attributes log) {
    return ExecuteCommandLogConfiguration.builder()
        .cloudWatchEncryptionEnabled(log.flag("cloud_watch_encryption_enabled"))
        .cloudWatchLogGroupName(log.text("cloud_watch_log_group_name"))
        .s3BucketName(log.text("s3_bucket_name"))
        .s3EncryptionEnabled(log.flag("s3_bucket_encryption_enabled"))
        .s3KeyPrefix(log.text("s3_key_prefix"))
        .build();
  }
}
