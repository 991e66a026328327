package dev.slipway.validation.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.validation.check.CheckResult;
import dev.slipway.validation.check.CheckResult.Status;
import dev.slipway.validation.diagnose.Cause;
import dev.slipway.validation.report.Report;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Network ACLs, policies of endpoints, boundaries and percentages, as plans have them. */
class MorePlansTest {

  private static final Map<String, String> OF_ALL_SUBNETS =
      Map.of("vpc_id", "aws_vpc.main", "subnet_ids", "aws_subnet.public");
  private static final Map<String, String> OF_THE_ACL =
      Map.of("network_acl_id", "aws_network_acl.own");
  private static final String ALL = rule(100, "allow", "-1", "0.0.0.0/0", 0, 0);
  private static final String NARROW =
      "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"%s\",\"Resource\":\"%s\"}]}";

  private static String rule(
      int number, String action, String protocol, String block, int from, int to) {
    return """
    {"rule_no": %d, "action": "%s", "protocol": "%s", "cidr_block": "%s", "from_port": %d,
     "to_port": %d, "ipv6_cidr_block": "", "icmp_type": 0, "icmp_code": 0}\
    """
        .formatted(number, action, protocol, block, from, to);
  }

  private static SamplePlan acl(String ingress, String egress) {
    return SamplePlan.of("flat")
        .plus(
            "aws_network_acl",
            "own",
            "{\"ingress\": [%s], \"egress\": [%s]}".formatted(ingress, egress),
            OF_ALL_SUBNETS);
  }

  private static SamplePlan rules(String... rules) {
    SamplePlan plan = SamplePlan.of("flat").plus("aws_network_acl", "own", "{}", OF_ALL_SUBNETS);
    for (int i = 0; i < rules.length; i++) {
      plan.plus("aws_network_acl_rule", "r" + i, rules[i], OF_THE_ACL);
    }
    return plan;
  }

  private static String separate(boolean egress, String action, String protocol, int from, int to) {
    return """
    {"egress": %s, "rule_number": 100, "rule_action": "%s", "protocol": "%s",
     "cidr_block": "0.0.0.0/0", "from_port": %d, "to_port": %d}\
    """
        .formatted(egress, action, protocol, from, to);
  }

  private static SamplePlan endpoint(String name, String policy) {
    return SamplePlan.of("endpoints-only")
        .with("aws_vpc_endpoint." + name, v -> v.put("policy", policy));
  }

  private static SamplePlan bounded(String actions) {
    return SamplePlan.of("endpoints-only")
        .with(
            "aws_iam_role.execution", v -> v.put("permissions_boundary", "arn:aws:iam::1:policy/b"))
        .plus(
            "aws_iam_policy",
            "b",
            "{\"arn\": \"arn:aws:iam::1:policy/b\", \"policy\": \"{\\\"Statement\\\":[{\\\"Effect\\\":\\\"Allow\\\",\\\"Action\\\":%s,\\\"Resource\\\":\\\"*\\\"}]}\"}"
                .formatted(actions.replace("\"", "\\\"")),
            Map.of());
  }

  static Stream<Arguments> faults() {
    String own = "aws_network_acl.own";
    return Stream.of(
        arguments("net-network-acl-blocks", own, acl("", "")),
        arguments("net-network-acl-blocks", own, acl(ALL, "")),
        arguments("net-network-acl-blocks", own, acl("", ALL)),
        arguments(
            "net-network-acl-blocks",
            own,
            acl(rule(100, "allow", "tcp", "0.0.0.0/0", 80, 80), ALL)),
        arguments(
            "net-network-acl-blocks",
            own,
            acl(ALL, rule(90, "deny", "tcp", "0.0.0.0/0", 443, 443) + "," + ALL)),
        arguments(
            "net-network-acl-blocks",
            own,
            rules(separate(false, "allow", "-1", 0, 0), separate(true, "allow", "tcp", 80, 80))),
        arguments(
            "net-endpoint-policy-denies",
            "aws_vpc_endpoint.interface[\"ecr.dkr\"]",
            endpoint("interface[\"ecr.dkr\"]", NARROW.formatted("ecr:DescribeImages", "*"))),
        arguments(
            "net-endpoint-policy-denies",
            "aws_vpc_endpoint.interface[\"logs\"]",
            endpoint("interface[\"logs\"]", NARROW.formatted("logs:Describe*", "*"))),
        arguments(
            "net-endpoint-policy-denies",
            "aws_vpc_endpoint.s3[0]",
            endpoint("s3", NARROW.formatted("s3:GetObject", "arn:aws:s3:::mine/*"))),
        arguments("iam-permissions-boundary-too-tight", "aws_iam_policy.b", bounded("[\"s3:*\"]")));
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("faults")
  void namesTheResourceByItsAddress(String id, String resource, SamplePlan plan) {
    Report report = first(plan);
    assertThat(report.causes()).as(report.checks().toString()).isNotEmpty();
    Cause first = report.causes().getFirst();
    assertThat(first.id()).isEqualTo(id);
    assertThat(first.resource()).isEqualTo(resource);
  }

  static Stream<SamplePlan> neighbours() {
    String returning = rule(110, "allow", "tcp", "0.0.0.0/0", 1024, 65535);
    return Stream.of(
        acl(ALL, ALL),
        acl(rule(90, "deny", "tcp", "203.0.113.0/24", 22, 22) + "," + ALL, ALL),
        acl(rule(100, "allow", "tcp", "0.0.0.0/0", 80, 80) + "," + returning, ALL),
        acl(ALL, rule(100, "allow", "6", "0.0.0.0/0", 0, 65535)),
        acl(ALL, rule(90, "deny", "udp", "0.0.0.0/0", 443, 443) + "," + ALL),
        rules(separate(false, "allow", "all", 0, 0), separate(true, "allow", "-1", 0, 0)),
        endpoint("interface[\"ecr.dkr\"]", NARROW.formatted("ecr:*", "*")),
        endpoint("interface[\"ecr.dkr\"]", NARROW.formatted("*", "*")),
        endpoint("interface[\"logs\"]", NARROW.formatted("logs:Create*", "*")),
        endpoint(
            "s3", NARROW.formatted("s3:GetObject", "arn:aws:s3:::prod-*-starport-layer-bucket/*")),
        bounded("[\"ecr:*\", \"logs:*\", \"secretsmanager:*\", \"ssm:*\"]"));
  }

  @ParameterizedTest
  @MethodSource("neighbours")
  void callsNothingBrokenThatLetsPassWhatIsNeeded(SamplePlan plan) {
    Report report = first(plan);
    assertThat(report.causes()).as(report.checks().toString()).isEmpty();
  }

  @Test
  void saysThatSubnetsOfAnAclAreNotKnown() {
    SamplePlan plan =
        SamplePlan.of("flat")
            .plus(
                "aws_network_acl",
                "own",
                "{\"ingress\": [], \"egress\": []}",
                Map.of("vpc_id", "aws_vpc.main", "subnet_ids", "local.somewhere"));
    CheckResult out = check(first(plan), "way-out");
    assertThat(out.status()).isEqualTo(Status.SKIP);
    assertThat(out.observed())
        .isEqualTo("aws_network_acl.own: subnet_ids is not known before apply");
  }

  /** Percentages, what is there, whether it is there, and what becomes of a new revision. */
  @ParameterizedTest
  @CsvSource({
    "100, 100, 2, true, FAIL",
    "100, 149, 2, true, FAIL",
    "51, 100, 2, true, FAIL",
    "100, 100, 2, false, PASS",
    "100, 150, 2, true, PASS",
    "50, 100, 2, true, PASS",
    "100, 200, 1, true, PASS",
    "0, 100, 1, true, PASS",
    "100, 100, 0, true, PASS",
  })
  void foretellsThatNoTaskMayBeReplaced(
      int least, int most, int desired, boolean there, Status status) {
    SamplePlan plan =
        SamplePlan.of("slipway-new")
            .with(
                "module.service.aws_ecs_service.this",
                v -> {
                  v.put("deployment_minimum_healthy_percent", least)
                      .put("deployment_maximum_percent", most)
                      .put("desired_count", desired);
                  if (there) {
                    v.put("id", "arn:aws:ecs:eu-central-1:1:service/slipway/app");
                  }
                });
    Report report = first(plan);
    assertThat(check(report, "rollout").status()).as(report.checks().toString()).isEqualTo(status);
    assertThat(report.causes())
        .extracting(Cause::id)
        .isEqualTo(status == Status.FAIL ? List.of("svc-min-max-deadlock") : List.of());
  }

  @ParameterizedTest
  @CsvSource({"0, true", "60, true", "180, false"})
  void tellsThatAGracePeriodIsShorterThanTheStartThatTheContainerIsGiven(int grace, boolean told) {
    SamplePlan plan =
        SamplePlan.of("slipway-new")
            .replacing(
                "\\\"essential\\\":true,",
                "\\\"essential\\\":true,\\\"healthCheck\\\":{\\\"startPeriod\\\":180},")
            .with(
                "module.service.aws_ecs_service.this",
                v -> v.put("health_check_grace_period_seconds", grace))
            .with("module.load_balancer.aws_lb_target_group", MorePlansTest::slow);
    CheckResult check = check(first(plan), "rollout");
    assertThat(check.status()).isEqualTo(Status.PASS);
    assertThat(check.observed().contains("a grace period of")).as(check.observed()).isEqualTo(told);
  }

  private static void slow(ObjectNode values) {
    values
        .withArray("health_check")
        .forEach(h -> ((ObjectNode) h).put("interval", 10).put("unhealthy_threshold", 2));
  }

  private static CheckResult check(Report report, String id) {
    return report.checks().stream().filter(c -> c.id().equals(id)).findFirst().orElseThrow();
  }

  private static Report first(SamplePlan plan) {
    return SamplePlan.report(plan.services(Account.UNASKED).getFirst());
  }
}
