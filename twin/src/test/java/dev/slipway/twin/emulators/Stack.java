package dev.slipway.twin.emulators;

import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/**
 * The deployment of the comparison: a Fargate service of two tasks behind a load balancer that
 * checks /health every 5 s with thresholds 2 and 2, with the circuit breaker and its rollback on.
 */
final class Stack {

  static final String CLUSTER = "compare";
  static final String SERVICE = "web";
  static final String LOG_GROUP = "/compare/web";
  static final String ROLE = "execution";

  private static final String TRUST =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
       "Principal":{"Service":"ecs-tasks.amazonaws.com"},"Action":"sts:AssumeRole"}]}\
      """;
  static final String EXECUTION_POLICY =
      "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy";

  final Account account;
  final Network network;
  final LoadBalancer balancer;
  final String targetGroup;
  final String roleArn;
  final String repository;
  private final PushedImages images;

  /** Builds the stack without its service, on a network. */
  Stack(Account account, Network network) {
    this.account = account;
    this.network = network;
    balancer =
        account
            .elb
            .createLoadBalancer(r ->
                r.name("compare").subnets(network.subnets).securityGroups(network.balancerGroup))
            .loadBalancers()
            .getFirst();
    targetGroup = targetGroup("compare");
    account.elb.createListener(r ->
        r.loadBalancerArn(balancer.loadBalancerArn())
            .port(80)
            .protocol(ProtocolEnum.HTTP)
            .defaultActions(a -> a.type(ActionTypeEnum.FORWARD).targetGroupArn(targetGroup)));
    roleArn =
        account.iam.createRole(r -> r.roleName(ROLE).assumeRolePolicyDocument(TRUST)).role().arn();
    account.iam.attachRolePolicy(r -> r.roleName(ROLE).policyArn(EXECUTION_POLICY));
    account.logs.createLogGroup(r -> r.logGroupName(LOG_GROUP));
    account.ecs.createCluster(r -> r.clusterName(CLUSTER));
    repository =
        account.ecr.createRepository(r -> r.repositoryName("web")).repository().repositoryUri();
    images =
        new PushedImages(
            account.web,
            account
                .ecr
                .getAuthorizationToken()
                .authorizationData()
                .getFirst()
                .authorizationToken());
  }

  String targetGroup(String name) {
    return account
        .elb
        .createTargetGroup(r ->
            r.name(name)
                .vpcId(network.vpc)
                .port(5000)
                .protocol(ProtocolEnum.HTTP)
                .targetType(TargetTypeEnum.IP)
                .healthCheckPath("/health")
                .healthCheckIntervalSeconds(5)
                .healthCheckTimeoutSeconds(3)
                .healthyThresholdCount(2)
                .unhealthyThresholdCount(2))
        .targetGroups()
        .getFirst()
        .targetGroupArn();
  }

  /** Pushes an image that behaves as the JSON says. */
  String push(String tag, String behaviour) {
    return images.push(repository, tag, "amd64", behaviour);
  }

  /** Registers a task definition for an image's tag; gives its ARN. */
  String define(String tag) {
    return define(tag, task -> {}, container -> {});
  }

  String define(
      String tag,
      Consumer<RegisterTaskDefinitionRequest.Builder> task,
      Consumer<ContainerDefinition.Builder> change) {
    ContainerDefinition.Builder container =
        ContainerDefinition.builder()
            .name("app")
            .image(repository + ":" + tag)
            .portMappings(p -> p.containerPort(5000))
            .logConfiguration(l -> l.logDriver(LogDriver.AWSLOGS).options(logOptions(LOG_GROUP)));
    change.accept(container);
    RegisterTaskDefinitionRequest.Builder request =
        RegisterTaskDefinitionRequest.builder()
            .family("web")
            .networkMode(NetworkMode.AWSVPC)
            .requiresCompatibilities(Compatibility.FARGATE)
            .cpu("256")
            .memory("512")
            .executionRoleArn(roleArn)
            .containerDefinitions(container.build());
    task.accept(request);
    return account.ecs.registerTaskDefinition(request.build()).taskDefinition().taskDefinitionArn();
  }

  static Map<String, String> logOptions(String group) {
    return Map.of(
        "awslogs-group", group, "awslogs-region", "us-east-1", "awslogs-stream-prefix", "web");
  }

  /** What creates the service. */
  CreateServiceRequest.Builder service(String definition) {
    return CreateServiceRequest.builder()
        .cluster(CLUSTER)
        .serviceName(SERVICE)
        .taskDefinition(definition)
        .desiredCount(2)
        .launchType(LaunchType.FARGATE)
        .deploymentConfiguration(
            d -> d.deploymentCircuitBreaker(b -> b.enable(true).rollback(true)))
        .loadBalancers(l -> l.targetGroupArn(targetGroup).containerName("app").containerPort(5000))
        .networkConfiguration(n ->
            n.awsvpcConfiguration(v ->
                v.subnets(network.subnets)
                    .securityGroups(network.taskGroup)
                    .assignPublicIp(AssignPublicIp.ENABLED)));
  }

  void create(String definition) {
    account.ecs.createService(service(definition).build());
  }

  void update(String definition) {
    account.ecs.updateService(r -> r.cluster(CLUSTER).service(SERVICE).taskDefinition(definition));
  }
}
