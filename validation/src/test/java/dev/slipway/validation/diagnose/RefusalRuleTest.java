package dev.slipway.validation.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.Sample;
import dev.slipway.validation.SampleNetwork;
import dev.slipway.validation.observe.FrontDoor;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

class RefusalRuleTest {

  private static final String SERVICE =
      "arn:aws:ecs:eu-central-1:123456789012:service/staging/orders";

  private UnaryOperator<TargetGroup.Builder> groups = g -> g.targetGroupName("orders");

  private final Sample sample =
      new Sample() {
        @Override
        protected FrontDoor front() {
          FrontDoor front = super.front();
          return new FrontDoor(
              front.targetGroups().stream().map(g -> groups.apply(g.toBuilder()).build()).toList(),
              front.health(),
              front.loadBalancers(),
              front.listeners(),
              front.rules());
        }
      };

  private List<Cause> causes() {
    sample.surroundings = new SampleNetwork().surroundings();
    return new RefusalRule().foretell(new Case(sample.snapshot(), sample.goal()));
  }

  private Cause only() {
    assertThat(causes()).hasSize(1);
    return causes().getFirst();
  }

  private void definition(UnaryOperator<TaskDefinition.Builder> change) {
    sample.definitions.replaceAll((_, d) -> change.apply(d.toBuilder()).build());
  }

  private void container(UnaryOperator<ContainerDefinition.Builder> change) {
    definition(d ->
        d.containerDefinitions(
            d.build().containerDefinitions().stream()
                .map(c -> change.apply(c.toBuilder()).build())
                .toList()));
  }

  @Test
  void saysNothingOfADeploymentThatExists() {
    assertThat(new RefusalRule().look(new Case(sample.snapshot(), sample.goal()))).isEmpty();
  }

  @Test
  void namesThePairThatFargateDoesNotHave() {
    sample.service(s -> s.launchType(LaunchType.FARGATE));
    definition(d -> d.cpu("256").memory("4096"));
    assertThat(only().id()).isEqualTo("td-invalid-cpu-memory");
    assertThat(only().explanation())
        .isEqualTo(
            "Fargate has no task of 256 CPU units and 4096 MiB: with 256 CPU units there are 512,"
                + " 1024 and 2048 MiB.");
    assertThat(only().fix().cli()).contains("--family orders --cpu 512 --memory 1024");
  }

  @Test
  void leavesInstancesAndWindowsAlone() {
    definition(d -> d.cpu("256").memory("4096"));
    assertThat(causes()).isEmpty();
    sample.service(s -> s.launchType(LaunchType.FARGATE));
    definition(d -> d.runtimePlatform(p -> p.operatingSystemFamily("WINDOWS_SERVER_2022_CORE")));
    assertThat(causes()).isEmpty();
    definition(d -> d.runtimePlatform(p -> p.operatingSystemFamily("LINUX")));
    assertThat(causes()).hasSize(1);
  }

  @Test
  void comparesAContainersMemoryWithItsTasks() {
    container(c -> c.memory(512));
    assertThat(causes()).isEmpty();
    container(c -> c.memory(513));
    assertThat(only().explanation())
        .isEqualTo("Container app asks for 513 MiB of memory, and the whole task has 512 MiB.");
    definition(d -> d.memory("1 GB"));
    assertThat(causes()).isEmpty();
  }

  @Test
  void saysWhatTheContainerMapsInstead() {
    container(c ->
        c.portMappings(
            PortMapping.builder().containerPort(8080).build(),
            PortMapping.builder().containerPort(9090).build()));
    assertThat(only().id()).isEqualTo("td-container-port-mismatch");
    assertThat(only().resource()).isEqualTo(SERVICE);
    assertThat(only().explanation())
        .isEqualTo(
            "Service orders sends requests to port 5000 of container app, which maps port 8080,"
                + " 9090.");
    container(c -> c.portMappings(List.of()));
    assertThat(only().explanation()).endsWith("of container app, which maps no port.");
    container(c -> c.name("web"));
    assertThat(only().explanation())
        .endsWith("of container app, which is not in the task definition.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:iam::123456789012:instance-profile/app",
        "arn:aws:iam::123456789012:policy/app",
        "arn:aws:iam::123456789012:role/",
        "arn:aws:iam::role/app",
        "arn:aws:iam::123456789012:role/app role"
      })
  void namesAnArnThatIsNoRoles(String arn) {
    definition(d -> d.taskRoleArn(arn));
    assertThat(only().id()).isEqualTo("iam-role-not-valid");
    assertThat(only().explanation())
        .isEqualTo(
            arn + ", which task definition orders:2 names as a role, is not the ARN of a role.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:iam::123456789012:role/app",
        "arn:aws-us-gov:iam::123456789012:role/app",
        "arn:aws:iam::123456789012:role/service-role/team/app+x=1,2.3@y-z_",
        "arn:planned:0001/aws_iam_role/app",
        "app"
      })
  void takesEveryRoleForOne(String role) {
    definition(d -> d.taskRoleArn(role));
    assertThat(causes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"4999-5000,0", "5000-5001,0", "4990-5010,0", "5001-5002,1", "4000-4999,1", "x,1"})
  void readsRangesOfPorts(String range, int causes) {
    container(c -> c.portMappings(PortMapping.builder().containerPortRange(range).build()));
    assertThat(causes()).hasSize(causes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"name", "port"})
  void needsBothContainerAndPort(String missing) {
    container(c -> c.portMappings(List.of()));
    sample.service(s ->
        s.loadBalancers(l -> {
          l.targetGroupArn(Sample.TARGET_GROUP);
          if (missing.equals("name")) {
            l.containerPort(5000);
          } else {
            l.containerName("app");
          }
        }));
    assertThat(causes()).isEmpty();
  }

  @Test
  void wantsAddressesInTheTargetGroupOfTasksWithInterfaces() {
    groups = g -> g.targetGroupName("orders").targetType("instance");
    assertThat(causes()).isEmpty();
    definition(d -> d.networkMode(NetworkMode.AWSVPC));
    assertThat(only().id()).isEqualTo("alb-tg-target-type-instance");
    assertThat(only().resource()).isEqualTo(Sample.TARGET_GROUP);
    groups = g -> g.targetGroupName("orders").targetType("ip");
    assertThat(causes()).isEmpty();
  }

  @Test
  void wantsAListenerThatForwards() {
    groups = g -> g.targetGroupName("orders").loadBalancerArns(List.of());
    assertThat(only().id()).isEqualTo("alb-tg-without-lb");
    assertThat(only().explanation())
        .isEqualTo(
            "No listener and no rule forwards to target group orders, so ECS refuses the service:"
                + " the group has no load balancer.");
  }

  @ParameterizedTest
  @CsvSource({"30,29,0", "30,30,1", "10,30,1", ",30,0", "30,,0"})
  void wantsATimeOutThatIsShorterThanTheInterval(Integer interval, Integer timeout, int causes) {
    groups =
        g ->
            g.targetGroupName("orders")
                .healthCheckIntervalSeconds(interval)
                .healthCheckTimeoutSeconds(timeout);
    assertThat(causes()).hasSize(causes);
    assertThat(causes()).extracting(Cause::id).allMatch("alb-health-check-invalid"::equals);
  }

  @Test
  void leavesAServiceWithoutALoadBalancerAlone() {
    groups = g -> g.loadBalancerArns(List.of());
    sample.service(s -> s.loadBalancers(l -> l.loadBalancerName("classic")));
    assertThat(causes()).isEmpty();
  }
}
