package dev.slipway.twin.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.twin.world.AwsError;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeleteClusterRequest;
import software.amazon.awssdk.services.ecs.model.DeleteServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeregisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.ListServicesRequest;
import software.amazon.awssdk.services.ecs.model.ListServicesResponse;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

class ValidationTest {

  private final AppService app = AppService.fresh();

  private static void refused(ThrowingCallable call, String code, String message) {
    AwsError error = catchThrowableOfType(AwsError.class, call);
    assertThat(error).as("an error with %s", message).isNotNull();
    assertThat(error.code()).isEqualTo(code);
    assertThat(error).hasMessage(message);
  }

  private void refusedDefinition(
      Consumer<RegisterTaskDefinitionRequest.Builder> change, String message) {
    RegisterTaskDefinitionRequest.Builder request = AppService.definition("1", c -> {});
    change.accept(request);
    refused(() -> app.ecs.world.operations().invoke(request.build()), "ClientException", message);
  }

  private void refusedService(
      Consumer<CreateServiceRequest.Builder> change, String code, String message) {
    CreateServiceRequest.Builder request = app.request(app.register("1"), 1);
    change.accept(request);
    refused(() -> app.create(request), code, message);
  }

  @ParameterizedTest
  @CsvSource({
    "256,512",
    "256,2048",
    "512,4096",
    "1024,2048",
    "2048,16384",
    "4096,30720",
    "8192,20480",
    "16384,122880",
    "1 vCPU,2 GB",
    ".25 vCPU,0.5GB"
  })
  void takesTheSizesOfFargate(String cpu, String memory) {
    TaskDefinition taken =
        app.ecs
            .call(
                AppService.definition("1", c -> {}).cpu(cpu).memory(memory).build(),
                RegisterTaskDefinitionResponse.class)
            .taskDefinition();
    assertThat(taken.cpu()).matches("\\d+");
    assertThat(taken.memory()).matches("\\d+");
  }

  @Test
  void offersSeventyFourPairsOfCpuAndMemory() {
    long pairs =
        IntStream.of(256, 512, 1024, 2048, 4096, 8192, 16384)
            .mapToLong(cpu ->
                IntStream.rangeClosed(1, 240)
                    .map(i -> i * 512)
                    .filter(memory -> offered(cpu, memory))
                    .count())
            .sum();
    assertThat(pairs).isEqualTo(74);
  }

  private static boolean offered(int cpu, int memory) {
    try {
      FargateSizes.check(Integer.toString(cpu), Integer.toString(memory));
      return true;
    } catch (AwsError e) {
      return false;
    }
  }

  @Test
  void refusesTaskDefinitionsAsAwsDoes() {
    refusedDefinition(
        d -> d.cpu("256").memory("4096"), "No Fargate configuration exists for given values.");
    refusedDefinition(
        d -> d.cpu("300"),
        "Invalid 'cpu' setting for task. For more information, see the Troubleshooting section of"
            + " the Amazon ECS Developer Guide.");
    refusedDefinition(
        d -> d.memory(null), "Fargate requires that 'memory' be defined at the task level.");
    refusedDefinition(
        d -> d.executionRoleArn(null),
        "Fargate requires task definition to have execution role ARN to support ECR images.");
    refusedDefinition(
        d -> d.networkMode(NetworkMode.BRIDGE), "Fargate only supports network mode ‘awsvpc’.");
    refusedDefinition(
        d -> d.ephemeralStorage(s -> s.sizeInGiB(20)),
        "EphemeralStorage size should be at least 21");
    refusedDefinition(d -> d.containerDefinitions(List.of()), "Container list cannot be empty.");
  }

  @Test
  void refusesByNameWhatTheTwinDoesNotHave() {
    refused(
        () -> app.register("1", c -> c.firelensConfiguration(f -> f.type("fluentbit"))),
        "InvalidParameterException",
        "firelensConfiguration is not supported by the twin.");
    refusedService(
        c -> c.schedulingStrategy("DAEMON"),
        "InvalidParameterException",
        "schedulingStrategy DAEMON is not supported by the twin.");
    refused(
        () ->
            app.ecs
                .world
                .operations()
                .invoke(
                    AppService.definition("1", c -> {})
                        .requiresCompatibilities(Compatibility.EC2)
                        .build()),
        "InvalidParameterException",
        "requiresCompatibilities other than FARGATE is not supported by the twin.");
  }

  @Test
  void refusesServicesAsAwsDoes() {
    String invalid = "InvalidParameterException";
    refusedService(
        c -> c.networkConfiguration(n -> {}),
        invalid,
        "Network Configuration must be provided when networkMode 'awsvpc' is specified.");
    refusedService(
        c -> c.networkConfiguration(n -> n.awsvpcConfiguration(v -> v.subnets("subnet-x"))),
        invalid,
        "Error retrieving subnet information for [subnet-x]: The subnet ID 'subnet-x' does not"
            + " exist (ErrorCode: InvalidSubnetID.NotFound)");
    refusedService(
        c ->
            c.networkConfiguration(
                n -> n.awsvpcConfiguration(v -> v.subnets("subnet-a").securityGroups("sg-x"))),
        invalid,
        "Error retrieving security group information for [sg-x]: The security group 'sg-x' does not"
            + " exist (ErrorCode: InvalidGroup.NotFound)");
    refusedService(
        c -> c.capacityProviderStrategy(s -> s.capacityProvider("FARGATE").weight(1)),
        invalid,
        "Specify either Launch Type or Capacity Provider Strategy, but not both.");
    refusedService(
        c -> balancer(c, app.targetGroup, "web", 5000),
        invalid,
        "The container web does not exist in the task definition.");
    refusedService(
        c -> balancer(c, app.targetGroup, "app", 8080),
        invalid,
        "The container app did not have a container port 8080 defined.");
    String loose = app.ecs.elb.targetGroup("loose", TargetTypeEnum.IP, false);
    refusedService(
        c -> balancer(c, loose, "app", 5000),
        invalid,
        "The target group with targetGroupArn "
            + loose
            + " does not have an associated load balancer.");
    String instances = app.ecs.elb.targetGroup("instances", TargetTypeEnum.INSTANCE, true);
    refusedService(
        c -> balancer(c, instances, "app", 5000),
        invalid,
        "The provided target group "
            + instances
            + " has target type instance, which is incompatible with the awsvpc network mode"
            + " specified in the task definition.");
    refusedService(c -> c.cluster("other"), "ClusterNotFoundException", "Cluster not found.");
    refusedService(c -> c.taskDefinition("web:99"), "ClientException", "TaskDefinition not found.");
  }

  private static void balancer(
      CreateServiceRequest.Builder request, String group, String container, int port) {
    request.loadBalancers(
        b -> b.targetGroupArn(group).containerName(container).containerPort(port));
  }

  @Test
  void creatingAServiceAgainIsTheSameOrRefused() {
    CreateServiceRequest.Builder request = app.request(app.register("1"), 1);
    String arn = app.create(request).serviceArn();

    assertThat(app.create(request).serviceArn()).isEqualTo(arn);
    refused(
        () -> app.create(request.desiredCount(2)),
        "InvalidParameterException",
        "Creation of service was not idempotent.");
  }

  @Test
  void whatIsNotThereIsAFailureOrAnException() {
    assertThat(
            app.ecs
                .call(
                    DescribeServicesRequest.builder().cluster("prod").services("none").build(),
                    DescribeServicesResponse.class)
                .failures())
        .containsExactly(
            Failure.builder()
                .arn("arn:aws:ecs:eu-west-1:123456789012:service/prod/none")
                .reason("MISSING")
                .build());
    refused(
        () -> app.update(u -> u.desiredCount(1)), "ServiceNotFoundException", "Service not found.");
    refused(
        () ->
            app.ecs
                .world
                .operations()
                .invoke(DescribeTaskDefinitionRequest.builder().taskDefinition("none").build()),
        "ClientException",
        "Unable to describe task definition.");
  }

  @Test
  void aServiceInUseAndItsClusterCannotBeDeleted() {
    app.create(app.request(app.register("1"), 1));

    refused(
        () ->
            app.ecs
                .world
                .operations()
                .invoke(DeleteServiceRequest.builder().cluster("prod").service("web").build()),
        "InvalidParameterException",
        "The service cannot be stopped while it is scaled above 0.");
    refused(
        () ->
            app.ecs
                .world
                .operations()
                .invoke(DeleteClusterRequest.builder().cluster("prod").build()),
        "ClusterContainsServicesException",
        "The Cluster cannot be deleted while Services are active.");
  }

  @Test
  void anInactiveTaskDefinitionStartsNothingNew() {
    app.create(app.request(app.register("1"), 1));
    app.ecs
        .world
        .operations()
        .invoke(
            DeregisterTaskDefinitionRequest.builder().taskDefinition(app.register("1")).build());

    refused(
        () -> app.update(u -> u.taskDefinition("web:2")),
        "ClientException",
        "TaskDefinition is inactive");
    assertThat(app.update(u -> u.desiredCount(2)).desiredCount()).isEqualTo(2);
  }

  @Test
  void servicesAreListedByTen() {
    String definition = app.register("1");
    IntStream.range(0, 12)
        .forEach(i -> app.create(app.request(definition, 0).serviceName("web-" + i)));

    ListServicesResponse first =
        app.ecs.call(
            ListServicesRequest.builder().cluster("prod").build(), ListServicesResponse.class);
    ListServicesResponse second =
        app.ecs.call(
            ListServicesRequest.builder().cluster("prod").nextToken(first.nextToken()).build(),
            ListServicesResponse.class);
    assertThat(first.serviceArns()).hasSize(10);
    assertThat(second.serviceArns()).hasSize(2);
    assertThat(second.nextToken()).isNull();
  }
}
