package dev.slipway.validation.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.validation.check.CheckResult;
import dev.slipway.validation.check.CheckResult.Status;
import dev.slipway.validation.diagnose.Cause;
import dev.slipway.validation.report.Report;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong while a plan is applied, each beside its harmless neighbours. */
class ApplyingTest {

  private static final String GROUP = "arn:aws:elasticloadbalancing:eu-central-1:1:targetgroup/a/1";
  private static final String LISTENER =
      "{\"default_action\": [{\"target_group_arn\": \"%s\"}]}".formatted(GROUP);
  private static final String RULE =
      "{\"action\": [{\"forward\": [{\"target_group\": [{\"arn\": \"%s\"}]}]}]}".formatted(GROUP);
  private static final String OLD_GROUP = "{\"arn\": \"%s\"}".formatted(GROUP);
  private static final String OLD_SG = "{\"id\": \"sg-old\"}";
  private static final String BALANCER = "{\"security_groups\": [\"sg-old\", \"sg-1\"]}";
  private static final String SCALER =
      "{\"resource_id\": \"service/staging/orders\", \"min_capacity\": 2, \"max_capacity\": 6}";

  private static SamplePlan plan() {
    return SamplePlan.of("flat");
  }

  private static SamplePlan replaced(String type, String before, String... actions) {
    return plan().change(type, "old", before, "{}", actions);
  }

  private static CheckResult apply(Report report) {
    return report.checks().stream().filter(c -> c.id().equals("apply")).findFirst().orElseThrow();
  }

  static Stream<Arguments> stopping() {
    return Stream.of(
        arguments(
            "alb-tg-in-use-on-replace",
            replaced("aws_lb_target_group", OLD_GROUP, "delete", "create")
                .change("aws_lb_listener", "http", LISTENER, "{}", "update")),
        arguments(
            "alb-tg-in-use-on-replace",
            replaced("aws_alb_target_group", OLD_GROUP, "delete", "create")
                .change("aws_lb_listener_rule", "api", RULE, "{}", "no-op")),
        arguments(
            "tf-sg-replace-dependency",
            replaced("aws_security_group", OLD_SG, "delete", "create")
                .change("aws_lb", "main", BALANCER, "{}", "update")));
  }

  @ParameterizedTest
  @MethodSource("stopping")
  void namesWhatIsTakenAwayWhileItIsUsed(String cause, SamplePlan plan) {
    Report report = plan.report();
    assertThat(report.causes()).extracting(Cause::id).containsExactly(cause);
    assertThat(report.causes().getFirst().resource()).endsWith(".old");
    assertThat(apply(report).status()).isEqualTo(Status.FAIL);
  }

  static Stream<Arguments> harmless() {
    return Stream.of(
        arguments(
            "the new one comes first",
            replaced("aws_lb_target_group", OLD_GROUP, "create", "delete")
                .change("aws_lb_listener", "http", LISTENER, "{}", "update")),
        arguments(
            "it is only taken away, after its users have changed",
            replaced("aws_lb_target_group", OLD_GROUP, "delete")
                .change("aws_lb_listener", "http", LISTENER, "{}", "update")),
        arguments(
            "its listener is replaced too, and goes before it",
            replaced("aws_lb_target_group", OLD_GROUP, "delete", "create")
                .change("aws_lb_listener", "http", LISTENER, "{}", "delete", "create")),
        arguments(
            "its listener forwards elsewhere",
            replaced("aws_lb_target_group", OLD_GROUP, "delete", "create")
                .change("aws_lb_listener", "http", LISTENER.replace("a/1", "b/2"), "{}", "update")),
        arguments(
            "nobody has an interface in the group",
            replaced("aws_security_group", OLD_SG, "delete", "create")
                .change("aws_lb", "main", BALANCER.replace("sg-old", "sg-2"), "{}", "update")),
        arguments(
            "who had one goes before it",
            replaced("aws_security_group", OLD_SG, "delete", "create")
                .change("aws_lb", "main", BALANCER, "{}", "delete", "create")),
        arguments(
            "a service without tasks has no interface",
            replaced("aws_security_group", OLD_SG, "delete", "create")
                .change(
                    "aws_ecs_service",
                    "idle",
                    "{\"desired_count\": 0, \"network_configuration\": [{\"security_groups\":"
                        + " [\"sg-old\"]}]}",
                    "{}",
                    "update")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("harmless")
  void saysNothingWhen(String why, SamplePlan plan) {
    Report report = plan.report();
    assertThat(report.causes()).as(why).isEmpty();
    assertThat(apply(report).status()).as(why).isEqualTo(Status.SKIP);
  }

  private static SamplePlan scaled(int now, int then, String scaler, Consumer<ObjectNode> more) {
    String before =
        "{\"name\": \"orders\", \"cluster\": \"arn:aws:ecs:eu-central-1:1:cluster/staging\","
            + " \"desired_count\": %d}".formatted(now);
    return plan()
        .update("aws_ecs_service.main", before, "{\"desired_count\": %d}".formatted(then))
        .change("aws_appautoscaling_target", "tasks", scaler, scaler, "update")
        .changing("aws_appautoscaling_target.tasks", more);
  }

  @Test
  void namesTheCountThatStopsTasksOfTheAutoScaler() {
    Report report = scaled(5, 2, SCALER, c -> {}).report();
    assertThat(report.causes())
        .extracting(Cause::id)
        .containsExactly("tf-desired-count-fights-autoscaling");
    assertThat(report.causes().getFirst().explanation())
        .isEqualTo(
            "Auto scaling runs 5 tasks of service orders now, and the apply sets desired_count to"
                + " 2, which stops the others.");
  }

  static Stream<Arguments> meant() {
    String other = SCALER.replace("orders", "invoices");
    Consumer<ObjectNode> nothing = c -> {};
    Consumer<ObjectNode> fewerAtMost = c -> c.withObject("/change/after").put("max_capacity", 4);
    return Stream.of(
        arguments("it asks for more", scaled(2, 5, SCALER, nothing)),
        arguments("the number stays", scaled(5, 5, SCALER, nothing)),
        arguments("the scaler is another service's", scaled(5, 2, other, nothing)),
        arguments("nobody has scaled out", scaled(2, 1, SCALER, nothing)),
        arguments("the upper bound comes down too", scaled(5, 2, SCALER, fewerAtMost)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("meant")
  void takesACountForWhatSomebodyWantsWhen(String why, SamplePlan plan) {
    assertThat(plan.report().causes()).as(why).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"aws_lb_target_group", "aws_alb_target_group", "aws_lb", "aws_ecs_service"})
  void namesWhatIsThereAlreadyAndTheStateDoesNotKnow(String type) {
    String made = "{\"name\": \"orders\", \"cluster\": \"staging\"}";
    String known = type.replace("aws_alb", "aws_lb");
    KnownAccount account = new KnownAccount().has(known, "orders", "arn:of:orders");
    SamplePlan plan = plan().change(type, "more", "null", made, "create");

    assertThat(plan.report(account).causes())
        .extracting(Cause::id)
        .containsExactly("tf-stale-or-local-state");
    assertThat(plan.report().causes()).as("when nobody is asked").isEmpty();
    assertThat(plan.report(new KnownAccount()).causes()).as("when it is not there").isEmpty();
    assertThat(
            plan.change(type, "before", "{\"name\": \"orders\"}", "null", "delete")
                .report(account)
                .causes())
        .as("when the plan takes it away")
        .isEmpty();
  }

  private static SamplePlan logging(boolean enabled) {
    return plan()
        .with(
            "aws_lb.main",
            v ->
                v.withArray("access_logs")
                    .addObject()
                    .put("bucket", "requests")
                    .put("enabled", enabled));
  }

  private static SamplePlan bucket(SamplePlan plan) {
    return plan.plus("aws_s3_bucket", "logs", "{\"bucket\": \"requests\"}", Map.of());
  }

  private static SamplePlan policy(SamplePlan plan, String values, Map<String, String> later) {
    return plan.plus("aws_s3_bucket_policy", "logs", values, later);
  }

  @Test
  void namesTheBalancerThatMayNotWriteToItsNewBucket() {
    String elsewhere = "{\"bucket\": \"other\", \"policy\": \"{}\"}";
    for (SamplePlan plan :
        List.of(bucket(logging(true)), policy(bucket(logging(true)), elsewhere, Map.of()))) {
      assertThat(plan.report().causes())
          .extracting(Cause::id, Cause::resource)
          .containsExactly(tuple("alb-access-logs-denied", "aws_lb.main"));
    }
  }

  static Stream<Arguments> logged() {
    String own = "{\"bucket\": \"requests\"}";
    Map<String, String> later = Map.of("bucket", "aws_s3_bucket.logs", "policy", "data.x.y");
    return Stream.of(
        arguments("logs are off", bucket(logging(false))),
        arguments("the bucket is another root's", logging(true)),
        arguments("the bucket has a policy", policy(bucket(logging(true)), own, Map.of())),
        arguments("it has one that is known later", policy(bucket(logging(true)), "{}", later)),
        arguments(
            "nobody knows whose policy it is",
            policy(bucket(logging(true)), "{}", Map.of("bucket", "local.bucket"))),
        arguments(
            "the bucket brings its policy",
            logging(true)
                .plus(
                    "aws_s3_bucket",
                    "logs",
                    "{\"bucket\": \"requests\", \"policy\": \"{}\"}",
                    Map.of())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("logged")
  void letsABalancerLogWhen(String why, SamplePlan plan) {
    assertThat(plan.report().causes()).as(why).isEmpty();
  }

  private static SamplePlan deployedBy(String controller, boolean waiting) {
    return plan()
        .with(
            "aws_ecs_service.main",
            v -> {
              v.put("wait_for_steady_state", waiting);
              v.putArray("deployment_controller").addObject().put("type", controller);
            });
  }

  @Test
  void namesTheWaitingForADeploymentThatCodeDeployNeverMakes() {
    assertThat(deployedBy("CODE_DEPLOY", true).report().causes())
        .extracting(Cause::id)
        .containsExactly("tf-codedeploy-wait-hangs");
    assertThat(deployedBy("CODE_DEPLOY", false).report().causes()).isEmpty();
    assertThat(deployedBy("ECS", true).report().causes()).isEmpty();
    assertThat(
            deployedBy("CODE_DEPLOY", true)
                .changing(
                    "aws_ecs_service.main",
                    c -> c.withObject("/change").putArray("actions").add("no-op"))
                .report()
                .causes())
        .as("nothing is done with it")
        .isEmpty();
  }
}
