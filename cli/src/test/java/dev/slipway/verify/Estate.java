package dev.slipway.verify;

import dev.slipway.twin.TwinAccount;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;
import software.amazon.awssdk.services.iam.IamClient;

/** An account of a twin with a network, an image and any number of services behind balancers. */
@SuppressWarnings("unchecked") // the SDK takes arrays of consumers
final class Estate {

  static final String CLUSTER = "prod";
  private static final int PORT = 5000;
  private static final int PER_BALANCER = 50;
  static final String EXECUTION =
      "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy";
  private static final String TRUST =
      """
      {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
        "Principal": {"Service": "ecs-tasks.amazonaws.com"}}]}\
      """;

  static final IpPermission ALL =
      IpPermission.builder().ipProtocol("-1").ipRanges(range -> range.cidrIp("0.0.0.0/0")).build();

  final TwinAccount account;
  final EcsClient ecs;
  final ElasticLoadBalancingV2Client elb;
  final Ec2Client ec2;
  final IamClient iam;
  private final EcrClient ecr;
  private String vpc;
  private List<String> subnets;
  private String group;
  private String tasksGroup;
  private String listener = "";
  private int services;

  Estate(TwinAccount account) {
    this.account = account;
    this.ecs = account.client(EcsClient.builder().httpClient(UrlConnectionHttpClient.create()));
    this.elb =
        account.client(
            ElasticLoadBalancingV2Client.builder().httpClient(UrlConnectionHttpClient.create()));
    this.ec2 = account.client(Ec2Client.builder().httpClient(UrlConnectionHttpClient.create()));
    this.iam = account.client(IamClient.builder().httpClient(UrlConnectionHttpClient.create()));
    this.ecr = account.client(EcrClient.builder().httpClient(UrlConnectionHttpClient.create()));
  }

  /** The network, the role, the image, the log group and the cluster. */
  Estate prepare() {
    network();
    iam.createRole(r -> r.roleName("execution").assumeRolePolicyDocument(TRUST));
    iam.attachRolePolicy(r -> r.roleName("execution").policyArn(EXECUTION));
    account
        .client(CloudWatchLogsClient.builder().httpClient(UrlConnectionHttpClient.create()))
        .createLogGroup(r -> r.logGroupName("/app"));
    ecr.createRepository(r -> r.repositoryName("app"));
    push("1", "{}");
    ecs.createCluster(r -> r.clusterName(CLUSTER));
    return this;
  }

  /** A lifecycle policy for the images, and a policy of the role's own. */
  void keepAndAllowMore() {
    ecr.putLifecyclePolicy(r ->
        r.repositoryName("app")
            .lifecyclePolicyText(
                """
                {"rules": [{"rulePriority": 1, "selection": {"tagStatus": "untagged",
                  "countType": "imageCountMoreThan", "countNumber": 50},
                  "action": {"type": "expire"}}]}\
                """));
    iam.putRolePolicy(r ->
        r.roleName("execution")
            .policyName("more")
            .policyDocument(
                """
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
                  "Action": "ssm:GetParameters", "Resource": "arn:aws:ssm:*:*:parameter/app"}]}\
                """));
  }

  private void network() {
    vpc = ec2.createVpc(r -> r.cidrBlock("10.0.0.0/16")).vpc().vpcId();
    String gateway = ec2.createInternetGateway().internetGateway().internetGatewayId();
    ec2.attachInternetGateway(r -> r.vpcId(vpc).internetGatewayId(gateway));
    String table =
        ec2.describeRouteTables(r -> r.filters(f -> f.name("vpc-id").values(vpc)))
            .routeTables()
            .getFirst()
            .routeTableId();
    ec2.createRoute(
        r -> r.routeTableId(table).destinationCidrBlock("0.0.0.0/0").gatewayId(gateway));
    subnets = List.of(subnet("a", "10.0.0.0/17"), subnet("b", "10.0.128.0/17"));
    group = open("all");
    tasksGroup = open("tasks");
  }

  private String open(String name) {
    String id =
        ec2.createSecurityGroup(r -> r.groupName(name).description(name).vpcId(vpc)).groupId();
    ec2.authorizeSecurityGroupIngress(r -> r.groupId(id).ipPermissions(ALL));
    return id;
  }

  private String subnet(String zone, String block) {
    return ec2.createSubnet(
            r -> r.vpcId(vpc).availabilityZone(account.region() + zone).cidrBlock(block))
        .subnet()
        .subnetId();
  }

  private String image(String tag) {
    return ecr.describeRepositories(r -> {}).repositories().getFirst().repositoryUri() + ":" + tag;
  }

  /** An image whose program behaves so. */
  void push(String tag, String behaviour) {
    new TinyImage(ecr).push(tag, behaviour);
  }

  /** A service of the image behind a rule of its own. */
  void service(String name, int tasks) {
    service(name, tasks, image("1"));
  }

  /** A service of an image that the registry does not have. */
  void serviceWithoutImage(String name) {
    service(name, 1, image("2"));
  }

  /** A service of another of the images. */
  void serviceOf(String name, int tasks, String tag) {
    service(name, tasks, image(tag));
  }

  /** How many seconds the service's target group waits for requests on their way. */
  void drainFor(String service, int seconds) {
    String group =
        elb.describeTargetGroups(r -> r.names(service)).targetGroups().getFirst().targetGroupArn();
    elb.modifyTargetGroupAttributes(r ->
        r.targetGroupArn(group)
            .attributes(
                a -> a.key("deregistration_delay.timeout_seconds").value(String.valueOf(seconds))));
  }

  /** Rolls a service out to another of the images. */
  void deploy(String name, String tag) {
    String definition = define(name, image(tag));
    ecs.updateService(r -> r.cluster(CLUSTER).service(name).taskDefinition(definition));
  }

  private void service(String name, int tasks, String of) {
    String targets =
        elb.createTargetGroup(r ->
                r.name(name)
                    .vpcId(vpc)
                    .port(PORT)
                    .protocol(ProtocolEnum.HTTP)
                    .targetType(TargetTypeEnum.IP))
            .targetGroups()
            .getFirst()
            .targetGroupArn();
    front(name, targets);
    String definition = define(name, of);
    ecs.createService(r ->
        r.cluster(CLUSTER)
            .serviceName(name)
            .taskDefinition(definition)
            .desiredCount(tasks)
            .launchType(LaunchType.FARGATE)
            .networkConfiguration(n ->
                n.awsvpcConfiguration(v ->
                    v.subnets(subnets)
                        .securityGroups(tasksGroup)
                        .assignPublicIp(AssignPublicIp.ENABLED)))
            .loadBalancers(
                l -> l.containerName("app").containerPort(PORT).targetGroupArn(targets)));
  }

  private String define(String name, String of) {
    return ecs.registerTaskDefinition(r ->
            r.family(name)
                .networkMode(NetworkMode.AWSVPC)
                .requiresCompatibilities(Compatibility.FARGATE)
                .cpu("256")
                .memory("512")
                .executionRoleArn("arn:aws:iam::" + account.id() + ":role/execution")
                .containerDefinitions(c ->
                    c.name("app")
                        .image(of)
                        .logConfiguration(l ->
                            l.logDriver(LogDriver.AWSLOGS)
                                .options(
                                    Map.of(
                                        "awslogs-group",
                                        "/app",
                                        "awslogs-region",
                                        account.region(),
                                        "awslogs-stream-prefix",
                                        name)))
                        .portMappings(p -> p.containerPort(PORT))))
        .taskDefinition()
        .taskDefinitionArn();
  }

  private void front(String name, String targets) {
    int place = services++ % PER_BALANCER;
    if (place == 0) {
      String balancer =
          elb.createLoadBalancer(
                  r -> r.name("front-" + services).subnets(subnets).securityGroups(group))
              .loadBalancers()
              .getFirst()
              .loadBalancerArn();
      listener =
          elb.createListener(r ->
                  r.loadBalancerArn(balancer)
                      .port(8080)
                      .protocol(ProtocolEnum.HTTP)
                      .defaultActions(a -> a.type(ActionTypeEnum.FORWARD).targetGroupArn(targets)))
              .listeners()
              .getFirst()
              .listenerArn();
    } else {
      String to = listener;
      elb.createRule(r ->
          r.listenerArn(to)
              .priority(place)
              .conditions(
                  c -> c.field("path-pattern").pathPatternConfig(p -> p.values("/" + name + "/*")))
              .actions(a -> a.type(ActionTypeEnum.FORWARD).targetGroupArn(targets)));
    }
  }

  /** Ends those services that there are. */
  void delete(String... names) {
    ecs.describeServices(r -> r.cluster(CLUSTER).services(names)).services().stream()
        .filter(s -> "ACTIVE".equals(s.status()))
        .forEach(
            s -> ecs.deleteService(r -> r.cluster(CLUSTER).service(s.serviceName()).force(true)));
  }

  /** Whether a service runs all its tasks in one completed deployment. */
  boolean steady(String name) {
    Service service =
        ecs.describeServices(r -> r.cluster(CLUSTER).services(name)).services().getFirst();
    return service.runningCount().equals(service.desiredCount())
        && service.deployments().size() == 1
        && "COMPLETED".equals(service.deployments().getFirst().rolloutStateAsString());
  }
}
