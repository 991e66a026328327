package dev.slipway.validation.observe;

import dev.slipway.topology.Network;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.ecr.model.FindingSeverity;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecs.model.Cluster;

/**
 * What a deployment is like beyond whether it runs: how it is guarded, watched and kept. Read once
 * for a verification and again when the deployment has changed, for it changes seldom.
 *
 * @param read whether it has been read
 * @param cluster the cluster with its settings; empty when it could not be read
 * @param newestRevision the newest active task definition of the family; empty when unknown
 * @param loadBalancers the attributes of each load balancer, by ARN
 * @param targetGroups the attributes of each target group, by ARN
 * @param certificates the certificates of HTTPS listeners, by ARN
 * @param logGroups the log groups of the task definitions, by name; absent ones are left out
 * @param logged the ids of running tasks of which at least one line was logged; empty when unknown
 * @param alarms the metric alarms that watch the service or its load balancer
 * @param repositories what is known of the repositories of its images, by repository name
 * @param network the VPC of its subnets
 * @param roles its roles, by ARN
 * @param deployers the roles that GitHub may assume and that may deploy the service
 * @param metrics what CloudWatch counted since the rollout began
 * @param readAt when it was read, by AWS's clock
 */
public record Posture(
    boolean read,
    Optional<Cluster> cluster,
    String newestRevision,
    Map<String, Map<String, String>> loadBalancers,
    Map<String, Map<String, String>> targetGroups,
    Map<String, Certificate> certificates,
    Map<String, LogGroup> logGroups,
    Optional<Set<String>> logged,
    List<MetricAlarm> alarms,
    Map<String, Shelf> repositories,
    Network network,
    Map<String, Surroundings.Role> roles,
    List<Surroundings.Role> deployers,
    Metrics metrics,
    Instant readAt) {

  /** Nothing read. */
  public static final Posture NONE =
      new Posture(
          false,
          Optional.empty(),
          "",
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          Optional.empty(),
          List.of(),
          Map.of(),
          Surroundings.NO_NETWORK,
          Map.of(),
          List.of(),
          Metrics.NONE,
          Instant.EPOCH);

  /**
   * How a repository keeps the service's images.
   *
   * @param policy the lifecycle policy's JSON; empty when there is none
   * @param tagDigests the digest that each tag of the service's images names now
   * @param findings the number of scan findings of the digests that run, by severity; empty when
   *     they were never scanned
   * @param images all images that it keeps; empty when there is no policy that could remove any
   */
  public record Shelf(
      Optional<String> policy,
      Map<String, String> tagDigests,
      Optional<Map<FindingSeverity, Integer>> findings,
      List<ImageDetail> images) {}
}
