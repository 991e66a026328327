package dev.slipway.validation.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.Sample;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;

class TargetsCheckTest {

  private final Sample sample = new Sample();

  private Judgement judged() {
    return new TargetsCheck().judge(sample.snapshot(), sample.goal());
  }

  @Test
  void holdsWhenHealthyTargetsAreExactlyTheTasks() {
    assertThat(judged()).isInstanceOf(Judgement.Holds.class);
    assertThat(judged().observed()).isEqualTo("orders: 2 of 2 tasks healthy");
  }

  @Test
  void waitsForATaskThatIsNotYetHealthy() {
    sample.targets.set(
        1, Sample.target("10.0.2.10", "initial", "Initial health checks in progress"));
    assertThat(judged()).isInstanceOf(Judgement.NotYet.class);
    assertThat(judged().evidence())
        .contains("target 10.0.2.10:5000 in orders initial: Initial health checks in progress");
  }

  @Test
  void doesNotPassOnAnEmptyTargetGroupWithoutTasks() {
    sample.targets.clear();
    sample.tasks.clear();
    assertThat(judged()).isInstanceOf(Judgement.NotYet.class);
  }

  @Test
  void waitsForTheTaskThatReplacesOne() {
    sample.tasks.removeLast();
    sample.targets.removeLast();
    assertThat(judged()).isInstanceOf(Judgement.NotYet.class);
    assertThat(judged().observed()).isEqualTo("orders: 1 of 1 tasks healthy, of 2 wanted");
  }

  @Test
  void holdsOnceScalingInIsDone() {
    sample.tasks.removeLast();
    sample.targets.removeLast();
    sample.service(s -> s.desiredCount(1).runningCount(1));
    assertThat(judged()).isInstanceOf(Judgement.Holds.class);
  }

  @Test
  void waitsOnlyShortlyForAForeignTargetToGo() {
    sample.targets.add(Sample.target("10.9.9.9", "healthy", null));
    assertThat(judged())
        .isInstanceOfSatisfying(
            Judgement.NotYet.class, n -> assertThat(n.patience()).isEqualTo(TargetsCheck.FOREIGN));
    assertThat(judged().observed())
        .isEqualTo("orders: 2 of 2 tasks healthy, foreign target 10.9.9.9:5000");
  }

  @Test
  void doesNotMindTargetsThatDrain() {
    sample.targets.add(
        Sample.target("10.0.1.9", "draining", "Target deregistration is in progress"));
    assertThat(judged()).isInstanceOf(Judgement.Holds.class);
  }

  @Test
  void waitsWhileTasksOfTheOldRevisionAreTargets() {
    sample.rollingOut();
    assertThat(judged()).isInstanceOf(Judgement.NotYet.class);
  }

  @Test
  void doesNotApplyToAServiceWithoutTargetGroup() {
    sample.service(s -> s.loadBalancers(List.of()));
    assertThat(judged()).isEqualTo(new Judgement.Skipped("the service has no target group", false));
  }

  @Test
  void doesNotPassWhenHealthMayNotBeRead() {
    sample.gap("elasticloadbalancing:DescribeTargetHealth");
    assertThat(judged())
        .isEqualTo(
            new Judgement.Skipped(
                "missing permission elasticloadbalancing:DescribeTargetHealth", true));
  }

  @Test
  void accusesNoTargetWhenTasksMayNotBeListed() {
    sample.tasks.clear();
    sample.gap("ecs:ListTasks");
    assertThat(judged()).isEqualTo(new Judgement.Skipped("missing permission ecs:ListTasks", true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"elasticloadbalancing:DescribeTargetGroups", "ecs:DescribeTasks", "ecs:ListTasks"})
  void doesNotPassOnWhatMayNotBeRead(String action) {
    sample.gap(action);
    assertThat(judged()).isEqualTo(new Judgement.Skipped("missing permission " + action, true));
  }

  @Test
  void countsTargetsOfAnotherRevisionApartFromForeignOnes() {
    sample.rollingOut();
    assertThat(judged().observed())
        .isEqualTo("orders: 0 of 0 tasks healthy, 2 of another revision");
  }

  private void attached(LoadBalancer... more) {
    List<LoadBalancer> all = new ArrayList<>(List.of(more));
    all.addFirst(sample.service.loadBalancers().getFirst());
    sample.service(s -> s.loadBalancers(all));
  }

  /** A Classic Load Balancer has no target group. */
  @Test
  void looksAtTargetGroupsOnly() {
    attached(LoadBalancer.builder().loadBalancerName("classic").containerPort(5000).build());
    assertThat(judged().observed()).isEqualTo("orders: 2 of 2 tasks healthy");
  }

  @Test
  void demandsTheTasksInEveryTargetGroup() {
    attached(
        LoadBalancer.builder()
            .targetGroupArn(Sample.TARGET_GROUP.replace("/orders/", "/inner/"))
            .containerName("app")
            .containerPort(5000)
            .build());
    assertThat(judged()).isInstanceOf(Judgement.NotYet.class);
    assertThat(judged().observed()).isEqualTo("inner: 0 of 2 tasks healthy");
  }

  @Test
  void showsEveryTargetOfEveryGroup() {
    attached(sample.service.loadBalancers().getFirst());
    assertThat(judged().observed())
        .isEqualTo("orders: 2 of 2 tasks healthy; orders: 2 of 2 tasks healthy");
    assertThat(judged().evidence()).hasSize(4).contains("target 10.0.1.10:5000 in orders healthy");
  }
}
