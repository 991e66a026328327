package dev.slipway.validation.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.slipway.validation.check.CheckResult;
import dev.slipway.validation.check.CheckResult.Status;
import dev.slipway.validation.diagnose.Cause;
import dev.slipway.validation.report.Report;
import dev.slipway.validation.report.Verdict;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Slipway's own stack, planned on an empty account and on one where it runs. */
class OwnPlanTest {

  private static final String TABLE = "module.network.aws_route_table.private[\"eu-central-1a\"]";

  private static Status status(Report report, String check) {
    return report.checks().stream()
        .filter(c -> c.id().equals(check))
        .map(CheckResult::status)
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"slipway-new", "slipway-endpoints"})
  void findsNothingWrongWithASoundPlan(String name) {
    Report report = SamplePlan.of(name).report();
    assertThat(report.verdict()).as(report.checks().toString()).isEqualTo(Verdict.PASS);
    assertThat(report.causes()).isEmpty();
    assertThat(report.service().cluster()).isEqualTo("slipway");
    assertThat(report.service().region()).isEqualTo("eu-central-1");
    for (String check : List.of("definition", "roles", "log-group", "way-out", "way-in")) {
      assertThat(status(report, check)).as(check).isEqualTo(Status.PASS);
    }
    assertThat(status(report, "image")).isEqualTo(Status.SKIP);
  }

  @Test
  void namesTheRouteTableByItsAddressWhenTheWayOutIsTakenAway() {
    Report report = SamplePlan.of("slipway-without-egress").report();
    assertThat(report.verdict()).isEqualTo(Verdict.FAIL);
    Cause first = report.causes().getFirst();
    assertThat(first.id()).isEqualTo("net-no-egress-route");
    assertThat(first.resource()).isEqualTo(TABLE);
    assertThat(first.explanation())
        .isEqualTo(
            "Route table "
                + TABLE
                + " of subnet module.network.aws_subnet.private[\"eu-central-1a\"] has no route to"
                + " ecr.api. A task in subnet module.network.aws_subnet.private[\"eu-central-1a\"]"
                + " needs ecr.api to start.");
    assertThat(first.fix().terraform()).contains("route_table_id         = " + TABLE + ".id\n");
    assertThat(report.causes()).hasSize(2);
    assertThat(status(report, "way-in")).isEqualTo(Status.PASS);
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        fault("net-no-egress-route", TABLE, p -> p.without("module.network.aws_route.private_nat")),
        fault(
            "net-no-egress-route",
            "module.network.aws_nat_gateway.this[\"eu-central-1a\"]",
            p -> p.without("module.network.aws_route.public_internet")),
        fault(
            "net-route-table-not-associated",
            "module.network.aws_subnet.private[\"eu-central-1b\"]",
            p -> p.without("module.network.aws_route_table_association.private[\"eu-central-1b")),
        fault(
            "net-task-sg-egress-blocked",
            "module.service.aws_security_group.tasks",
            p -> p.without("module.service.aws_vpc_security_group_egress_rule.tasks_https")),
        fault(
            "net-task-sg-ingress-missing-alb",
            "module.service.aws_security_group.tasks",
            p -> p.without("module.service.aws_vpc_security_group_ingress_rule.tasks_from")),
        fault(
            "net-task-sg-ingress-missing-alb",
            "module.service.aws_security_group.tasks",
            p ->
                p.with(
                    "module.service.aws_vpc_security_group_ingress_rule.tasks_from",
                    v -> v.put("from_port", 8080).put("to_port", 8080))),
        fault(
            "net-alb-sg-egress-blocked",
            "module.load_balancer.aws_security_group.this",
            p -> p.without("module.service.aws_vpc_security_group_egress_rule.load_balancer")),
        fault(
            "net-alb-sg-listener-port-closed",
            "module.load_balancer.aws_security_group.this",
            p -> p.without("module.load_balancer.aws_vpc_security_group_ingress_rule.this")),
        fault(
            "net-vpc-dns-off",
            "module.network.aws_vpc.this",
            p -> p.with("module.network.aws_vpc.this", v -> v.put("enable_dns_support", false))),
        fault(
            "iam-role-trust-wrong",
            "module.identity.aws_iam_role.execution",
            p ->
                p.with(
                    "module.identity.aws_iam_role.execution",
                    v ->
                        v.put(
                            "assume_role_policy",
                            v.path("assume_role_policy").asText().replace("ecs-tasks.", "ecs.")))),
        fault(
            "iam-execution-role-missing-logs",
            "module.identity.aws_iam_role.execution",
            p -> p.replacing("logs:CreateLogStream", "logs:GetLogEvents")),
        fault(
            "iam-execution-role-missing-ecr",
            "module.identity.aws_iam_role.execution",
            p -> p.without("module.identity.aws_iam_role_policy.execution")),
        fault(
            "td-invalid-cpu-memory",
            "module.service.aws_ecs_task_definition.this",
            p ->
                p.with("module.service.aws_ecs_task_definition.this", v -> v.put("memory", "300"))),
        fault(
            "td-container-port-mismatch",
            "module.service.aws_ecs_service.this",
            p -> p.replacing("\\\"containerPort\\\":5000", "\\\"containerPort\\\":8080")),
        fault(
            "alb-tg-target-type-instance",
            "module.load_balancer.aws_lb_target_group.this",
            p ->
                p.with(
                    "module.load_balancer.aws_lb_target_group.this",
                    v -> v.put("target_type", "instance"))),
        fault(
            "alb-tg-without-lb",
            "module.load_balancer.aws_lb_target_group.this",
            p -> p.without("module.load_balancer.aws_lb_listener.http")));
  }

  private static Arguments fault(String id, String resource, UnaryOperator<SamplePlan> change) {
    return arguments(id, resource, change);
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("faults")
  void foretellsFromAPlanOnAnEmptyAccount(
      String id, String resource, UnaryOperator<SamplePlan> change) {
    Report report = change.apply(SamplePlan.of("slipway-new")).report();
    assertThat(report.verdict()).as(report.checks().toString()).isEqualTo(Verdict.FAIL);
    assertThat(report.causes().getFirst().id()).isEqualTo(id);
    assertThat(report.causes().getFirst().resource()).isEqualTo(resource);
    assertThat(report.causes().toString()).doesNotContain("planned0");
  }

  @Test
  void saysWhichEndpointIsMissing() {
    Report report =
        SamplePlan.of("slipway-endpoints")
            .without("module.network.aws_vpc_endpoint.interface[\"ecr.dkr\"]")
            .report();
    assertThat(report.causes().getFirst().id()).isEqualTo("net-ecr-dkr-endpoint-missing");
    assertThat(report.causes().getFirst().resource()).isEqualTo("module.network.aws_vpc.this");
  }

  @Test
  void saysWhichEndpointsGroupIsClosed() {
    Report report =
        SamplePlan.of("slipway-endpoints")
            .without("module.network.aws_vpc_security_group_ingress_rule.endpoints")
            .report();
    assertThat(report.causes().getFirst().id()).isEqualTo("net-endpoint-sg-blocks-443");
    assertThat(report.causes().getFirst().resource())
        .isEqualTo("module.network.aws_security_group.endpoints[0]");
  }

  @Test
  void saysThatImageLayersHaveNoWayWithoutTheGatewayEndpoint() {
    Report report =
        SamplePlan.of("slipway-endpoints").without("module.network.aws_vpc_endpoint.s3").report();
    assertThat(report.causes()).extracting(Cause::id).contains("net-s3-gateway-endpoint-missing");
  }

  private static SamplePlan logsTo(String group) {
    return SamplePlan.of("slipway-new")
        .replacing(
            "\\\"awslogs-group\\\":\\\"/ecs/slipway\\\"",
            "\\\"awslogs-group\\\":\\\"%s\\\"".formatted(group));
  }

  @Test
  void asksForALogGroupThatIsNotOfThePlan() {
    Report missing = logsTo("/ecs/other").report(new KnownAccount().logGroup("/ecs/other", false));
    assertThat(missing.causes().getFirst().id()).isEqualTo("td-log-group-missing");
    assertThat(missing.causes().getFirst().resource()).isEqualTo("/ecs/other");

    Report there = logsTo("/ecs/other").report(new KnownAccount().logGroup("/ecs/other", true));
    assertThat(status(there, "log-group")).isEqualTo(Status.PASS);
  }

  @Test
  void saysThatNobodyWasAskedForALogGroup() {
    Report report = logsTo("/ecs/other").report();
    assertThat(report.verdict()).isEqualTo(Verdict.PASS);
    assertThat(observed(report, "log-group"))
        .isEqualTo("not of the plan, and AWS was not asked: log group /ecs/other");
  }

  @Test
  void asksTheRegistryForTheImage() {
    SamplePlan plan = SamplePlan.of("slipway-new");
    Report missing = plan.report(new KnownAccount().image(false));
    assertThat(missing.causes().getFirst().id()).isEqualTo("img-tag-not-in-registry");

    assertThat(status(plan.report(new KnownAccount().image(true)), "image")).isEqualTo(Status.PASS);
  }

  private static String observed(Report report, String check) {
    return report.checks().stream()
        .filter(c -> c.id().equals(check))
        .map(CheckResult::observed)
        .findFirst()
        .orElseThrow();
  }
}
