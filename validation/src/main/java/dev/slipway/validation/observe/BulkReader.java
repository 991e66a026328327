package dev.slipway.validation.observe;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceRevision;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/**
 * Reads many services of one account and region together, each thing once and as many a call as AWS
 * takes, so that a thousand services cost fewer than a thousand calls.
 */
public final class BulkReader {

  /** Source: botocore ecs model, DescribeServices, DescribeServiceDeployments and -Revisions. */
  private static final int SERVICES_PER_CALL = 10;

  private static final int DEPLOYMENTS_PER_CALL = 20;

  /** Up to so many target groups are asked for each of their targets. */
  private static final int FEW_GROUPS = 20;

  private static final int REQUESTS_AT_ONCE = 16;

  private final Aws aws;
  private final Prober prober;
  private final Pace pace;
  private final InstantSource time;
  private final Waiter waiter;
  private final Duration timeout;

  /**
   * A reader.
   *
   * @param prober sends one request to each service
   * @param timeout for how long AWS may throttle or fail
   */
  public BulkReader(
      Aws aws, Prober prober, Pace pace, InstantSource time, Waiter waiter, Duration timeout) {
    this.aws = aws;
    this.prober = prober;
    this.pace = pace;
    this.time = time;
    this.waiter = waiter;
    this.timeout = timeout;
  }

  /**
   * The names of all services of a cluster.
   *
   * @throws Unanswered when AWS cannot be asked
   * @throws WrongAddress when there is no such cluster
   */
  public List<String> services(String cluster) throws Unanswered, WrongAddress {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return batches(threads)
          .needed(
              "ecs:ListServices",
              List.of(cluster),
              1,
              _ ->
                  aws
                      .ecs()
                      .listServicesPaginator(r -> r.cluster(cluster).maxResults(100))
                      .serviceArns()
                      .stream()
                      .map(Arns::last)
                      .sorted()
                      .toList());
    } catch (Ask.PollFailed e) {
      if (e.getCause() instanceof ClusterNotFoundException) {
        throw new WrongAddress(WrongAddress.Kind.CLUSTER, List.of());
      }
      throw e.unanswered();
    }
  }

  /**
   * All services at this moment.
   *
   * @throws Unanswered when AWS cannot be asked for services at all
   */
  public Bulk read(List<Wanted> wanted) throws Unanswered {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return read(wanted, batches(threads), threads);
    } catch (Ask.PollFailed e) {
      throw e.unanswered();
    }
  }

  private Batches batches(ExecutorService threads) {
    return new Batches(new Ask(), pace, waiter, time, time.instant().plus(timeout), threads);
  }

  private Bulk read(List<Wanted> wanted, Batches batches, ExecutorService threads) {
    Map<Wanted, Service> found = new LinkedHashMap<>();
    Map<Wanted, WrongAddress> absent = new LinkedHashMap<>();
    Map<String, Map<String, List<Task>>> tasks = new HashMap<>();
    Map<String, List<Wanted>> byCluster =
        wanted.stream()
            .collect(
                Collectors.groupingBy(Wanted::cluster, LinkedHashMap::new, Collectors.toList()));
    byCluster.forEach((cluster, ours) -> {
      Map<String, Service> services = services(batches, cluster, ours, absent);
      for (Wanted one : ours) {
        Service service = services.get(Arns.last(one.service()));
        if (service != null) {
          found.put(one, service);
        } else if (!absent.containsKey(one)) {
          absent.put(one, new WrongAddress(WrongAddress.Kind.SERVICE, List.of()));
        }
      }
      tasks.put(
          cluster, new BulkTasks(aws, batches).tasks(cluster, List.copyOf(services.values())));
    });
    Map<String, ServiceDeployment> deployments = deployments(batches, found.values());
    Map<String, ServiceRevision> revisions = revisions(batches, deployments.values());
    BulkFrontDoors doors = new BulkFrontDoors(aws, batches);
    FrontDoor layout = doors.layout(found.values());
    Map<String, TargetGroup> groups = BulkFrontDoors.byArn(layout);
    boolean few = groups.size() <= FEW_GROUPS;
    Map<String, Bulk.HostCount> hosts =
        few ? Map.of() : new HostCounts(aws, batches).of(List.copyOf(groups.values()));
    boolean blind = batches.ask().gaps().containsKey("cloudwatch:GetMetricData");
    Map<String, List<TargetHealthDescription>> health =
        few || blind ? doors.health(List.copyOf(groups.keySet())) : Map.of();
    Map<String, Gap> gaps = batches.ask().gaps();
    Map<Wanted, FrontDoor> fronts = new LinkedHashMap<>();
    found.forEach(
        (one, service) -> fronts.put(one, BulkFrontDoors.of(service, layout, groups, health)));
    Map<Wanted, Probe> probes = probes(found, fronts, threads);
    Map<Wanted, Snapshot> snapshots = new LinkedHashMap<>();
    found.forEach((one, service) ->
        snapshots.put(
            one,
            new Snapshot(
                1,
                time.instant(),
                Arns.account(service.serviceArn()),
                aws.region(),
                rollout(service, deployments, revisions),
                tasks.get(one.cluster()).getOrDefault(service.serviceName(), List.of()),
                fronts.get(one),
                Registry.NONE,
                probes.getOrDefault(one, Probe.NONE),
                Surroundings.NONE,
                Posture.NONE,
                gaps)));
    return new Bulk(snapshots, absent, hosts, gaps);
  }

  private Map<String, Service> services(
      Batches batches, String cluster, List<Wanted> ours, Map<Wanted, WrongAddress> absent) {
    List<String> names = ours.stream().map(w -> Arns.last(w.service())).distinct().toList();
    List<Service> answered;
    try {
      answered =
          batches.needed(
              "ecs:DescribeServices",
              names,
              SERVICES_PER_CALL,
              ten -> aws.ecs().describeServices(r -> r.cluster(cluster).services(ten)).services());
    } catch (Ask.PollFailed e) {
      if (!(e.getCause() instanceof ClusterNotFoundException)) {
        throw e;
      }
      ours.forEach(one -> absent.put(one, new WrongAddress(WrongAddress.Kind.CLUSTER, List.of())));
      return Map.of();
    }
    Map<String, Service> services = new LinkedHashMap<>();
    for (Service service : answered) {
      if ("INACTIVE".equals(service.status())) {
        ours.stream()
            .filter(w -> Arns.last(w.service()).equals(service.serviceName()))
            .forEach(w ->
                absent.put(w, new WrongAddress(WrongAddress.Kind.SERVICE_INACTIVE, List.of())));
      } else {
        services.put(service.serviceName(), service);
      }
    }
    return services;
  }

  private Map<String, ServiceDeployment> deployments(
      Batches batches, Collection<Service> services) {
    List<String> arns =
        services.stream()
            .map(Service::currentServiceDeployment)
            .filter(a -> a != null)
            .distinct()
            .toList();
    return batches
        .each(
            "ecs:DescribeServiceDeployments",
            arns,
            DEPLOYMENTS_PER_CALL,
            some ->
                aws.ecs()
                    .describeServiceDeployments(r -> r.serviceDeploymentArns(some))
                    .serviceDeployments())
        .stream()
        .collect(Collectors.toMap(ServiceDeployment::serviceDeploymentArn, d -> d, (a, _) -> a));
  }

  private Map<String, ServiceRevision> revisions(
      Batches batches, Collection<ServiceDeployment> deployments) {
    List<String> arns =
        deployments.stream()
            .filter(d -> d.targetServiceRevision() != null)
            .map(d -> d.targetServiceRevision().arn())
            .distinct()
            .toList();
    return batches
        .each(
            "ecs:DescribeServiceRevisions",
            arns,
            DEPLOYMENTS_PER_CALL,
            some ->
                aws.ecs()
                    .describeServiceRevisions(r -> r.serviceRevisionArns(some))
                    .serviceRevisions())
        .stream()
        .collect(Collectors.toMap(ServiceRevision::serviceRevisionArn, r -> r, (a, _) -> a));
  }

  private static Rollout rollout(
      Service service,
      Map<String, ServiceDeployment> deployments,
      Map<String, ServiceRevision> revisions) {
    List<ServiceDeployment> own =
        Optional.ofNullable(service.currentServiceDeployment()).map(deployments::get).stream()
            .toList();
    Set<String> targets =
        own.stream()
            .filter(d -> d.targetServiceRevision() != null)
            .map(d -> d.targetServiceRevision().arn())
            .filter(revisions::containsKey)
            .collect(Collectors.toSet());
    return new Rollout(
        service, own, targets.stream().collect(Collectors.toMap(a -> a, revisions::get)), Map.of());
  }

  /** One request to each service that has an entrance: no question to AWS, but to the service. */
  private Map<Wanted, Probe> probes(
      Map<Wanted, Service> found, Map<Wanted, FrontDoor> fronts, ExecutorService threads) {
    Semaphore places = new Semaphore(REQUESTS_AT_ONCE);
    Map<Wanted, CompletableFuture<Probe>> asked = new LinkedHashMap<>();
    found.forEach((wanted, service) ->
        Entrance.find(fronts.get(wanted), service, wanted)
            .ifPresent(entrance ->
                asked.put(
                    wanted,
                    CompletableFuture.supplyAsync(() -> probe(entrance, places), threads))));
    Map<Wanted, Probe> all = new LinkedHashMap<>();
    asked.forEach((wanted, answer) -> all.put(wanted, answer.join()));
    return all;
  }

  private Probe probe(Entrance entrance, Semaphore places) {
    places.acquireUninterruptibly();
    try {
      Instant started = time.instant();
      Probe.Answer answer = prober.get(entrance.url(), entrance.host());
      return new Probe(entrance.url().toString(), started, List.of(answer));
    } finally {
      places.release();
    }
  }
}
