package dev.slipway.twin.ecs;

import dev.slipway.twin.world.Page;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.DescribeServiceDeploymentsRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServiceDeploymentsResponse;
import software.amazon.awssdk.services.ecs.model.DescribeServiceRevisionsRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServiceRevisionsResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.ListServiceDeploymentsRequest;
import software.amazon.awssdk.services.ecs.model.ListServiceDeploymentsResponse;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentAlarms;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentBrief;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentRollbackMonitorsStatus;
import software.amazon.awssdk.services.ecs.model.ServiceRevision;
import software.amazon.awssdk.services.ecs.model.ServiceRevisionSummary;

/** Service deployments and revisions. Source: ECS API reference. */
final class DeploymentApi {

  private static final int PAGE = 20;
  private static final int MOST = 20;

  private final EcsState state;

  DeploymentApi(EcsState state) {
    this.state = state;
  }

  /** ListServiceDeployments, newest first. */
  public ListServiceDeploymentsResponse listServiceDeployments(
      ListServiceDeploymentsRequest request) {
    Cluster cluster = state.cluster(request.cluster());
    ServiceRow row = state.service(cluster, request.service());
    List<ServiceDeploymentBrief> briefs =
        state
            .serviceDeployments()
            .where(d -> d.serviceArn().equals(row.arn()) && matches(d, request))
            .stream()
            .sorted(Comparator.comparing(ServiceDeployment::createdAt).reversed())
            .map(DeploymentApi::brief)
            .toList();
    Page<ServiceDeploymentBrief> page =
        Listing.page(briefs, request.maxResults(), request.nextToken(), PAGE);
    return ListServiceDeploymentsResponse.builder()
        .serviceDeployments(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  private static boolean matches(ServiceDeployment d, ListServiceDeploymentsRequest request) {
    boolean status = request.status().isEmpty() || request.status().contains(d.status());
    if (request.createdAt() == null) {
      return status;
    }
    var from = request.createdAt().after();
    var to = request.createdAt().before();
    return status
        && (from == null || !d.createdAt().isBefore(from))
        && (to == null || !d.createdAt().isAfter(to));
  }

  private static ServiceDeploymentBrief brief(ServiceDeployment d) {
    return ServiceDeploymentBrief.builder()
        .serviceDeploymentArn(d.serviceDeploymentArn())
        .serviceArn(d.serviceArn())
        .clusterArn(d.clusterArn())
        .createdAt(d.createdAt())
        .startedAt(d.startedAt())
        .finishedAt(d.finishedAt())
        .targetServiceRevisionArn(d.targetServiceRevision().arn())
        .status(d.status())
        .statusReason(d.statusReason())
        .build();
  }

  /** DescribeServiceDeployments, of at most twenty. */
  public DescribeServiceDeploymentsResponse describeServiceDeployments(
      DescribeServiceDeploymentsRequest request) {
    List<String> arns = limited(request.serviceDeploymentArns());
    List<ServiceDeployment> found = new ArrayList<>();
    List<Failure> missing = new ArrayList<>();
    for (String arn : arns) {
      state
          .serviceDeployments()
          .find(arn)
          .ifPresentOrElse(d -> found.add(shown(d)), () -> missing.add(missing(arn)));
    }
    return DescribeServiceDeploymentsResponse.builder()
        .serviceDeployments(found)
        .failures(missing)
        .build();
  }

  /** DescribeServiceRevisions, of at most twenty. */
  public DescribeServiceRevisionsResponse describeServiceRevisions(
      DescribeServiceRevisionsRequest request) {
    List<String> arns = limited(request.serviceRevisionArns());
    List<ServiceRevision> found = new ArrayList<>();
    List<Failure> missing = new ArrayList<>();
    for (String arn : arns) {
      state
          .serviceRevisions()
          .find(arn)
          .ifPresentOrElse(found::add, () -> missing.add(missing(arn)));
    }
    return DescribeServiceRevisionsResponse.builder()
        .serviceRevisions(found)
        .failures(missing)
        .build();
  }

  private static List<String> limited(List<String> arns) {
    if (arns.isEmpty() || arns.size() > MOST) {
      throw EcsErrors.invalid("Between 1 and 20 ARNs can be described in one call.");
    }
    return arns;
  }

  private static Failure missing(String arn) {
    return Failure.builder().arn(arn).reason("MISSING").build();
  }

  private ServiceDeployment shown(ServiceDeployment deployment) {
    Optional<ServiceRow> row = state.services().find(deployment.serviceArn());
    return deployment.copy(d -> {
      d.alarms(alarms(deployment));
      d.targetServiceRevision(counted(row, deployment.targetServiceRevision()));
      d.sourceServiceRevisions(
          deployment.sourceServiceRevisions().stream().map(s -> counted(row, s)).toList());
      d.deploymentCircuitBreaker(b -> {
        int desired = row.map(r -> r.service().desiredCount()).orElse(0);
        b.status(monitor(row, deployment))
            .failureCount(failures(row, deployment))
            .threshold(breaker(row, deployment).threshold(desired));
      });
    });
  }

  private ServiceDeploymentAlarms alarms(ServiceDeployment deployment) {
    var wanted = deployment.deploymentConfiguration().alarms();
    if (wanted == null) {
      return null;
    }
    String arn = deployment.serviceDeploymentArn();
    List<String> triggered = DeploymentAlarms.triggered(state.world(), arn);
    boolean off = !Boolean.TRUE.equals(wanted.enable()) || DeploymentAlarms.off(state.world(), arn);
    return ServiceDeploymentAlarms.builder()
        .alarmNames(wanted.alarmNames())
        .triggeredAlarmNames(triggered)
        .status(
            off
                ? ServiceDeploymentRollbackMonitorsStatus.DISABLED
                : monitored(deployment, !triggered.isEmpty()))
        .build();
  }

  /** The breaker as it is set now: an update of the settings holds for a deployment under way. */
  private static CircuitBreaker breaker(Optional<ServiceRow> row, ServiceDeployment deployment) {
    return row.map(ServiceRow::breaker)
        .orElseGet(() ->
            CircuitBreaker.of(deployment.deploymentConfiguration().deploymentCircuitBreaker()));
  }

  private ServiceDeploymentRollbackMonitorsStatus monitor(
      Optional<ServiceRow> row, ServiceDeployment deployment) {
    if (!CircuitBreaker.of(deployment.deploymentConfiguration().deploymentCircuitBreaker()).on()) {
      return ServiceDeploymentRollbackMonitorsStatus.DISABLED;
    }
    boolean tripped =
        Setback.CIRCUIT_BREAKER.statusReason().equals(deployment.statusReason())
            || row.flatMap(r -> rollout(r, deployment))
                .filter(r -> Setback.CIRCUIT_BREAKER.failedReason().equals(reason(r)))
                .isPresent();
    return monitored(deployment, tripped);
  }

  private static String reason(Rollout rollout) {
    return rollout.deployment().rolloutStateReason();
  }

  private static Optional<Rollout> rollout(ServiceRow row, ServiceDeployment deployment) {
    String revision = deployment.targetServiceRevision().arn();
    return row.rollouts().stream().filter(o -> o.revisionArn().equals(revision)).findFirst();
  }

  private static ServiceDeploymentRollbackMonitorsStatus monitored(
      ServiceDeployment deployment, boolean triggered) {
    if (triggered) {
      return ServiceDeploymentRollbackMonitorsStatus.TRIGGERED;
    }
    return switch (deployment.status()) {
      case IN_PROGRESS, PENDING -> ServiceDeploymentRollbackMonitorsStatus.MONITORING;
      default -> ServiceDeploymentRollbackMonitorsStatus.MONITORING_COMPLETE;
    };
  }

  private static int failures(Optional<ServiceRow> row, ServiceDeployment deployment) {
    return row.flatMap(r -> rollout(r, deployment)).map(Rollout::failures).orElse(0);
  }

  private ServiceRevisionSummary counted(Optional<ServiceRow> row, ServiceRevisionSummary summary) {
    List<TaskRow> tasks =
        row.map(r -> state.tasksOf(r.arn())).orElse(List.of()).stream()
            .filter(t -> t.origin().revisionArn().equals(summary.arn()))
            .toList();
    int requested = row.map(r -> requested(r, summary.arn(), tasks)).orElse(0);
    return summary.copy(s ->
        s.requestedTaskCount(requested)
            .runningTaskCount(ServiceView.count(tasks, true))
            .pendingTaskCount(ServiceView.count(tasks, false)));
  }

  private static int requested(ServiceRow row, String revisionArn, List<TaskRow> tasks) {
    return row.rollouts().stream()
        .filter(r -> r.revisionArn().equals(revisionArn))
        .mapToInt(r -> ServiceView.desired(row, r, tasks))
        .sum();
  }
}
