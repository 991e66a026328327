package dev.slipway.validation.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.slipway.validation.Sample;
import dev.slipway.validation.SampleNetwork;
import dev.slipway.validation.check.CheckResult;
import dev.slipway.validation.check.CheckResult.Status;
import dev.slipway.validation.diagnose.Foresight.Outlook;
import dev.slipway.validation.observe.ImageName;
import dev.slipway.validation.observe.Registry;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

class ForesightTest {

  private final Sample sample = new Sample();
  private final SampleNetwork network = new SampleNetwork();

  ForesightTest() {
    sample.tasks.clear();
    sample.targets.clear();
  }

  private Outlook outlook() {
    sample.surroundings = network.surroundings();
    return Foresight.of(sample.snapshot(), sample.goal());
  }

  private CheckResult check(String id) {
    return outlook().checks().stream().filter(c -> c.id().equals(id)).findFirst().orElseThrow();
  }

  @Test
  void foretellsNothingOfASoundService() {
    assertThat(outlook().causes()).isEmpty();
    assertThat(outlook().checks()).extracting(CheckResult::status).containsOnly(Status.PASS);
    assertThat(check("way-out").observed()).isEqualTo("2 subnets reach ecr.api, ecr.dkr, s3, logs");
    assertThat(check("way-in").observed()).isEqualTo("orders to port 5000");
  }

  private static void definition(Sample sample, BiConsumer<Sample, TaskDefinition.Builder> change) {
    sample.definitions.replaceAll((_, d) -> {
      TaskDefinition.Builder builder = d.toBuilder();
      change.accept(sample, builder);
      return builder.build();
    });
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        fault("net-no-egress-route", "rtb-private", (_, n) -> n.withoutEgress()),
        fault("net-route-table-not-associated", "subnet-a", (_, n) -> n.associated = false),
        fault("net-task-sg-egress-blocked", "sg-task", (_, n) -> n.taskEgress = List.of()),
        fault("net-vpc-dns-off", "vpc-1", (_, n) -> n.dnsSupport = false),
        fault(
            "net-endpoint-sg-blocks-443",
            "sg-endpoint",
            (_, n) -> n.endpoints.add(SampleNetwork.endpoint("ecr.api", "sg-endpoint"))),
        fault("net-task-sg-ingress-missing-alb", "sg-task", (_, n) -> n.taskIngress = List.of()),
        fault("net-alb-sg-listener-port-closed", "sg-alb", (_, n) -> n.balancerIngress = List.of()),
        fault("td-log-group-missing", "/ecs/orders", (_, n) -> n.logGroup = false),
        fault(
            "iam-role-trust-wrong",
            Sample.EXECUTION_ROLE,
            (_, n) -> n.trust = n.trust.replace("ecs-tasks.", "ec2.")),
        fault(
            "iam-execution-role-missing-ecr",
            Sample.EXECUTION_ROLE,
            (_, n) -> n.execution = n.execution.replace("ecr:GetAuth", "ecr:PutAuth")),
        fault(
            "iam-execution-role-missing-logs",
            Sample.EXECUTION_ROLE,
            (_, n) -> n.execution = n.execution.replace("logs:Create", "logs:Delete")),
        fault(
            "img-tag-not-in-registry",
            Sample.REPOSITORY + "@" + Sample.DIGEST,
            (s, _) ->
                s.registry =
                    new Registry(
                        s.registry.repositories(),
                        Map.of(
                            ImageName.parse(Sample.REPOSITORY + "@" + Sample.DIGEST),
                            Registry.Lookup.ABSENT))),
        fault(
            "img-tag-not-in-registry",
            Sample.REPOSITORY + "@" + Sample.DIGEST,
            (s, _) -> s.registry = new Registry(List.of(), Map.of())),
        fault(
            "td-invalid-cpu-memory",
            Sample.TASK_DEFINITION,
            (s, _) ->
                definition(
                    s,
                    (_, d) ->
                        d.requiresCompatibilitiesWithStrings("FARGATE").cpu("256").memory("4096"))),
        fault(
            "td-container-port-mismatch",
            "arn:aws:ecs:eu-central-1:123456789012:service/staging/orders",
            (s, _) ->
                s.service(b ->
                    b.loadBalancers(l ->
                        l.targetGroupArn(Sample.TARGET_GROUP)
                            .containerName("web")
                            .containerPort(5000)))));
  }

  private static Arguments fault(
      String id, String resource, BiConsumer<Sample, SampleNetwork> change) {
    return arguments(id, resource, change);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void foretellsWithTheOneResourceToChange(
      String id, String resource, BiConsumer<Sample, SampleNetwork> change) {
    change.accept(sample, network);
    assertThat(outlook().causes()).isNotEmpty();
    Cause first = outlook().causes().getFirst();
    assertThat(first.id()).isEqualTo(id);
    assertThat(first.resource()).isEqualTo(resource);
    assertThat(first.fix().change()).isNotBlank();
    assertThat(outlook().checks()).extracting(CheckResult::status).contains(Status.FAIL);
  }

  static Stream<Arguments> neighbours() {
    return Stream.of(
        harmless(
            "only the office may ask",
            (_, n) -> {
              n.balancerIngress =
                  List.of(
                      SampleNetwork.anywhere(80).toBuilder()
                          .ipRanges(r -> r.cidrIp("203.0.113.0/24"))
                          .build());
            }),
        harmless(
            "tasks may reach HTTPS only",
            (_, n) -> {
              n.taskEgress = List.of(SampleNetwork.anywhere(443));
            }),
        harmless(
            "every group is open",
            (_, n) -> {
              n.taskIngress = List.of(SampleNetwork.anywhere(-1));
              n.balancerIngress = List.of(SampleNetwork.anywhere(-1));
            }),
        harmless(
            "tasks live in public subnets",
            (s, n) -> {
              n.withoutEgress();
              s.service(b ->
                  b.networkConfiguration(c ->
                      c.awsvpcConfiguration(v ->
                          v.subnets("subnet-p", "subnet-q")
                              .securityGroups("sg-task")
                              .assignPublicIp(AssignPublicIp.ENABLED))));
            }),
        harmless("no load balancer", (s, _) -> s.service(b -> b.loadBalancers(List.of()))),
        harmless(
            "the task makes its log group",
            (s, n) -> {
              n.logGroup = false;
              n.execution = n.execution.replace("logs:Put", "logs:CreateLogGroup\",\"logs:Put");
              definition(
                  s,
                  (_, d) ->
                      d.containerDefinitions(
                          d.build().containerDefinitions().stream()
                              .map(c ->
                                  c.toBuilder()
                                      .logConfiguration(l ->
                                          l.logDriver("awslogs")
                                              .options(
                                                  Map.of(
                                                      "awslogs-group",
                                                      "/ecs/orders",
                                                      "awslogs-create-group",
                                                      "true")))
                                      .build())
                              .toList()));
            }),
        harmless(
            "a role that may do everything",
            (_, n) -> {
              n.execution =
                  "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}";
            }),
        harmless(
            "actions by wildcard and in other letters",
            (_, n) -> {
              n.execution =
                  "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"ECR:*\",\"logs:create*\"],"
                      + "\"Resource\":\"*\"}]}";
            }),
        harmless(
            "the repository's policy may allow the pull",
            (_, n) -> {
              n.execution = n.execution.replace("ecr:BatchGetImage", "ecr:DescribeImages");
            }),
        harmless(
            "two trusted services",
            (_, n) -> {
              n.trust =
                  n.trust.replace(
                      "\"ecs-tasks.amazonaws.com\"",
                      "[\"ec2.amazonaws.com\",\"ecs-tasks.amazonaws.com\"]");
            }),
        harmless(
            "a size in words",
            (s, _) ->
                definition(
                    s,
                    (_, d) ->
                        d.requiresCompatibilitiesWithStrings("FARGATE")
                            .cpu(".5 vCPU")
                            .memory("1 GB"))),
        harmless(
            "a size of tomorrow",
            (s, _) ->
                definition(
                    s,
                    (_, d) ->
                        d.requiresCompatibilitiesWithStrings("FARGATE")
                            .cpu("32768")
                            .memory("131072"))),
        harmless(
            "an image of another account",
            (s, _) -> {
              definition(
                  s,
                  (_, d) ->
                      d.containerDefinitions(
                          d.build().containerDefinitions().stream()
                              .map(c ->
                                  c.toBuilder()
                                      .image(
                                          "210987654321.dkr.ecr.eu-central-1.amazonaws.com/base:1")
                                      .build())
                              .toList()));
            }),
        harmless(
            "endpoints beside a NAT gateway",
            (_, n) -> {
              for (String service : List.of("ecr.api", "ecr.dkr", "logs")) {
                n.endpoints.add(SampleNetwork.endpoint(service, "sg-alb"));
              }
              n.balancerIngress = List.of(SampleNetwork.anywhere(-1));
            }));
  }

  private static Arguments harmless(String what, BiConsumer<Sample, SampleNetwork> change) {
    return arguments(what, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("neighbours")
  void leavesHarmlessNeighboursAlone(String what, BiConsumer<Sample, SampleNetwork> change) {
    change.accept(sample, network);
    assertThat(outlook().causes()).isEmpty();
    assertThat(outlook().checks()).extracting(CheckResult::status).doesNotContain(Status.FAIL);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void saysNothingOfWhatCouldNotBeRead(
      String id, String resource, BiConsumer<Sample, SampleNetwork> change) {
    change.accept(sample, network);
    for (Topic topic : Topic.ALL) {
      topic.needs().forEach(sample::gap);
    }
    assertThat(outlook().causes()).isEmpty();
    assertThat(outlook().checks()).extracting(CheckResult::status).containsOnly(Status.SKIP);
    assertThat(check("way-out").observed()).contains("missing permission ec2:DescribeSubnets");
    assertThat(check("way-out").blind()).isTrue();
  }
}
