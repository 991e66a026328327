package dev.slipway.twin.elbv2;

import dev.slipway.topology.Reachability;
import dev.slipway.twin.ec2.NetworkInterfaces;
import dev.slipway.twin.world.MetricSource;
import dev.slipway.twin.world.TwinClock;
import dev.slipway.twin.world.World;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Elastic Load Balancing version 2 in a world: Application Load Balancers with HTTP and HTTPS
 * listeners and target groups of addresses.
 */
public final class Elb {

  /** How soon a change of the network reaches the data plane. */
  private static final Duration NETWORK_WATCH = Duration.ofSeconds(5);

  private final World world;
  private final Store store;
  private final DataPlane dataPlane;
  private final Paths paths;
  private final Transports transports;
  private final Nodes nodes;
  private final HealthChecks healthChecks;
  private final RoutePublisher routes;
  private final Provisioning provisioning;
  private final Draining draining;
  private final AccessLogs accessLogs;
  private final Set<String> unpublished = new HashSet<>();
  private long publishedVersion;
  private TwinClock.Cancellable networkWatch = () -> {};

  /** Load balancing for a world, its traffic carried by the data plane. */
  public Elb(World world, NetworkInterfaces interfaces, DataPlane dataPlane) {
    this(world, interfaces, dataPlane, Certificates.NONE, LogBuckets.NONE);
  }

  /** Load balancing for a world whose listeners may have certificates, and logs buckets. */
  public Elb(
      World world,
      NetworkInterfaces interfaces,
      DataPlane dataPlane,
      Certificates certificates,
      LogBuckets buckets) {
    this(world, interfaces, dataPlane, certificates, buckets, Reachability::check);
  }

  Elb(
      World world,
      NetworkInterfaces interfaces,
      DataPlane dataPlane,
      Certificates certificates,
      LogBuckets buckets,
      Paths.Check check) {
    this.world = world;
    this.store = new Store(world);
    this.dataPlane = dataPlane;
    this.paths = new Paths(interfaces, check);
    this.transports = new Transports(store, certificates);
    this.nodes = new Nodes(store, interfaces);
    this.healthChecks = new HealthChecks(store, dataPlane, paths, this::publishSoon);
    this.routes = new RoutePublisher(store, dataPlane, paths, transports, healthChecks::ensure);
    this.provisioning = new Provisioning(store, this::publish);
    this.accessLogs = new AccessLogs(store, dataPlane, buckets);
    this.draining = new Draining(store, routes::publishGroup);
  }

  private void publish(String loadBalancerArn) {
    routes.publish(loadBalancerArn);
  }

  // What is due already comes first, so that a busy twin publishes once for many changes.
  private void publishSoon(String loadBalancerArn) {
    if (unpublished.add(loadBalancerArn)) {
      world.after(
          Duration.ZERO,
          () -> {
            unpublished.remove(loadBalancerArn);
            publish(loadBalancerArn);
          });
    }
  }

  /** Registers the operations at the world and begins to watch its network. */
  public void register() {
    ActionCheck actions = new ActionCheck(store);
    List<Object> handlers =
        List.of(
            new LoadBalancers(store, paths, nodes, provisioning, routes, dataPlane),
            new TargetGroups(store, paths),
            new Targets(store, paths, routes, draining),
            new Listeners(store, actions, routes, transports),
            new ListenerCertificateApi(store, transports, routes),
            new Rules(store, actions, routes),
            new AttributeOperations(store, routes, accessLogs),
            new TagOperations(store),
            new AccountOperations());
    world.operations().registerLater("elasticloadbalancingv2", handlers);
    world.run(() -> {
      watchNetwork();
      accessLogs.begin();
    });
  }

  /** Asks from now on whether a web ACL lets nothing through to a load balancer. */
  public void blockedBy(Predicate<String> webAcls) {
    routes.blockedBy(webAcls);
  }

  /** Derives a load balancer's routes anew, since what stands before it has changed. */
  public void changed(String loadBalancerArn) {
    publishSoon(loadBalancerArn);
  }

  /** What load balancers publish about their targets and their traffic. */
  public MetricSource metrics() {
    return new LoadBalancerMetrics(store, dataPlane);
  }

  /**
   * Goes on after the world's state was replaced: claims front doors for its load balancers, whose
   * DNS names may change by it, and arms again whatever the state waits for.
   */
  public void resume() {
    world.run(() -> {
      healthChecks.stop();
      routes.restart();
      store
          .loadBalancers()
          .all()
          .forEach(lb -> {
            String name = dataPlane.claim(lb.loadBalancerArn(), lb.dnsName());
            store.loadBalancers().put(lb.loadBalancerArn(), lb.toBuilder().dnsName(name).build());
          });
      provisioning.resume();
      draining.resume();
      nodes.resume();
      routes.publishAll();
      accessLogs.begin();
      watchNetwork();
    });
  }

  private void watchNetwork() {
    networkWatch.cancel();
    networkWatch = world.after(NETWORK_WATCH, this::watchNetwork);
    if (store.loadBalancers().size() > 0 && paths.version() != publishedVersion) {
      publishedVersion = paths.version();
      routes.publishAll();
    }
  }
}
