package dev.slipway.validation.observe;

import java.time.Instant;
import java.util.Map;

/**
 * Many services at one moment, read together. What is read of one service alone is not in it: task
 * definitions, images, roles, logs, the posture, tasks that have ended.
 *
 * @param snapshots a snapshot for each service that exists
 * @param absent why there is none for the others
 * @param hosts by target group, how many hosts CloudWatch counts, when targets were not read
 * @param gaps what could not be read, by IAM action
 */
public record Bulk(
    Map<Wanted, Snapshot> snapshots,
    Map<Wanted, WrongAddress> absent,
    Map<String, HostCount> hosts,
    Map<String, Gap> gaps) {

  /**
   * How many targets of a group were healthy in a minute, by CloudWatch. Source: ELB user guide,
   * load-balancer-cloudwatch-metrics: of healthy hosts the minimum says most, of unhealthy ones the
   * maximum.
   *
   * @param healthy the fewest healthy ones
   * @param unhealthy the most unhealthy ones
   * @param minute the start of the minute, in AWS's time
   */
  public record HostCount(int healthy, int unhealthy, Instant minute) {}
}
