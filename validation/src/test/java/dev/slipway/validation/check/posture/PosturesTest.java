package dev.slipway.validation.check.posture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.slipway.validation.Sample;
import dev.slipway.validation.check.CheckResult;
import dev.slipway.validation.check.Finding;
import dev.slipway.validation.check.Judgement;
import dev.slipway.validation.check.Severity;
import dev.slipway.validation.observe.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.ecr.model.FindingSeverity;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;

class PosturesTest {

  private final PosturedSample sample = new PosturedSample();

  private List<String> causes() {
    return Postures.findings(sample.snapshot(), sample.goal()).stream()
        .map(Finding::cause)
        .toList();
  }

  @Test
  void findsNothingWrongWithASoundDeployment() {
    assertThat(causes()).isEmpty();
    assertThat(Postures.ALL)
        .filteredOn(c -> c.asked(sample.snapshot()))
        .hasSizeGreaterThan(6)
        .allSatisfy(c ->
            assertThat(c.judge(sample.snapshot(), sample.goal()))
                .isInstanceOf(Judgement.Holds.class));
  }

  @Test
  void waitsForTheReading() {
    sample.posture = dev.slipway.validation.observe.Posture.NONE;
    assertThat(Postures.of("observability").judge(sample.snapshot(), sample.goal()))
        .isInstanceOf(Judgement.NotYet.class);
    assertThat(causes()).isEmpty();
  }

  @Test
  void namesTheMissingPermissionInPlaceOfAPass() {
    sample.gap("iam:ListRoles");
    assertThat(Postures.of("identity-posture").judge(sample.snapshot(), sample.goal()))
        .isEqualTo(new Judgement.Skipped("missing permission iam:ListRoles", false));
  }

  @Test
  void isNoPassWhereALesserFlawWasFoundAndSomethingCouldNotBeRead() {
    sample.gap("iam:ListRoles");
    sample.environment("DB_PASSWORD", "hunter2");
    var check = Postures.of("identity-posture");
    Judgement judgement = check.judge(sample.snapshot(), sample.goal());
    CheckResult lenient = CheckResult.of(check, sample.goal(), judgement, Severity.CRITICAL);
    assertThat(lenient.status()).isEqualTo(CheckResult.Status.SKIP);
    assertThat(lenient.observed()).startsWith("missing permission iam:ListRoles; beside that, ");
    assertThat(CheckResult.of(check, sample.goal(), judgement, Severity.LOW).status())
        .isEqualTo(CheckResult.Status.FAIL);
  }

  @Test
  void neverShowsTheValueOfASecret() {
    sample.environment("DB_PASSWORD", "hunter2");
    assertThat(Postures.findings(sample.snapshot(), sample.goal()).toString())
        .contains("DB_PASSWORD")
        .doesNotContain("hunter2");
  }

  static Stream<Arguments> flaws() {
    return Stream.of(
        flaw(
            "sec-task-public-ip",
            s ->
                s.service(b ->
                    b.networkConfiguration(n ->
                        n.awsvpcConfiguration(v ->
                            v.subnets("subnet-a", "subnet-b")
                                .securityGroups("sg-task")
                                .assignPublicIp(AssignPublicIp.ENABLED))))),
        flaw("sec-task-sg-open-world", s -> s.ingress("0.0.0.0/0", 5000, 5000)),
        flaw("sec-task-sg-open-world", s -> s.ingress("0.0.0.0/0", 0, 65535)),
        flaw("net-single-az", s -> s.zones("eu-central-1a", "eu-central-1a")),
        flaw("svc-az-imbalance", s -> s.tasksIn("eu-central-1a", "eu-central-1a")),
        flaw("iam-static-keys-shadow-task-role", s -> s.environment("AWS_ACCESS_KEY_ID", "x")),
        flaw("td-secrets-in-env", s -> s.environment("API_TOKEN", "abc")),
        flaw("iam-role-too-wide", s -> s.policy("[\"s3:*\",\"logs:PutLogEvents\"]", "\"*\"")),
        flaw(
            "iam-oidc-sub-too-wide", s -> s.deployer("repo:acme/*", true, "\"ecs:UpdateService\"")),
        flaw(
            "iam-oidc-sub-too-wide",
            s -> s.deployer("repo:acme/shop:*", false, "[\"ecs:*\",\"iam:PassRole\"]")),
        flaw("iam-ci-role-admin", s -> s.deployer("repo:acme/shop:ref:x", true, "\"*\"")),
        flaw("td-no-logging", s -> s.silent()),
        flaw("td-root-user", s -> s.container(c -> c.user("0:0"))),
        flaw("td-writable-rootfs", s -> s.container(c -> c.readonlyRootFilesystem(false))),
        flaw("td-revision-inactive", s -> s.definition(d -> d.status("INACTIVE"))),
        flaw("svc-not-updated", s -> s.newest(9)),
        flaw("svc-exec-left-enabled", s -> s.service(b -> b.enableExecuteCommand(true))),
        flaw("svc-old-platform-version", s -> s.service(b -> b.platformVersion("1.3.0"))),
        flaw("img-critical-cves", s -> s.findings(Map.of(FindingSeverity.CRITICAL, 2))),
        flaw("img-scan-disabled", s -> s.neverScanned()),
        flaw("cost-ecr-grows", s -> s.lifecycle(Optional.empty())),
        flaw(
            "alb-cert-wrong-or-expiring",
            s ->
                s.https(
                    new Certificate(
                        "arn:aws:acm:x",
                        "ISSUED",
                        List.of("a.b"),
                        Sample.NOW.plus(Duration.ofDays(3))),
                    true)),
        flaw(
            "alb-cert-wrong-or-expiring",
            s -> s.https(new Certificate("arn:aws:acm:x", "EXPIRED", List.of("a.b"), null), true)),
        flaw(
            "alb-http-not-redirected",
            s -> s.https(new Certificate("arn:aws:acm:x", "ISSUED", List.of("a.b"), null), false)),
        flaw("alb-health-matcher-too-wide", s -> s.matcher("200-499")),
        flaw("alb-stickiness-pins-clients", s -> s.attribute("stickiness.enabled", "true")),
        flaw(
            "app-request-longer-than-drain",
            s -> s.attribute("deregistration_delay.timeout_seconds", "0")),
        flaw("svc-breaker-off-hang", s -> s.breaker(false, false, 100, 200)),
        flaw("svc-breaker-no-rollback", s -> s.breaker(true, false, 100, 200)),
        flaw("svc-min-zero-downtime", s -> s.breaker(true, true, 0, 200)),
        flaw("svc-min-max-deadlock", s -> s.breaker(true, true, 100, 100)),
        flaw(
            "svc-spot-interruption",
            s ->
                s.service(b ->
                    b.capacityProviderStrategy(
                        CapacityProviderStrategyItem.builder()
                            .capacityProvider("FARGATE_SPOT")
                            .weight(1)
                            .build()))),
        flaw("obs-alarm-firing", s -> s.alarm(alarm("ALARM", true))),
        flaw("obs-alarm-not-wired", s -> s.alarm(alarm("OK", false))),
        flaw(
            "iam-execution-role-missing-logs",
            s -> s.policy("[\"ecr:GetAuthorizationToken\"]", "\"*\"")),
        flaw("td-log-group-missing", s -> s.logsTo("/ecs/gone", "eu-central-1", "false")),
        flaw("obs-log-group-no-retention", s -> s.retention(null)),
        flaw("obs-no-container-insights", s -> s.insights("disabled")));
  }

  private static MetricAlarm alarm(String state, boolean wired) {
    return MetricAlarm.builder()
        .alarmName("orders-5xx")
        .stateValue(state)
        .actionsEnabled(wired)
        .alarmActions("arn:aws:sns:eu-central-1:123456789012:alarms")
        .build();
  }

  private static Arguments flaw(String cause, Consumer<PosturedSample> change) {
    return arguments(cause, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("flaws")
  void findsTheOneThingThatIsWrong(String cause, Consumer<PosturedSample> change) {
    change.accept(sample);
    assertThat(causes()).containsExactly(cause);
  }

  static Stream<Arguments> harmless() {
    return Stream.of(
        flaw("a switch is no secret", s -> s.environment("USE_TOKEN", "true")),
        flaw("a reference is no secret", s -> s.environment("DB_PASSWORD", "arn:aws:ssm:x")),
        flaw("a file's name is no secret", s -> s.environment("TLS_SECRET", "/run/secret")),
        flaw("the name of a secret is none", s -> s.environment("SECRET_NAME", "orders")),
        flaw("a private range may come in", s -> s.ingress("10.0.0.0/16", 5000, 5000)),
        flaw("another port may be open", s -> s.ingress("0.0.0.0/0", 443, 443)),
        flaw("two tasks in two zones", s -> s.tasksIn("eu-central-1a", "eu-central-1b")),
        flaw("a narrow policy", s -> s.policy("[\"s3:GetObject\",\"logs:PutLogEvents\"]", "\"*\"")),
        flaw(
            "a bulk action on one resource",
            s -> s.policy("[\"s3:*\",\"logs:PutLogEvents\"]", "\"arn:x\"")),
        flaw(
            "a scoped subject",
            s -> s.deployer("repo:acme/shop:environment:prod", true, "\"ecs:UpdateService\"")),
        flaw(
            "a role that does not deploy",
            s -> s.deployer("repo:acme/*", true, "\"s3:GetObject\"")),
        flaw("logs in another region", s -> s.logsTo("/ecs/gone", "eu-west-1", "false")),
        flaw("a task makes its log group", s -> s.logsTo("/ecs/gone", "eu-central-1", "true")),
        flaw("a log group that is there", s -> s.logsTo("/ecs/orders", "eu-central-1", "false")),
        flaw("a user that is not root", s -> s.container(c -> c.user("10001:0"))),
        flaw("the default platform", s -> s.service(b -> b.platformVersion("LATEST"))),
        flaw("an older revision is registered", s -> s.newest(1)),
        flaw(
            "the wanted revision is named",
            s -> {
              s.newest(9);
              s.wanted = s.wanted.withRevision("orders:2");
            }),
        flaw("lesser findings", s -> s.findings(Map.of(FindingSeverity.HIGH, 2))),
        flaw("mutable tags with a digest", s -> s.mutability(ImageTagMutability.MUTABLE)),
        flaw("a list of good codes", s -> s.matcher("200,204")),
        flaw(
            "a valid certificate and a redirect",
            s ->
                s.https(
                    new Certificate(
                        "arn:aws:acm:x",
                        "ISSUED",
                        List.of("a.b"),
                        Sample.NOW.plus(Duration.ofDays(99))),
                    true)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("harmless")
  void raisesNoFalseAlarm(String why, Consumer<PosturedSample> change) {
    change.accept(sample);
    assertThat(causes()).isEmpty();
  }

  @Test
  void takesAnAlarmWithoutDataForAdvice() {
    sample.alarm(
        alarm("ALARM", true).toBuilder()
            .stateReason("Threshold Crossed: no datapoints were received for 3 periods.")
            .build());
    assertThat(Postures.findings(sample.snapshot(), sample.goal()))
        .extracting(Finding::severity)
        .containsExactly(Severity.LOW);
  }

  @Test
  void doesNotMindAnAlarmThatOnlyScales() {
    sample.alarm(
        alarm("ALARM", true).toBuilder()
            .alarmName("TargetTracking-service/staging/orders-AlarmLow-1")
            .alarmActions(
                "arn:aws:autoscaling:eu-central-1:123456789012:scalingPolicy:1:resource/ecs/service/staging/orders:policyName/cpu")
            .build());
    assertThat(causes()).isEmpty();
  }

  @Test
  void takesAnAlarmOfTheRolloutItselfForAdvice() {
    sample.service(b ->
        b.deployments(
            Sample.deployment("ecs-svc/2", "PRIMARY", 2, DeploymentRolloutState.COMPLETED)
                .toBuilder()
                .createdAt(Sample.NOW)
                .updatedAt(Sample.NOW.plusSeconds(90))
                .build()));
    sample.alarm(
        alarm("ALARM", true).toBuilder().stateUpdatedTimestamp(Sample.NOW.plusSeconds(60)).build());
    assertThat(Postures.findings(sample.snapshot(), sample.goal()))
        .extracting(Finding::severity)
        .containsExactly(Severity.LOW);
  }

  private Severity ofAnAlarm(int seconds, int lookedAfter) {
    PosturedSample young = new PosturedSample();
    young.service(b ->
        b.createdAt(Sample.NOW)
            .deployments(
                Sample.deployment("ecs-svc/2", "PRIMARY", 2, DeploymentRolloutState.COMPLETED)
                    .toBuilder()
                    .createdAt(Sample.NOW.plusSeconds(5))
                    .updatedAt(Sample.NOW.plusSeconds(90))
                    .build()));
    young.alarm(
        alarm("ALARM", true).toBuilder()
            .stateUpdatedTimestamp(Sample.NOW.plusSeconds(seconds))
            .build());
    young.observedAt = Sample.NOW.plusSeconds(lookedAfter);
    return Postures.findings(young.snapshot(), young.goal()).getFirst().severity();
  }

  @Test
  void doesNotBlameANewServiceForAnAlarmThatRangBeforeItWasThereUntilItHadTimeToEndIt() {
    assertThat(ofAnAlarm(-60, 120)).isEqualTo(Severity.LOW);
    assertThat(ofAnAlarm(-60, 500)).isEqualTo(Severity.HIGH);
    assertThat(ofAnAlarm(2, 120)).isEqualTo(Severity.HIGH);
  }

  @Test
  void tellsTheWorstSeverityOfACheck() {
    sample.environment("AWS_SECRET_ACCESS_KEY", "x");
    assertThat(Postures.of("identity-posture").judge(sample.snapshot(), sample.goal()))
        .isInstanceOfSatisfying(
            Judgement.Flawed.class, f -> assertThat(f.worst()).isEqualTo(Severity.HIGH));
  }
}
