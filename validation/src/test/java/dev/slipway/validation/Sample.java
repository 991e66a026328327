package dev.slipway.validation;

import dev.slipway.validation.check.Goal;
import dev.slipway.validation.observe.FrontDoor;
import dev.slipway.validation.observe.Gap;
import dev.slipway.validation.observe.ImageName;
import dev.slipway.validation.observe.Posture;
import dev.slipway.validation.observe.Probe;
import dev.slipway.validation.observe.Registry;
import dev.slipway.validation.observe.Rollout;
import dev.slipway.validation.observe.Snapshot;
import dev.slipway.validation.observe.Surroundings;
import dev.slipway.validation.observe.TerraformState;
import dev.slipway.validation.observe.Traffic;
import dev.slipway.validation.observe.Trouble;
import dev.slipway.validation.observe.Wanted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;
import software.amazon.awssdk.services.ecs.model.ServiceEvent;
import software.amazon.awssdk.services.ecs.model.ServiceRevision;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/** A sound deployment of two tasks behind a load balancer, to be spoilt by tests. */
// The SDK\'s builders take generic varargs without @SafeVarargs.
@SuppressWarnings({"unchecked", "this-escape"})
public class Sample extends SampleParts {

  public Wanted wanted = Wanted.of("staging", "orders");
  public Service service;
  public String healthCheckPort = "traffic-port";
  public String healthyCodes = "200";
  public List<ServiceDeployment> serviceDeployments = new ArrayList<>();
  public Map<String, ServiceRevision> revisions = new HashMap<>();
  public Map<String, TaskDefinition> definitions = new HashMap<>();
  public List<Task> tasks = new ArrayList<>();
  public List<TargetHealthDescription> targets = new ArrayList<>();
  public List<Rule> rules = new ArrayList<>();
  public LoadBalancer balancer;
  public Registry registry;
  public Probe probe;
  public Surroundings surroundings = Surroundings.NONE;
  public Posture posture = Posture.NONE;
  public Map<String, Gap> gaps = new LinkedHashMap<>();
  public long number = 1;
  public Instant observedAt = NOW;
  public Traffic traffic = Traffic.NONE;
  public TerraformState state = TerraformState.NONE;

  public Sample() {
    deployment(2, ServiceDeploymentStatus.SUCCESSFUL);
    service =
        Service.builder()
            .serviceArn("arn:aws:ecs:eu-central-1:123456789012:service/staging/orders")
            .serviceName("orders")
            .status("ACTIVE")
            .desiredCount(2)
            .runningCount(2)
            .pendingCount(0)
            .taskDefinition(TASK_DEFINITION)
            .deployments(deployment("ecs-svc/2", "PRIMARY", 2, DeploymentRolloutState.COMPLETED))
            .loadBalancers(
                l -> l.targetGroupArn(TARGET_GROUP).containerName("app").containerPort(5000))
            .networkConfiguration(n ->
                n.awsvpcConfiguration(v ->
                    v.subnets("subnet-a", "subnet-b")
                        .securityGroups("sg-task")
                        .assignPublicIp(AssignPublicIp.DISABLED)))
            .deploymentConfiguration(d -> d.minimumHealthyPercent(100).maximumPercent(200))
            .build();
    for (int n : new int[] {1, 2}) {
      definitions.put(taskDefinition(n), definition(n, REPOSITORY + "@" + DIGEST));
    }
    tasks.add(running("task1", "10.0.1.10", "subnet-a"));
    tasks.add(running("task2", "10.0.2.10", "subnet-b"));
    targets.add(target("10.0.1.10", "healthy", null));
    targets.add(target("10.0.2.10", "healthy", null));
    rules.add(forward("default", TARGET_GROUP));
    balancer =
        LoadBalancer.builder()
            .loadBalancerArn(BALANCER)
            .loadBalancerName("orders")
            .dnsName("orders-1.eu-central-1.elb.amazonaws.com")
            .scheme("internet-facing")
            .securityGroups("sg-alb")
            .availabilityZones(z -> z.subnetId("subnet-p"), z -> z.subnetId("subnet-q"))
            .build();
    ImageName image = ImageName.parse(REPOSITORY + "@" + DIGEST);
    registry =
        new Registry(
            List.of(
                Repository.builder()
                    .repositoryName("orders")
                    .repositoryUri(REPOSITORY)
                    .registryId("123456789012")
                    .build()),
            Map.of(
                image,
                new Registry.Lookup(
                    true, ImageDetail.builder().imageDigest(DIGEST).imageTags(COMMIT).build())));
    answers(200, 4, "{\"revision\":\"" + COMMIT + "\"}");
  }

  /** The snapshot as it is now. */
  public Snapshot snapshot() {
    return new Snapshot(
        number,
        observedAt,
        "123456789012",
        "eu-central-1",
        new Rollout(service, serviceDeployments, Map.copyOf(revisions), Map.copyOf(definitions)),
        List.copyOf(tasks),
        front(),
        registry,
        probe,
        surroundings,
        posture,
        Map.copyOf(gaps),
        traffic,
        state);
  }

  /** What ought to be. */
  public Goal goal() {
    return Goal.of(snapshot(), wanted);
  }

  public Sample service(UnaryOperator<Service.Builder> change) {
    service = change.apply(service.toBuilder()).build();
    return this;
  }

  public Sample gap(String action) {
    gaps.put(action, new Gap(action, Trouble.DENIED, "not authorized"));
    return this;
  }

  /** The newest service deployment leads to this revision and has come so far. */
  public Sample deployment(int revision, ServiceDeploymentStatus status) {
    String arn =
        "arn:aws:ecs:eu-central-1:123456789012:service-revision/staging/orders/" + revision;
    revisions.put(
        arn,
        ServiceRevision.builder()
            .serviceRevisionArn(arn)
            .taskDefinition(taskDefinition(revision))
            .containerImages(i -> i.containerName("app").imageDigest(DIGEST))
            .build());
    serviceDeployments.clear();
    serviceDeployments.add(
        ServiceDeployment.builder()
            .serviceDeploymentArn(
                "arn:aws:ecs:eu-central-1:123456789012:service-deployment/staging/orders/d"
                    + revision)
            .status(status)
            .createdAt(NOW)
            .targetServiceRevision(t -> t.arn(arn))
            .build());
    return this;
  }

  /** A rollout of revision 2 is under way, revision 1 still runs. */
  public Sample rollingOut() {
    deployment(2, ServiceDeploymentStatus.IN_PROGRESS);
    tasks.clear();
    targets.clear();
    for (int i = 1; i <= 2; i++) {
      String ip = "10.0." + i + ".9";
      tasks.add(
          running("old" + i, ip, i == 1 ? "subnet-a" : "subnet-b").toBuilder()
              .taskDefinitionArn(OLD_TASK_DEFINITION)
              .startedBy("ecs-svc/1")
              .build());
      targets.add(target(ip, "healthy", null));
    }
    return service(s ->
        s.deployments(
            deployment("ecs-svc/2", "PRIMARY", 2, DeploymentRolloutState.IN_PROGRESS).toBuilder()
                .runningCount(0)
                .build(),
            deployment("ecs-svc/1", "ACTIVE", 1, DeploymentRolloutState.COMPLETED)));
  }

  /** Revision 2 was rolled back to revision 1. */
  public Sample rolledBack() {
    rollingOut();
    deployment(2, ServiceDeploymentStatus.ROLLBACK_SUCCESSFUL);
    return service(s ->
        s.taskDefinition(OLD_TASK_DEFINITION)
            .deployments(deployment("ecs-svc/3", "PRIMARY", 1, DeploymentRolloutState.COMPLETED)));
  }

  public Sample answers(int status, int count, String body) {
    List<Probe.Answer> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(new Probe.Answer(status, "", body, status == 0 ? "timed out after 5 s" : ""));
    }
    probe = new Probe("http://orders-1.eu-central-1.elb.amazonaws.com/", NOW, all);
    return this;
  }

  public Sample event(String message) {
    List<ServiceEvent> events = new ArrayList<>(service.events());
    events.addFirst(ServiceEvent.builder().message("(service orders) " + message).build());
    return service(s -> s.events(events));
  }

  /** A task of revision 2 that never ran. */
  public Sample failedStart(String subnet, String reason) {
    tasks.addFirst(
        running("failed-" + tasks.size(), "10.0.1.20", subnet).toBuilder()
            .lastStatus("STOPPED")
            .desiredStatus("STOPPED")
            .startedAt(null)
            .stopCode(TaskStopCode.TASK_FAILED_TO_START)
            .stoppedReason(reason)
            .build());
    return this;
  }

  protected FrontDoor front() {
    return new FrontDoor(
        List.of(
            TargetGroup.builder()
                .targetGroupArn(TARGET_GROUP)
                .loadBalancerArns(BALANCER)
                .healthCheckPath("/health")
                .healthCheckPort(healthCheckPort)
                .matcher(m -> m.httpCode(healthyCodes))
                .build()),
        Map.of(TARGET_GROUP, List.copyOf(targets)),
        List.of(balancer),
        List.of(
            Listener.builder()
                .listenerArn(LISTENER)
                .loadBalancerArn(BALANCER)
                .port(80)
                .protocol("HTTP")
                .build()),
        Map.of(LISTENER, List.copyOf(rules)));
  }
}
