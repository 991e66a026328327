package dev.slipway.validation.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.validation.check.CheckResult;
import dev.slipway.validation.check.CheckResult.Status;
import dev.slipway.validation.diagnose.Cause;
import dev.slipway.validation.report.Report;
import dev.slipway.validation.report.Verdict;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans of stacks as other people write them, each beside its Terraform in the resources. */
class OtherPlansTest {

  private static List<Report> reports(SamplePlan plan) {
    return plan.services(Account.UNASKED).stream().map(SamplePlan::report).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"flat", "modules-and-loops", "endpoints-only", "worker-later", "instances"})
  void callsNoSoundStackBroken(String name) {
    for (Report report : reports(SamplePlan.of(name))) {
      assertThat(report.causes()).as(report.checks().toString()).isEmpty();
      assertThat(report.checks())
          .as(report.checks().toString())
          .extracting(CheckResult::status)
          .doesNotContain(Status.FAIL);
    }
  }

  private static Map<String, Status> statuses(Report report) {
    return report.checks().stream().collect(Collectors.toMap(CheckResult::id, CheckResult::status));
  }

  @Test
  void followsWhatIsWrittenInOneFile() {
    Report report = SamplePlan.of("flat").report();
    assertThat(statuses(report)).containsEntry("way-out", Status.PASS);
    assertThat(statuses(report)).containsEntry("way-in", Status.PASS);
    assertThat(statuses(report)).containsEntry("roles", Status.SKIP);
  }

  @Test
  void followsModulesCountsLoopsAndLocalsForEachService() {
    List<Report> reports = reports(SamplePlan.of("modules-and-loops"));
    assertThat(reports).extracting(r -> r.service().name()).containsExactly("invoices", "orders");
    assertThat(reports)
        .allSatisfy(r -> {
          assertThat(r.verdict()).isEqualTo(Verdict.PASS);
          for (String check : List.of("definition", "roles", "log-group", "way-out", "way-in")) {
            assertThat(statuses(r)).as(r.checks().toString()).containsEntry(check, Status.PASS);
          }
        });
  }

  @Test
  void followsEndpointsAndTheMainRouteTable() {
    Report report = SamplePlan.of("endpoints-only").report();
    assertThat(statuses(report)).containsEntry("way-out", Status.PASS);
    assertThat(statuses(report)).containsEntry("roles", Status.PASS);
    assertThat(statuses(report)).containsEntry("definition", Status.PASS);
  }

  @Test
  void saysOfEachThingWhyItCannotBeKnown() {
    Report report = SamplePlan.of("worker-later").report();
    assertThat(report.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(report.checks())
        .extracting(CheckResult::observed)
        .contains(
            "aws_ecs_task_definition.worker: container_definitions is not known before apply",
            "the service has no load balancer");
    assertThat(report.checks()).extracting(CheckResult::blind).containsOnly(false);
  }

  @Test
  void leavesTasksOnInstancesAndNetworkLoadBalancersAlone() {
    Report report = SamplePlan.of("instances").report();
    assertThat(report.verdict()).isEqualTo(Verdict.PASS);
    assertThat(statuses(report)).containsEntry("way-out", Status.SKIP);
    assertThat(statuses(report)).containsEntry("definition", Status.PASS);
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        fault(
            "flat",
            "net-no-egress-route",
            "aws_route_table.public",
            p -> p.with("aws_route_table.public", v -> v.remove("route"))),
        fault(
            "flat",
            "net-public-subnet-no-public-ip",
            "aws_subnet.public[0]",
            p ->
                p.with(
                    "aws_ecs_service.main",
                    v ->
                        v.withArray("network_configuration")
                            .forEach(n -> ((ObjectNode) n).put("assign_public_ip", false)))),
        fault(
            "flat",
            "net-task-sg-ingress-missing-alb",
            "aws_security_group.tasks",
            p ->
                p.with(
                    "aws_security_group.tasks",
                    v ->
                        v.withArray("ingress")
                            .forEach(
                                r -> ((ObjectNode) r).put("from_port", 81).put("to_port", 81)))),
        fault(
            "flat",
            "td-container-port-mismatch",
            "aws_ecs_service.main",
            p -> p.replacing("\\\"containerPort\\\":80,", "\\\"containerPort\\\":8080,")),
        fault(
            "modules-and-loops",
            "net-no-egress-route",
            "module.vpc.aws_route_table.private[0]",
            p -> p.without("module.vpc.aws_route.private_nat_gateway")),
        fault(
            "modules-and-loops",
            "iam-execution-role-missing-logs",
            "module.services[\"invoices\"].aws_iam_role.execution",
            p -> p.without("module.services[\"invoices\"].aws_iam_role_policy_attachment")),
        fault(
            "modules-and-loops",
            "alb-tg-without-lb",
            "module.services[\"invoices\"].aws_lb_target_group.this[\"main\"]",
            p -> p.without("module.services[\"invoices\"].aws_lb_listener_rule")),
        fault(
            "modules-and-loops",
            "net-task-sg-egress-blocked",
            "module.services[\"invoices\"].aws_security_group.this",
            p -> p.without("module.services[\"invoices\"].aws_security_group_rule.out")),
        fault(
            "endpoints-only",
            "net-logs-endpoint-missing",
            "aws_vpc.main",
            p -> p.without("aws_vpc_endpoint.interface[\"logs\"]")),
        fault(
            "endpoints-only",
            "net-secrets-endpoint-missing",
            "aws_vpc.main",
            p -> p.without("aws_vpc_endpoint.interface[\"secretsmanager\"]")),
        fault(
            "endpoints-only",
            "net-ecr-api-endpoint-missing",
            "aws_vpc_endpoint.interface[\"ecr.api\"]",
            p ->
                p.with(
                    "aws_vpc_endpoint.interface[\"ecr.api\"]",
                    v -> v.put("private_dns_enabled", false))),
        fault(
            "endpoints-only",
            "net-vpc-dns-off",
            "aws_vpc.main",
            p -> p.with("aws_vpc.main", v -> v.put("enable_dns_hostnames", false))),
        fault(
            "endpoints-only",
            "net-s3-gateway-endpoint-missing",
            "aws_vpc.main",
            p -> p.without("aws_vpc_endpoint.s3")),
        fault(
            "endpoints-only",
            "iam-role-trust-wrong",
            "aws_iam_role.execution",
            p -> p.replacing("ecs-tasks.amazonaws.com", "ecs.amazonaws.com")));
  }

  private static Arguments fault(
      String plan, String id, String resource, UnaryOperator<SamplePlan> change) {
    return arguments(plan, id, resource, change);
  }

  @ParameterizedTest(name = "{0}: {1} on {2}")
  @MethodSource("faults")
  void namesTheResourceByItsAddress(
      String plan, String id, String resource, UnaryOperator<SamplePlan> change) {
    Report report = reports(change.apply(SamplePlan.of(plan))).getFirst();
    assertThat(report.causes()).as(report.checks().toString()).isNotEmpty();
    Cause first = report.causes().getFirst();
    assertThat(first.id()).isEqualTo(id);
    assertThat(first.resource()).isEqualTo(resource);
  }
}
