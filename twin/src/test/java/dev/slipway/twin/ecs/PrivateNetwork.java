package dev.slipway.twin.ecs;

import dev.slipway.twin.ec2.Ec2;
import dev.slipway.twin.ecr.Images;
import dev.slipway.twin.iam.Iam;
import dev.slipway.twin.logs.Logs;
import dev.slipway.twin.world.Ids;
import dev.slipway.twin.world.ManualClock;
import dev.slipway.twin.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.CreateSubnetRequest;
import software.amazon.awssdk.services.ec2.model.CreateSubnetResponse;
import software.amazon.awssdk.services.ec2.model.CreateVpcEndpointRequest;
import software.amazon.awssdk.services.ec2.model.CreateVpcEndpointResponse;
import software.amazon.awssdk.services.ec2.model.CreateVpcRequest;
import software.amazon.awssdk.services.ec2.model.CreateVpcResponse;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesResponse;
import software.amazon.awssdk.services.ec2.model.ModifyVpcAttributeRequest;
import software.amazon.awssdk.services.ec2.model.VpcEndpointType;
import software.amazon.awssdk.services.ecs.model.CreateClusterRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.PutRolePolicyRequest;

/** ECS, EC2, IAM and CloudWatch Logs, and a VPC without a way out but its endpoints. */
final class PrivateNetwork {

  private static final String TRUST =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
       "Principal":{"Service":"ecs-tasks.amazonaws.com"},"Action":"sts:AssumeRole"}]}\
      """;
  private static final String PERMISSIONS =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Resource":"*","Action":[
       "ecr:GetAuthorizationToken","ecr:BatchGetImage","ecr:GetDownloadUrlForLayer",
       "logs:CreateLogStream","logs:PutLogEvents"]}]}\
      """;

  final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
  final World world =
      new World("123456789012", "eu-west-1", clock, new Ids(new SplittableRandom(3)));
  final SimulatedTaskRuntime runtime = new SimulatedTaskRuntime(world);
  final Map<String, String> endpoints = new HashMap<>();
  final String vpc;
  final String subnet;
  final String table;
  final String taskGroup;
  final String endpointGroup;

  PrivateNetwork() {
    Ec2 ec2 = new Ec2(world);
    Iam iam = new Iam(world);
    Logs logs = new Logs(world);
    ec2.register();
    iam.register(world.operations());
    logs.register();
    new Ecs(world, ec2, iam, new OneImage(), logs, runtime).register();
    call(CreateRoleRequest.builder().roleName("execution").assumeRolePolicyDocument(TRUST).build());
    call(
        PutRolePolicyRequest.builder()
            .roleName("execution")
            .policyName("pull")
            .policyDocument(PERMISSIONS)
            .build());
    call(CreateLogGroupRequest.builder().logGroupName("/app").build());
    call(CreateClusterRequest.builder().clusterName("prod").build());
    call(AppService.definition("1", c -> {}).build());
    vpc =
        call(CreateVpcRequest.builder().cidrBlock("10.0.0.0/16").build(), CreateVpcResponse.class)
            .vpc()
            .vpcId();
    call(
        ModifyVpcAttributeRequest.builder()
            .vpcId(vpc)
            .enableDnsHostnames(a -> a.value(true))
            .build());
    subnet =
        call(
                CreateSubnetRequest.builder().vpcId(vpc).cidrBlock("10.0.0.0/28").build(),
                CreateSubnetResponse.class)
            .subnet()
            .subnetId();
    table =
        call(DescribeRouteTablesRequest.builder().build(), DescribeRouteTablesResponse.class)
            .routeTables()
            .getFirst()
            .routeTableId();
    taskGroup = group("tasks");
    endpointGroup = group("endpoints");
    world.operations().invoke(Rules.ingress(endpointGroup, 443, taskGroup));
    List.of("ecr.api", "ecr.dkr", "logs").forEach(this::interfaceEndpoint);
    endpoint(
        "s3",
        CreateVpcEndpointRequest.builder()
            .vpcEndpointType(VpcEndpointType.GATEWAY)
            .routeTableIds(table));
    clock.advance(Duration.ofMinutes(2));
  }

  private void interfaceEndpoint(String service) {
    endpoint(
        service,
        CreateVpcEndpointRequest.builder()
            .vpcEndpointType(VpcEndpointType.INTERFACE)
            .privateDnsEnabled(true)
            .subnetIds(subnet)
            .securityGroupIds(endpointGroup));
  }

  private void endpoint(String service, CreateVpcEndpointRequest.Builder request) {
    CreateVpcEndpointRequest full =
        request.vpcId(vpc).serviceName("com.amazonaws.eu-west-1." + service).build();
    endpoints.put(
        service, call(full, CreateVpcEndpointResponse.class).vpcEndpoint().vpcEndpointId());
  }

  private String group(String name) {
    CreateSecurityGroupRequest request =
        CreateSecurityGroupRequest.builder().vpcId(vpc).groupName(name).description(name).build();
    return call(request, CreateSecurityGroupResponse.class).groupId();
  }

  void call(SdkRequest request) {
    world.operations().invoke(request);
  }

  <R extends SdkResponse> R call(SdkRequest request, Class<R> type) {
    return world.operations().call(request, type);
  }

  /** A task, five minutes after it was asked for. */
  Task run() {
    RunTaskRequest request =
        RunTaskRequest.builder()
            .cluster("prod")
            .taskDefinition("web")
            .launchType(LaunchType.FARGATE)
            .networkConfiguration(
                n -> n.awsvpcConfiguration(v -> v.subnets(subnet).securityGroups(taskGroup)))
            .build();
    String arn = call(request, RunTaskResponse.class).tasks().getFirst().taskArn();
    clock.advance(Duration.ofMinutes(5));
    return call(
            DescribeTasksRequest.builder().cluster("prod").tasks(arn).build(),
            DescribeTasksResponse.class)
        .tasks()
        .getFirst();
  }

  /** The lines that have arrived in CloudWatch Logs. */
  List<String> logLines() {
    return call(
            FilterLogEventsRequest.builder().logGroupName("/app").build(),
            FilterLogEventsResponse.class)
        .events()
        .stream()
        .map(FilteredLogEvent::message)
        .toList();
  }

  /** A registry that has one image under every reference. */
  private static final class OneImage implements Images {
    @Override
    public String registryHost() {
      return EcsWorld.REGISTRY;
    }

    @Override
    public Lookup find(String reference, String platform) {
      Config config = new Config(List.of(), List.of(), Map.of(), "", "", Map.of(), "");
      return new Lookup.Found(
          new Image("app", "sha256:" + "a".repeat(64), config, List.of(), 30_000_000));
    }

    @Override
    public Optional<String> digestOf(String reference) {
      return Optional.of("sha256:" + "a".repeat(64));
    }
  }
}
