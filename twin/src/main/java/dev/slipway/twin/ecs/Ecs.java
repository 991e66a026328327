package dev.slipway.twin.ecs;

import dev.slipway.topology.Reachability;
import dev.slipway.twin.ec2.NetworkInterfaces;
import dev.slipway.twin.ecr.Images;
import dev.slipway.twin.iam.Authority;
import dev.slipway.twin.logs.LogStreams;
import dev.slipway.twin.runtime.TaskRuntime;
import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.FargateCapacity;
import dev.slipway.twin.world.MetricSource;
import dev.slipway.twin.world.World;
import java.util.List;

/**
 * Amazon ECS of one world: clusters, task definitions, services, tasks and the scheduler that keeps
 * them as wanted, on Fargate only.
 */
@Differs(
    value = "calls and launches are not throttled: no ThrottlingException, no event of it",
    because = "the rates are an account's own, and a scaled clock would meet them at once")
@Differs(
    value =
        "AWSServiceRoleForECS is always there, so neither Unable to assume the service linked role"
            + " nor the events of misconfigured IAM permissions and trust come",
    because = "AWS makes it by itself with the first cluster; a deployment cannot lose it")
public final class Ecs {

  private final World world;
  private final EcsState state;
  private final List<Object> handlers;
  private final ServiceScheduler scheduler;
  private final TaskLifecycle lifecycle;
  private final TaskProcesses processes;

  /**
   * An ECS that is not registered yet.
   *
   * @param world whose account and region it serves
   * @param interfaces where tasks get their network interfaces
   * @param authority what the roles of tasks may do
   * @param images where images come from
   * @param logs where the awslogs driver writes
   * @param runtime what runs the containers
   */
  public Ecs(
      World world,
      NetworkInterfaces interfaces,
      Authority authority,
      Images images,
      LogStreams logs,
      TaskRuntime runtime) {
    this(world, interfaces, authority, images, logs, runtime, Reachability::check);
  }

  Ecs(
      World world,
      NetworkInterfaces interfaces,
      Authority authority,
      Images images,
      LogStreams logs,
      TaskRuntime runtime,
      NetworkPaths paths) {
    this.world = world;
    this.state = new EcsState(world);
    Timings timings = new Timings(world.ids());
    Dials dials = new Dials(interfaces, paths);
    Permissions permissions = new Permissions(world, authority, dials);
    Secrets secrets = new Secrets(world, dials, permissions, timings);
    EnvironmentFiles files = new EnvironmentFiles(world, dials, permissions, timings);
    Restarts restarts = new Restarts(state);
    LoggerCheck logger = new LoggerCheck(world, logs, dials, permissions, timings);
    ImagePull pull = new ImagePull(state, images, dials, permissions, timings);
    this.processes =
        new TaskProcesses(
            world,
            runtime,
            pull,
            new TaskEnvironment(world, secrets, files),
            new TaskMetadata(state, restarts));
    TaskStart start = new TaskStart(state, secrets, files, logger, pull, timings);
    this.lifecycle = new TaskLifecycle(state, interfaces, start, processes, restarts, timings);
    processes.tell(
        new ProcessNews(
            state,
            lifecycle,
            restarts,
            new ContainerHealth(state, processes),
            new TaskLogs(state, logs, dials, permissions)));
    TargetGroups targetGroups = new TargetGroups(world);
    ServiceEvents events = new ServiceEvents(world);
    Rollouts rollouts = new Rollouts(state);
    DeploymentAlarms alarms = new DeploymentAlarms(world);
    Setbacks setbacks = new Setbacks(rollouts, alarms, events);
    this.scheduler =
        new ServiceScheduler(
            state,
            new Registrar(state, targetGroups, lifecycle, events),
            targetGroups,
            new TaskPlacement(state, interfaces, permissions, lifecycle),
            lifecycle,
            rollouts,
            setbacks,
            alarms,
            events,
            timings);
    NetworkRules network = new NetworkRules(interfaces);
    this.handlers =
        List.of(
            new ClusterApi(state),
            new CapacityProviders(state),
            new TaskDefinitionApi(state, new TaskDefinitionRules(pull::inEcr)),
            new ServiceApi(
                state, network, new LoadBalancerRules(targetGroups), rollouts, scheduler, timings),
            new ServiceReadApi(state),
            new DeploymentApi(state),
            new StopDeploymentApi(state, setbacks, scheduler, timings),
            new TaskApi(state, network, permissions, lifecycle),
            new TaskProtectionApi(state),
            new TagApi(state),
            new AccountApi(state));
  }

  /** Adds the operations of ECS to the world's. */
  public void register() {
    world.operations().registerLater("ecs", handlers);
  }

  /** What ECS and, where it is on, Container Insights publish about services. */
  public MetricSource metrics() {
    ServiceMetrics insights = new ServiceMetrics(state);
    Utilization utilization = new Utilization(state, processes);
    return sink -> {
      utilization.measure(sink);
      insights.measure(sink);
    };
  }

  /**
   * Gives Fargate room for new tasks or takes it away; running tasks stay.
   *
   * @param available whether new tasks can be placed
   */
  public void capacity(boolean available) {
    if (available) {
      FargateCapacity.giveBack(world);
    } else {
      FargateCapacity.take(world, FargateCapacity.EVERYWHERE);
    }
  }

  /**
   * Takes up what a copied world was doing: waits for the next steps of its services and tasks
   * again, and starts the processes of its running tasks.
   */
  public void resume() {
    world.run(() -> {
      lifecycle.resume();
      scheduler.resume();
    });
  }
}
