package dev.slipway.twin.ecs;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Page;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.ClusterField;
import software.amazon.awssdk.services.ecs.model.ClusterSetting;
import software.amazon.awssdk.services.ecs.model.ClusterSettingName;
import software.amazon.awssdk.services.ecs.model.CreateClusterRequest;
import software.amazon.awssdk.services.ecs.model.CreateClusterResponse;
import software.amazon.awssdk.services.ecs.model.DeleteClusterRequest;
import software.amazon.awssdk.services.ecs.model.DeleteClusterResponse;
import software.amazon.awssdk.services.ecs.model.DescribeClustersRequest;
import software.amazon.awssdk.services.ecs.model.DescribeClustersResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.ListClustersRequest;
import software.amazon.awssdk.services.ecs.model.ListClustersResponse;
import software.amazon.awssdk.services.ecs.model.PutClusterCapacityProvidersRequest;
import software.amazon.awssdk.services.ecs.model.PutClusterCapacityProvidersResponse;
import software.amazon.awssdk.services.ecs.model.UpdateClusterRequest;
import software.amazon.awssdk.services.ecs.model.UpdateClusterResponse;
import software.amazon.awssdk.services.ecs.model.UpdateClusterSettingsRequest;
import software.amazon.awssdk.services.ecs.model.UpdateClusterSettingsResponse;

/** The cluster operations. Source: ECS API reference. */
final class ClusterApi {

  private final EcsState state;

  ClusterApi(EcsState state) {
    this.state = state;
  }

  /** CreateCluster; the same name again returns the cluster that is there. */
  public CreateClusterResponse createCluster(CreateClusterRequest request) {
    new Parameters().without("serviceConnectDefaults", request.serviceConnectDefaults()).refuse();
    String name = EcsState.clusterName(request.clusterName());
    if (!name.matches("[A-Za-z0-9_-]{1,255}")) {
      throw EcsErrors.invalid("Cluster names must match the pattern [a-zA-Z0-9_-]{1,255}.");
    }
    Cluster existing = state.clusters().find(name).orElse(null);
    if (existing == null || !existing.status().equals("ACTIVE")) {
      checkProviders(request.capacityProviders(), request.defaultCapacityProviderStrategy());
      existing =
          Cluster.builder()
              .clusterArn(state.world().arn("ecs", "cluster/" + name))
              .clusterName(name)
              .status("ACTIVE")
              .configuration(request.configuration())
              .capacityProviders(request.capacityProviders())
              .defaultCapacityProviderStrategy(request.defaultCapacityProviderStrategy())
              .settings(settings(insights(), request.settings()))
              .build();
      state.clusters().put(name, existing);
      state.tags().put(existing.clusterArn(), Tags.merged(List.of(), request.tags()));
    }
    return CreateClusterResponse.builder()
        .cluster(view(existing).copy(c -> c.tags(state.tags(c.build().clusterArn()))))
        .build();
  }

  /** DescribeClusters. */
  public DescribeClustersResponse describeClusters(DescribeClustersRequest request) {
    List<String> names = request.clusters().isEmpty() ? List.of("default") : request.clusters();
    List<Cluster> found = new ArrayList<>();
    List<Failure> missing = new ArrayList<>();
    for (String name : names) {
      String key = EcsState.clusterName(name);
      state
          .clusters()
          .find(key)
          .ifPresentOrElse(
              c -> found.add(shown(c, request.include())),
              () ->
                  missing.add(
                      Failure.builder()
                          .arn(state.world().arn("ecs", "cluster/" + key))
                          .reason("MISSING")
                          .build()));
    }
    return DescribeClustersResponse.builder().clusters(found).failures(missing).build();
  }

  /** ListClusters. */
  public ListClustersResponse listClusters(ListClustersRequest request) {
    List<String> arns =
        state.clusters().where(c -> c.status().equals("ACTIVE")).stream()
            .map(Cluster::clusterArn)
            .toList();
    Page<String> page = Listing.page(arns, request.maxResults(), request.nextToken(), 100);
    return ListClustersResponse.builder()
        .clusterArns(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  /** DeleteCluster; the cluster stays describable as INACTIVE. */
  public DeleteClusterResponse deleteCluster(DeleteClusterRequest request) {
    Cluster cluster = state.cluster(request.cluster());
    boolean services =
        state.services().all().stream()
            .anyMatch(s -> inCluster(s.service().clusterArn(), cluster) && !s.inactive());
    if (services) {
      throw AwsError.of(
          "ClusterContainsServicesException",
          "The Cluster cannot be deleted while Services are active.");
    }
    boolean tasks =
        state.tasks().all().stream()
            .anyMatch(t -> inCluster(t.task().clusterArn(), cluster) && !t.status("STOPPED"));
    if (tasks) {
      throw AwsError.of(
          "ClusterContainsTasksException", "The Cluster cannot be deleted while Tasks are active.");
    }
    Cluster deleted = cluster.copy(c -> c.status("INACTIVE"));
    state.clusters().put(cluster.clusterName(), deleted);
    state.tags().remove(cluster.clusterArn());
    return DeleteClusterResponse.builder().cluster(view(deleted)).build();
  }

  /** UpdateCluster. */
  public UpdateClusterResponse updateCluster(UpdateClusterRequest request) {
    new Parameters().without("serviceConnectDefaults", request.serviceConnectDefaults()).refuse();
    Cluster cluster = state.cluster(request.cluster());
    Cluster changed =
        cluster.copy(c -> {
          if (request.configuration() != null) {
            c.configuration(request.configuration());
          }
          c.settings(settings(cluster.settings(), request.settings()));
        });
    state.clusters().put(changed.clusterName(), changed);
    return UpdateClusterResponse.builder().cluster(view(changed)).build();
  }

  /** UpdateClusterSettings. */
  public UpdateClusterSettingsResponse updateClusterSettings(UpdateClusterSettingsRequest request) {
    Cluster cluster = state.cluster(request.cluster());
    Cluster changed =
        cluster.copy(c -> c.settings(settings(cluster.settings(), request.settings())));
    state.clusters().put(changed.clusterName(), changed);
    return UpdateClusterSettingsResponse.builder().cluster(view(changed)).build();
  }

  /** PutClusterCapacityProviders; takes effect at once. */
  public PutClusterCapacityProvidersResponse putClusterCapacityProviders(
      PutClusterCapacityProvidersRequest request) {
    Cluster cluster = state.cluster(request.cluster());
    checkProviders(request.capacityProviders(), request.defaultCapacityProviderStrategy());
    Cluster changed =
        cluster.copy(c ->
            c.capacityProviders(request.capacityProviders())
                .defaultCapacityProviderStrategy(request.defaultCapacityProviderStrategy()));
    state.clusters().put(changed.clusterName(), changed);
    return PutClusterCapacityProvidersResponse.builder().cluster(view(changed)).build();
  }

  private void checkProviders(List<String> providers, List<CapacityProviderStrategyItem> strategy) {
    providers.forEach(CapacityProviders::require);
    for (CapacityProviderStrategyItem item : strategy) {
      if (!providers.contains(item.capacityProvider())) {
        throw EcsErrors.invalid(
            "The specified capacity provider strategy contains a capacity provider that is not"
                + " associated with the cluster.");
      }
    }
  }

  private List<ClusterSetting> insights() {
    return List.of(
        ClusterSetting.builder()
            .name(ClusterSettingName.CONTAINER_INSIGHTS)
            .value(AccountApi.containerInsights(state))
            .build());
  }

  private static List<ClusterSetting> settings(
      List<ClusterSetting> present, List<ClusterSetting> given) {
    Map<ClusterSettingName, String> values = new LinkedHashMap<>();
    values.put(ClusterSettingName.CONTAINER_INSIGHTS, "disabled");
    present.forEach(s -> values.put(s.name(), s.value()));
    given.forEach(s -> values.put(s.name(), s.value()));
    return values.entrySet().stream()
        .map(e -> ClusterSetting.builder().name(e.getKey()).value(e.getValue()).build())
        .toList();
  }

  private Cluster shown(Cluster cluster, List<ClusterField> include) {
    Cluster view = view(cluster);
    return view.copy(c -> {
      if (!include.contains(ClusterField.SETTINGS)) {
        c.settings((List<ClusterSetting>) null);
      }
      if (!include.contains(ClusterField.CONFIGURATIONS)) {
        c.configuration((software.amazon.awssdk.services.ecs.model.ClusterConfiguration) null);
      }
      if (include.contains(ClusterField.TAGS)) {
        c.tags(state.tags(cluster.clusterArn()));
      }
    });
  }

  private Cluster view(Cluster cluster) {
    List<TaskRow> tasks =
        state.tasks().where(t -> inCluster(t.task().clusterArn(), cluster) && t.wanted());
    List<ServiceRow> services =
        state.services().where(s -> inCluster(s.service().clusterArn(), cluster) && s.active());
    return cluster.copy(c ->
        c.registeredContainerInstancesCount(0)
            .runningTasksCount((int) tasks.stream().filter(TaskRow::running).count())
            .pendingTasksCount((int) tasks.stream().filter(TaskRow::pending).count())
            .activeServicesCount(services.size()));
  }

  private static boolean inCluster(String clusterArn, Cluster cluster) {
    return cluster.clusterArn().equals(clusterArn);
  }
}
