package dev.slipway.validation.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.Sample;
import dev.slipway.validation.observe.ImageName;
import dev.slipway.validation.observe.Probe;
import dev.slipway.validation.observe.Registry;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;
import software.amazon.awssdk.services.ecs.model.ServiceRevision;

/** All tasks run, and yet the wanted service does not answer as it should. */
// The SDK's builders take generic varargs without @SafeVarargs.
@SuppressWarnings("unchecked")
class FrontDoorDiagnosisTest extends Diagnosed {

  private static final String OTHER = "sha256:" + "b".repeat(64);

  @Test
  void doesNotTakeAnAnswerForHealth() {
    unhealthy("Health checks failed with these codes: [503]");
    assertThat(first().id()).isEqualTo("alb-fail-open");
    assertThat(first().resource()).isEqualTo(Sample.TARGET_GROUP);
    assertThat(first().explanation())
        .isEqualTo(
            "Every target of group orders is unhealthy, so the load balancer sends requests to all of"
                + " them: that it answers does not show that the service is well.");
    assertThat(first().decisive()).isTrue();
  }

  @Test
  void namesTheWrongPathBeforeWhatFollowsFromIt() {
    unhealthy("Health checks failed with these codes: [404]");
    assertThat(ids()).containsExactly("alb-health-path-404");
    assertThat(first().evidence())
        .anyMatch(e -> e.startsWith("consequence: Every target of group orders is unhealthy"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"healthy", "initial"})
  void seesNoFailOpenWhileOneTargetMayStillServe(String state) {
    unhealthy("Health checks failed with these codes: [503]");
    sample.targets.set(1, Sample.target("10.0.2.10", state, null));
    assertThat(ids()).doesNotContain("alb-fail-open");
  }

  private void answered(int status, String server) {
    sample.answers(status, 4, "");
    sample.probe =
        new Probe(
            sample.probe.url(),
            sample.probe.startedAt(),
            sample.probe.answers().stream()
                .map(a -> new Probe.Answer(a.status(), server, a.body(), a.error()))
                .toList());
  }

  @ParameterizedTest
  @CsvSource({
    "403,a web ACL of AWS WAF blocks it",
    "401,a rule that authenticates turns it away",
  })
  void namesWhatTurnsPeopleAwayBeforeTheService(int status, String why) {
    answered(status, "awselb/2.0");
    assertThat(first().id()).isEqualTo("alb-waf-or-auth-blocks-users");
    assertThat(first().explanation())
        .isEqualTo(
            "The load balancer itself answers %s with HTTP %d: %s, and no request reaches service"
                    .formatted(sample.probe.url(), status, why)
                + " orders.");
  }

  /** Harmless: the application's own refusal, and other answers of the load balancer. */
  @ParameterizedTest
  @CsvSource({"403,nginx", "401,''", "503,awselb/2.0", "200,awselb/2.0"})
  void blamesNoWebAclForWhatOthersAnswer(int status, String server) {
    answered(status, server);
    assertThat(ids()).doesNotContain("alb-waf-or-auth-blocks-users");
  }

  @Test
  void namesTheTargetThatIsNoTaskOfTheService() {
    sample.targets.add(Sample.target("10.0.9.9", "healthy", null));
    assertThat(ids()).containsExactly("alb-foreign-target");
    assertThat(first().explanation())
        .isEqualTo(
            "10.0.9.9:5000 in target group orders is no task of service orders; requests may reach"
                + " it.");
    assertThat(first().fix().cli())
        .isEqualTo(
            "aws elbv2 deregister-targets --target-group-arn %s --targets Id=10.0.9.9,Port=5000"
                .formatted(Sample.TARGET_GROUP));
  }

  @Test
  void namesATaskThatIsNoTarget() {
    sample.targets.remove(1);
    assertThat(ids()).containsExactly("alb-target-missing");
    assertThat(first().explanation())
        .isEqualTo(
            "Task task2 of service orders runs and is no target of group orders, so it gets no"
                + " request.");
    assertThat(first().decisive()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"healthy", "initial", "unhealthy", "draining"})
  void missesNoTargetThatIsListed(String state) {
    sample.targets.set(1, Sample.target("10.0.2.10", state, "Health checks failed"));
    assertThat(ids()).doesNotContain("alb-target-missing");
  }

  @Test
  void takesNoDrainingTargetAndNoUnreadableTaskForAStranger() {
    sample.targets.add(Sample.target("10.0.9.9", "draining", null));
    assertThat(causes()).isEmpty();
    sample.targets.add(Sample.target("10.0.9.8", "healthy", null));
    sample.gap("ecs:DescribeTasks");
    assertThat(causes()).isEmpty();
  }

  @Test
  void namesTheLoadBalancerThatDoesNotServeAZone() {
    sample.targets.set(
        1,
        Sample.target(
            "10.0.2.10",
            "unused",
            "Target is in an Availability Zone that is not enabled for the load balancer"));
    assertThat(ids()).containsExactly("alb-zone-not-enabled");
    assertThat(first().resource()).isEqualTo(Sample.BALANCER);
    assertThat(first().explanation())
        .isEqualTo(
            "1 of 2 targets of group orders lie in a zone that the load balancer does not serve, so"
                + " they get no request.");
  }

  @Test
  void namesTheTargetGroupThatNoRuleLeadsTo() {
    sample.rules.clear();
    sample.rules.add(Sample.forward("default", Sample.TARGET_GROUP.replace("orders", "payments")));
    assertThat(ids()).contains("alb-no-rule-for-service");
    sample.gap("elasticloadbalancing:DescribeRules");
    assertThat(ids()).doesNotContain("alb-no-rule-for-service");
  }

  @ParameterizedTest
  @CsvSource({
    "500,app-shallow-health",
    "502,app-shallow-health",
    "404,app-answers-not-200",
    "401,app-answers-not-200",
    "302,app-answers-not-200"
  })
  void readsWhatTheServicesOwnTasksAnswer(int status, String id) {
    sample.answers(status, 4, "");
    assertThat(ids()).containsExactly(id);
    assertThat(first().decisive()).isTrue();
  }

  @Test
  void doesNotJudgeAnswersWhileTheRolloutIsUnderWay() {
    first(DeploymentRolloutState.IN_PROGRESS);
    sample.answers(500, 4, "");
    assertThat(causes()).isEmpty();
  }

  @Test
  void namesTheRevisionThatTheServiceWasNeverToldOf() {
    sample.wanted = sample.wanted.withRevision("orders:3");
    assertThat(ids()).containsExactly("svc-not-updated");
    assertThat(first().explanation())
        .isEqualTo("Service orders is COMPLETED on orders:2 and was never told to run orders:3.");
    assertThat(first().decisive()).isFalse();
  }

  @Test
  void namesADeploymentThatBroughtThePreviousRevisionBack() {
    sample.wanted = sample.wanted.withRevision("orders:2");
    var wanted = sample.serviceDeployments.getFirst();
    sample.deployment(1, ServiceDeploymentStatus.SUCCESSFUL);
    sample.serviceDeployments.add(
        wanted.toBuilder().createdAt(Sample.NOW.minusSeconds(300)).build());
    sample.service(s ->
        s.deployments(
            Sample.deployment("ecs-svc/3", "PRIMARY", 1, DeploymentRolloutState.COMPLETED)));
    assertThat(first().id()).isEqualTo("svc-completed-but-previous-revision");
    assertThat(first().explanation())
        .isEqualTo("Service orders is COMPLETED on orders:1, which was deployed after orders:2.");
    assertThat(first().decisive()).isTrue();
  }

  private void wantedDigest(String named) {
    sample.definitions.put(Sample.TASK_DEFINITION, Sample.definition(2, named));
    Map<ImageName, Registry.Lookup> images = new HashMap<>(sample.registry.images());
    for (ImageName image :
        new ImageName[] {ImageName.parse(named), new ImageName(Sample.REPOSITORY, "", OTHER)}) {
      images.put(
          image, new Registry.Lookup(true, ImageDetail.builder().imageDigest(OTHER).build()));
    }
    sample.registry = new Registry(sample.registry.repositories(), images);
    sample.wanted = sample.wanted.withImageDigest(OTHER);
  }

  @Test
  void namesATagThatMovedWithoutADeployment() {
    wantedDigest(Sample.REPOSITORY + ":latest");
    assertThat(first().id()).isEqualTo("img-tag-moved-no-deployment");
    assertThat(first().decisive()).isTrue();
  }

  @Test
  void namesARevisionThatNamesAnotherImage() {
    wantedDigest(Sample.REPOSITORY + "@" + Sample.DIGEST);
    assertThat(first().id()).isEqualTo("svc-runs-another-image");
    assertThat(first().resource()).isEqualTo(Sample.TASK_DEFINITION);
  }

  /** The same task definition was deployed before, when its tag named this digest. */
  private void deployedBefore(String digest) {
    var now = sample.serviceDeployments.getFirst();
    String arn = "arn:aws:ecs:eu-central-1:123456789012:service-revision/staging/orders/first";
    sample.revisions.put(
        arn,
        ServiceRevision.builder()
            .serviceRevisionArn(arn)
            .taskDefinition(Sample.TASK_DEFINITION)
            .containerImages(i -> i.containerName("app").imageDigest(digest))
            .build());
    sample.serviceDeployments.add(
        now.toBuilder()
            .createdAt(Sample.NOW.minusSeconds(900))
            .targetServiceRevision(t -> t.arn(arn))
            .build());
  }

  @Test
  void namesATagThatWasMovedAwayFromTheWantedImageAndDeployedAgain() {
    wantedDigest(Sample.REPOSITORY + ":live");
    sample.registry =
        new Registry(
            sample.registry.repositories(),
            Map.of(
                new ImageName(Sample.REPOSITORY, "", OTHER),
                new Registry.Lookup(true, ImageDetail.builder().imageDigest(OTHER).build())));
    deployedBefore(OTHER);
    sample.answers(200, 4, "{\"revision\":\"0ther\"}");
    sample.wanted = sample.wanted.withCommit(Sample.COMMIT);
    assertThat(ids()).containsExactly("img-tag-moved-backwards");
    assertThat(first().resource()).isEqualTo(Sample.REPOSITORY + ":live");
    assertThat(first().explanation())
        .startsWith("orders:2 was deployed when tag live named the wanted ");
    assertThat(first().decisive()).isTrue();
  }

  @Test
  void findsNoTagMovedBackwardsWhereItMovedOnToTheWantedImage() {
    wantedDigest(Sample.REPOSITORY + ":live");
    sample.wanted = sample.wanted.withImageDigest(Sample.DIGEST);
    deployedBefore(OTHER);
    assertThat(causes()).isEmpty();
  }

  @Test
  void blamesTheBuildWhereTheWantedImageRuns() {
    sample.wanted = sample.wanted.withImageDigest(Sample.DIGEST).withCommit(Sample.COMMIT);
    sample.answers(200, 4, "{\"revision\":\"0ther\"}");
    assertThat(ids()).containsExactly("app-serves-old-build");
  }
}
