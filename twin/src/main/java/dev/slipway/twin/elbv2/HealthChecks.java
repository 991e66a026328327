package dev.slipway.twin.elbv2;

import dev.slipway.twin.elbv2.DataPlane.Probe;
import dev.slipway.twin.elbv2.DataPlane.ProbeResult;
import dev.slipway.twin.elbv2.Store.LbNode;
import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.TwinClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerStateEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthReasonEnum;

/**
 * Checks every target from every node of its load balancer, each pair on its own, at the target
 * group's interval of world time. Source: ELB user guide, target-group-health-checks. Under the
 * world's lock.
 */
@Differs(
    value = "a load balancer has one node in each enabled zone",
    because = "AWS has at least one and does not tell how many")
final class HealthChecks {

  /** A target as one node sees it; a target that is registered anew is another. */
  private record Pair(String targetKey, String nodeId, Instant registeredAt) {}

  /** What a check needs to know. */
  private record Subject(
      RegisteredTarget target, TargetGroup group, LoadBalancer loadBalancer, LbNode node) {}

  /** Observed on AWS: healthy 1.1 to 4 seconds after registration. */
  private static final int FIRST_CHECK_MILLIS = 1000;

  private static final int FIRST_CHECK_SPREAD_MILLIS = 2000;

  private final Store store;
  private final DataPlane dataPlane;
  private final Paths paths;
  private final Consumer<String> healthChanged;
  private final SlowStart slowStart;
  private final Map<Pair, TwinClock.Cancellable> next = new HashMap<>();
  private final Set<Pair> inFlight = new HashSet<>();

  /**
   * Health checks through a data plane.
   *
   * @param healthChanged told the load balancer whose routes depend on what was found
   */
  HealthChecks(Store store, DataPlane dataPlane, Paths paths, Consumer<String> healthChanged) {
    this.store = store;
    this.dataPlane = dataPlane;
    this.paths = paths;
    this.healthChanged = healthChanged;
    this.slowStart = new SlowStart(store);
  }

  /** Starts the checks of a load balancer's targets that do not run yet. */
  void ensure(String loadBalancerArn) {
    for (String group : store.groupsOfLoadBalancer(loadBalancerArn)) {
      for (RegisteredTarget target : store.targetsOf(group)) {
        for (LbNode node : store.nodesOf(loadBalancerArn)) {
          ensure(new Pair(target.key(), node.interfaceId(), target.registeredAt()));
        }
      }
    }
  }

  /** Forgets every pending check, before the state is replaced. */
  void stop() {
    next.values().forEach(TwinClock.Cancellable::cancel);
    next.clear();
    inFlight.clear();
  }

  private void ensure(Pair pair) {
    if (!next.containsKey(pair) && subject(pair).isPresent()) {
      int millis = FIRST_CHECK_MILLIS + store.world().ids().nextInt(FIRST_CHECK_SPREAD_MILLIS);
      schedule(pair, Duration.ofMillis(millis));
    }
  }

  private void schedule(Pair pair, Duration delay) {
    next.put(pair, store.world().after(delay, () -> run(pair)));
  }

  private void run(Pair pair) {
    Optional<Subject> found = subject(pair);
    if (found.isEmpty()) {
      next.remove(pair);
      return;
    }
    Subject subject = found.get();
    // The cadence does not shift with the time that a target takes to answer.
    schedule(pair, Duration.ofSeconds(subject.group().healthCheckIntervalSeconds()));
    if (subject.target().healthAt(pair.nodeId()).equals(NodeHealth.REGISTERING)) {
      record(subject, NodeHealth.CHECKING);
    }
    if (inFlight.add(pair)) {
      check(pair, subject);
    }
  }

  private void check(Pair pair, Subject subject) {
    TargetGroup group = subject.group();
    RegisteredTarget target = subject.target();
    String port = group.healthCheckPort();
    Probe probe =
        new Probe(
            target.ip(),
            port.equals("traffic-port") ? target.port() : Integer.parseInt(port),
            group.healthCheckPath(),
            group.healthCheckProtocol() == ProtocolEnum.HTTPS,
            Duration.ofSeconds(group.healthCheckTimeoutSeconds()));
    if (paths.fromNode(pair.nodeId(), group.vpcId(), probe.ip(), probe.port())) {
      dataPlane.probe(
          probe, result -> store.world().after(Duration.ZERO, () -> arrived(pair, probe, result)));
    } else {
      vanished(pair, probe);
    }
  }

  private void arrived(Pair pair, Probe probe, ProbeResult result) {
    switch (result) {
      case ProbeResult.NoSuchHost nobody -> vanished(pair, probe);
      case ProbeResult.TimedOut late -> finish(pair, timedOut());
      case ProbeResult.Failed failed -> finish(pair, failedChecks());
      case ProbeResult.Answered answer -> finish(pair, judged(pair, answer.status()));
    }
  }

  /** Nothing real is waited for, so the timeout passes in world time. */
  private void vanished(Pair pair, Probe probe) {
    store.world().after(probe.timeout(), () -> finish(pair, timedOut()));
  }

  private NodeHealth.Outcome judged(Pair pair, int status) {
    boolean accepted =
        subject(pair)
            .map(subject -> StatusMatcher.accepts(subject.group().matcher().httpCode(), status))
            .orElse(false);
    return accepted
        ? new NodeHealth.Outcome.Success()
        : new NodeHealth.Outcome.Failure(
            TargetHealthReasonEnum.TARGET_RESPONSE_CODE_MISMATCH,
            "Health checks failed with these codes: [" + status + "]");
  }

  private static NodeHealth.Outcome timedOut() {
    return new NodeHealth.Outcome.Failure(
        TargetHealthReasonEnum.TARGET_TIMEOUT, "Request timed out");
  }

  private static NodeHealth.Outcome failedChecks() {
    return new NodeHealth.Outcome.Failure(
        TargetHealthReasonEnum.TARGET_FAILED_HEALTH_CHECKS, "Health checks failed");
  }

  private void finish(Pair pair, NodeHealth.Outcome outcome) {
    inFlight.remove(pair);
    subject(pair)
        .ifPresent(subject -> {
          NodeHealth before = subject.target().healthAt(pair.nodeId());
          NodeHealth after =
              before.after(
                  outcome,
                  subject.group().healthyThresholdCount(),
                  subject.group().unhealthyThresholdCount());
          record(subject, after);
          if (before.healthy() != after.healthy()) {
            store
                .targets()
                .update(
                    subject.target().key(),
                    target -> slowStart.changed(target, subject.node(), after.healthy()));
            healthChanged.accept(subject.loadBalancer().loadBalancerArn());
          }
        });
  }

  private void record(Subject subject, NodeHealth health) {
    store
        .targets()
        .update(
            subject.target().key(),
            target -> target.withHealth(subject.node().interfaceId(), health));
  }

  /** What to check, or empty when there is nothing to check any more. */
  private Optional<Subject> subject(Pair pair) {
    RegisteredTarget target = store.targets().find(pair.targetKey()).orElse(null);
    LbNode node = store.nodes().find(pair.nodeId()).orElse(null);
    if (target == null
        || node == null
        || target.draining()
        || !target.registeredAt().equals(pair.registeredAt())
        || !store
            .loadBalancerOf(target.targetGroupArn())
            .equals(Optional.of(node.loadBalancerArn()))) {
      return Optional.empty();
    }
    return store
        .loadBalancers()
        .find(node.loadBalancerArn())
        .filter(lb -> lb.state().code() == LoadBalancerStateEnum.ACTIVE)
        .filter(lb -> Zones.serves(store, lb, target))
        .map(lb -> new Subject(target, store.targetGroup(target.targetGroupArn()), lb, node));
  }
}
