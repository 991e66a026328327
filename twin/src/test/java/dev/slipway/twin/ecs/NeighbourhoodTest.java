package dev.slipway.twin.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.twin.ec2.Ec2;
import dev.slipway.twin.ecr.Images;
import dev.slipway.twin.elbv2.DataPlane;
import dev.slipway.twin.elbv2.Elb;
import dev.slipway.twin.elbv2.Routing;
import dev.slipway.twin.elbv2.Traffic;
import dev.slipway.twin.iam.Iam;
import dev.slipway.twin.logs.Logs;
import dev.slipway.twin.world.Ids;
import dev.slipway.twin.world.ManualClock;
import dev.slipway.twin.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupRequest;
import software.amazon.awssdk.services.ec2.model.AttachInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.CreateInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.CreateInternetGatewayResponse;
import software.amazon.awssdk.services.ec2.model.CreateRouteRequest;
import software.amazon.awssdk.services.ec2.model.CreateSubnetRequest;
import software.amazon.awssdk.services.ec2.model.CreateSubnetResponse;
import software.amazon.awssdk.services.ec2.model.CreateVpcRequest;
import software.amazon.awssdk.services.ec2.model.CreateVpcResponse;
import software.amazon.awssdk.services.ec2.model.DeleteRouteRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesResponse;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.CreateClusterRequest;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceEvent;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.PutRolePolicyRequest;

/** ECS among the twin's real EC2, ELBv2, IAM and CloudWatch Logs. */
class NeighbourhoodTest {

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

  private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final World world =
      new World("123456789012", "us-east-1", clock, new Ids(new SplittableRandom(3)));
  private final SimulatedTaskRuntime runtime = new SimulatedTaskRuntime(world);
  private String routeTable;

  NeighbourhoodTest() {
    Ec2 ec2 = new Ec2(world);
    Iam iam = new Iam(world);
    Logs logs = new Logs(world);
    ec2.register();
    iam.register(world.operations());
    logs.register();
    new Elb(world, ec2, new Probes()).register();
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
  }

  /** Health checks that are answered by whatever simulated container has the address. */
  private final class Probes implements DataPlane {
    @Override
    public String claim(String loadBalancerArn, String preferred) {
      return "127.0.0.9";
    }

    @Override
    public void route(Routing routing) {}

    @Override
    public void release(String loadBalancerArn) {}

    @Override
    public void probe(Probe probe, Consumer<ProbeResult> done) {
      clock.schedule(
          Duration.ofMillis(20),
          () ->
              done.accept(
                  runtime.answers(probe.ip())
                      ? new ProbeResult.Answered(200)
                      : new ProbeResult.Failed()));
    }

    @Override
    public List<Traffic> takeTraffic() {
      return List.of();
    }

    @Override
    public void close() {}
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

  private void call(SdkRequest request) {
    world.operations().invoke(request);
  }

  private <R extends SdkResponse> R call(SdkRequest request, Class<R> type) {
    return world.operations().call(request, type);
  }

  private String subnet(String vpc, String cidr, String zone) {
    return call(
            CreateSubnetRequest.builder().vpcId(vpc).cidrBlock(cidr).availabilityZone(zone).build(),
            CreateSubnetResponse.class)
        .subnet()
        .subnetId();
  }

  /** A public VPC whose main route table leads to an internet gateway. */
  private String vpc() {
    String vpc =
        call(CreateVpcRequest.builder().cidrBlock("10.0.0.0/16").build(), CreateVpcResponse.class)
            .vpc()
            .vpcId();
    String gateway =
        call(CreateInternetGatewayRequest.builder().build(), CreateInternetGatewayResponse.class)
            .internetGateway()
            .internetGatewayId();
    call(AttachInternetGatewayRequest.builder().vpcId(vpc).internetGatewayId(gateway).build());
    routeTable =
        call(
                DescribeRouteTablesRequest.builder()
                    .filters(f -> f.name("vpc-id").values(vpc))
                    .build(),
                DescribeRouteTablesResponse.class)
            .routeTables()
            .getFirst()
            .routeTableId();
    call(
        CreateRouteRequest.builder()
            .routeTableId(routeTable)
            .destinationCidrBlock("0.0.0.0/0")
            .gatewayId(gateway)
            .build());
    return vpc;
  }

  private String targetGroup(String vpc, String... subnets) {
    String group =
        call(
                CreateTargetGroupRequest.builder()
                    .name("web")
                    .protocol(ProtocolEnum.HTTP)
                    .port(5000)
                    .vpcId(vpc)
                    .targetType(TargetTypeEnum.IP)
                    .build(),
                CreateTargetGroupResponse.class)
            .targetGroups()
            .getFirst()
            .targetGroupArn();
    String balancer =
        call(
                CreateLoadBalancerRequest.builder().name("web").subnets(subnets).build(),
                CreateLoadBalancerResponse.class)
            .loadBalancers()
            .getFirst()
            .loadBalancerArn();
    call(
        CreateListenerRequest.builder()
            .loadBalancerArn(balancer)
            .protocol(ProtocolEnum.HTTP)
            .port(80)
            .defaultActions(a -> a.type(ActionTypeEnum.FORWARD).targetGroupArn(group))
            .build());
    clock.advance(Duration.ofMinutes(4));
    return group;
  }

  private Service service() {
    return call(
            DescribeServicesRequest.builder().cluster("prod").services("web").build(),
            DescribeServicesResponse.class)
        .services()
        .getFirst();
  }

  private List<String> events() {
    return service().events().stream().map(ServiceEvent::message).toList();
  }

  @Test
  void aServiceComesUpBehindItsBalancerAndRollsBackWhenItsWayOutIsGone() {
    String vpc = vpc();
    String a = subnet(vpc, "10.0.0.0/24", "us-east-1a");
    String b = subnet(vpc, "10.0.1.0/24", "us-east-1b");
    String group = targetGroup(vpc, a, b);
    String definition =
        call(AppService.definition("1", c -> {}).build(), RegisterTaskDefinitionResponse.class)
            .taskDefinition()
            .taskDefinitionArn();
    call(
        CreateServiceRequest.builder()
            .cluster("prod")
            .serviceName("web")
            .taskDefinition(definition)
            .desiredCount(2)
            .launchType(LaunchType.FARGATE)
            .deploymentConfiguration(
                d -> d.deploymentCircuitBreaker(c -> c.enable(true).rollback(true)))
            .loadBalancers(l -> l.targetGroupArn(group).containerName("app").containerPort(5000))
            .networkConfiguration(n ->
                n.awsvpcConfiguration(v -> v.subnets(a, b).assignPublicIp(AssignPublicIp.ENABLED)))
            .build());
    clock.advance(Duration.ofMinutes(4));
    assertThat(events().getFirst()).isEqualTo("(service web) has reached a steady state.");
    String deployment = service().deployments().getFirst().id();

    call(
        DeleteRouteRequest.builder()
            .routeTableId(routeTable)
            .destinationCidrBlock("0.0.0.0/0")
            .build());
    call(
        UpdateServiceRequest.builder()
            .cluster("prod")
            .service("web")
            .forceNewDeployment(true)
            .build());
    clock.advance(Duration.ofMinutes(12));

    assertThat(events())
        .anyMatch(m -> m.contains("There is a connection issue between the task and Amazon ECR"))
        .anyMatch(m -> m.endsWith(" rolling back to deployment " + deployment + "."))
        .first()
        .isEqualTo("(service web) has reached a steady state.");
    assertThat(service().deployments())
        .singleElement()
        .extracting(d -> d.id())
        .isEqualTo(deployment);
  }
}
