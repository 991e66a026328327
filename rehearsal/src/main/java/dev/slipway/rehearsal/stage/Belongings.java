package dev.slipway.rehearsal.stage;

import dev.slipway.validation.observe.Aws;
import dev.slipway.validation.observe.Entrance;
import dev.slipway.validation.observe.FrontDoor;
import dev.slipway.validation.observe.ImageName;
import dev.slipway.validation.observe.Wanted;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/**
 * What belongs to a service, found from the service itself, so that it is found in anybody's stack.
 * Everything is asked anew.
 */
public final class Belongings {

  private final Aws aws;
  private final String cluster;
  private final String service;

  Belongings(Aws aws, String cluster, String service) {
    this.aws = aws;
    this.cluster = cluster;
    this.service = service;
  }

  /** The cluster's name. */
  public String cluster() {
    return cluster;
  }

  /** The service's name. */
  public String service() {
    return service;
  }

  /** The service as it is described. */
  public Service described() {
    return aws.ecs()
        .describeServices(r -> r.cluster(cluster).services(service))
        .services()
        .getFirst();
  }

  /** Its tasks that run or are about to. */
  public List<Task> tasks() {
    List<String> arns =
        aws.ecs().listTasks(r -> r.cluster(cluster).serviceName(service)).taskArns();
    return arns.isEmpty()
        ? List.of()
        : aws.ecs().describeTasks(r -> r.cluster(cluster).tasks(arns)).tasks();
  }

  /** The task definition that it is told to run. */
  public TaskDefinition taskDefinition() {
    String arn = described().taskDefinition();
    return aws.ecs().describeTaskDefinition(r -> r.taskDefinition(arn)).taskDefinition();
  }

  /** The container behind the load balancer. */
  public ContainerDefinition container() {
    String name = described().loadBalancers().getFirst().containerName();
    return taskDefinition().containerDefinitions().stream()
        .filter(c -> c.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** The port that the container behind the load balancer listens on. */
  public int port() {
    return described().loadBalancers().getFirst().containerPort();
  }

  /** The processor that its image is for, in the words of OCI. */
  public String architecture() {
    return Fitting.architecture(taskDefinition());
  }

  /** The address of its repository, without tag or digest. */
  public String repository() {
    return ImageName.parse(container().image()).repository();
  }

  /** The name of its repository. */
  public String repositoryName() {
    String address = repository();
    return address.substring(address.indexOf('/') + 1);
  }

  /** The ARN of its repository. */
  public String repositoryArn() {
    String name = repositoryName();
    return aws.ecr()
        .describeRepositories(r -> r.repositoryNames(name))
        .repositories()
        .getFirst()
        .repositoryArn();
  }

  /** The subnets of its tasks. */
  public List<String> subnets() {
    return described().networkConfiguration().awsvpcConfiguration().subnets();
  }

  /** The availability zones of these subnets. */
  public List<String> zones() {
    List<String> subnets = subnets();
    return aws.ec2().describeSubnets(r -> r.subnetIds(subnets)).subnets().stream()
        .map(s -> s.availabilityZone())
        .distinct()
        .toList();
  }

  /** The security groups of its tasks. */
  public List<String> securityGroups() {
    return described().networkConfiguration().awsvpcConfiguration().securityGroups();
  }

  /** The VPC of its tasks. */
  public String vpc() {
    return aws.ec2()
        .describeSubnets(r -> r.subnetIds(subnets().getFirst()))
        .subnets()
        .getFirst()
        .vpcId();
  }

  /** The route tables of its tasks' subnets. */
  public List<RouteTable> routeTables() {
    return routeTables(subnets());
  }

  /** The route tables of subnets: the main one of the VPC for those that are with none. */
  public List<RouteTable> routeTables(List<String> of) {
    List<RouteTable> all =
        aws.ec2()
            .describeRouteTables(r -> r.filters(f -> f.name("vpc-id").values(vpc())))
            .routeTables();
    Set<String> explicit =
        all.stream()
            .flatMap(t -> t.associations().stream())
            .map(RouteTableAssociation::subnetId)
            .filter(Objects::nonNull)
            .collect(Collectors.toUnmodifiableSet());
    boolean main = !explicit.containsAll(of);
    return all.stream()
        .filter(t ->
            t.associations().stream()
                .anyMatch(a ->
                    (a.subnetId() != null && of.contains(a.subnetId()))
                        || (main && Boolean.TRUE.equals(a.main()))))
        .toList();
  }

  /** Whether its tasks get public addresses, in the words of AWS. */
  public String publicIp() {
    return described().networkConfiguration().awsvpcConfiguration().assignPublicIpAsString();
  }

  /** A status that its target group takes for health. */
  public int healthyStatus() {
    return Fitting.healthy(targetGroup());
  }

  /** How many seconds a target that leaves is still given for its requests. */
  public int secondsToLeave() {
    String group = targetGroup().targetGroupArn();
    return aws
        .elb()
        .describeTargetGroupAttributes(r -> r.targetGroupArn(group))
        .attributes()
        .stream()
        .filter(a -> a.key().equals("deregistration_delay.timeout_seconds"))
        .mapToInt(a -> Integer.parseInt(a.value()))
        .findFirst()
        .orElse(0);
  }

  /** How many seconds a target that answers takes to be healthy. */
  public int secondsToHealthy() {
    TargetGroup group = targetGroup();
    return group.healthCheckIntervalSeconds() * group.healthyThresholdCount();
  }

  /** Its target group. */
  public TargetGroup targetGroup() {
    String arn = described().loadBalancers().getFirst().targetGroupArn();
    return aws.elb().describeTargetGroups(r -> r.targetGroupArns(arn)).targetGroups().getFirst();
  }

  /** The load balancer before it. */
  public LoadBalancer loadBalancer() {
    String arn = targetGroup().loadBalancerArns().getFirst();
    return aws.elb().describeLoadBalancers(r -> r.loadBalancerArns(arn)).loadBalancers().getFirst();
  }

  /** The listener of that load balancer which leads to its target group, else the first. */
  public Listener listener() {
    List<Listener> all = listeners();
    String group = described().loadBalancers().getFirst().targetGroupArn();
    return all.stream().filter(l -> leads(l, group)).findFirst().orElse(all.getFirst());
  }

  /** All listeners of that load balancer. */
  public List<Listener> listeners() {
    String arn = loadBalancer().loadBalancerArn();
    return aws.elb().describeListeners(r -> r.loadBalancerArn(arn)).listeners();
  }

  private boolean leads(Listener listener, String group) {
    return rules(listener).stream().anyMatch(r -> Entrance.forwardsTo(r).contains(group));
  }

  private List<Rule> rules(Listener listener) {
    return aws.elb().describeRules(r -> r.listenerArn(listener.listenerArn())).rules();
  }

  /** Where its load balancer takes requests for it; empty when nothing leads to it. */
  public Optional<Entrance> entrance() {
    List<Listener> listeners = listeners();
    Map<String, List<Rule>> rules = new HashMap<>();
    listeners.forEach(l -> rules.put(l.listenerArn(), rules(l)));
    FrontDoor front =
        new FrontDoor(List.of(targetGroup()), Map.of(), List.of(loadBalancer()), listeners, rules);
    return Entrance.find(front, described(), Wanted.of(cluster, service));
  }

  /** The name of the role that its image is pulled with. */
  public String executionRole() {
    return lastPart(taskDefinition().executionRoleArn());
  }

  /** The name of the role that its program has. */
  public String taskRole() {
    return lastPart(taskDefinition().taskRoleArn());
  }

  /** Whether it has one deployment, as many running tasks as wanted, and all of them healthy. */
  public boolean steady() {
    Service now = described();
    if (now.deployments().size() != 1
        || !now.runningCount().equals(now.desiredCount())
        || now.pendingCount() != 0) {
      return false;
    }
    // A task that was just stopped is still counted and healthy, and no longer listed.
    return now.loadBalancers().stream()
            .allMatch(l -> healthy(l.targetGroupArn()) == now.desiredCount())
        && tasks().size() == now.desiredCount();
  }

  /** How many targets of its target group are healthy. */
  public long healthy() {
    return healthy(described().loadBalancers().getFirst().targetGroupArn());
  }

  private long healthy(String targetGroup) {
    return targets(targetGroup).stream()
        .filter(t -> t.targetHealth().stateAsString().equals("healthy"))
        .count();
  }

  /** Whether an address is among the targets of its target group, in whatever state. */
  public boolean isTarget(String ip) {
    return targets(described().loadBalancers().getFirst().targetGroupArn()).stream()
        .anyMatch(t -> t.target().id().equals(ip));
  }

  private List<TargetHealthDescription> targets(String targetGroup) {
    return aws.elb()
        .describeTargetHealth(r -> r.targetGroupArn(targetGroup))
        .targetHealthDescriptions();
  }

  private static String lastPart(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }
}
