package dev.slipway.twin.ecs;

import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.Metric;
import dev.slipway.twin.world.MetricSink;
import dev.slipway.twin.world.MetricSource;
import java.util.Map;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.Service;

/**
 * What Container Insights publishes about the services of clusters for which it is on. Source:
 * CloudWatch user guide, Container-Insights-metrics-ECS.
 */
@Differs(
    value = "Container Insights counts tasks and deployments, and measures nothing inside of them",
    because = "the processes of tasks share one machine with everything else")
final class ServiceMetrics implements MetricSource {

  private final EcsState state;
  private final ServiceView view;

  ServiceMetrics(EcsState state) {
    this.state = state;
    this.view = new ServiceView(state);
  }

  @Override
  public void measure(MetricSink sink) {
    for (ServiceRow row : state.services().all()) {
      state
          .clusters()
          .find(EcsState.clusterName(row.service().clusterArn()))
          .filter(cluster -> !row.inactive() && watched(cluster))
          .ifPresent(cluster -> publish(sink, cluster, view.of(row)));
    }
  }

  private static boolean watched(Cluster cluster) {
    return cluster.settings().stream()
        .anyMatch(setting ->
            "containerInsights".equals(setting.nameAsString())
                && !"disabled".equals(setting.value()));
  }

  private static void publish(MetricSink sink, Cluster cluster, Service service) {
    Map<String, String> dimensions =
        Map.of("ClusterName", cluster.clusterName(), "ServiceName", service.serviceName());
    Map.of(
            "RunningTaskCount", service.runningCount(),
            "PendingTaskCount", service.pendingCount(),
            "DesiredTaskCount", service.desiredCount(),
            "DeploymentCount", service.deployments().size())
        .forEach((name, value) ->
            sink.record(new Metric("ECS/ContainerInsights", name, dimensions, "Count"), value, 1));
  }
}
