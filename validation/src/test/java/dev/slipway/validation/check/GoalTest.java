package dev.slipway.validation.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.Sample;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ContainerImage;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;

class GoalTest {

  private static final String OTHER = "sha256:" + "b".repeat(64);

  private final Sample sample = new Sample();

  private void containers(String... names) {
    sample.definitions.replaceAll((_, d) ->
        d.toBuilder()
            .containerDefinitions(
                List.of(names).stream()
                    .map(n ->
                        ContainerDefinition.builder()
                            .name(n.replace("!", ""))
                            .image("registry/" + n.replace("!", "") + ":1")
                            .essential(!n.endsWith("!"))
                            .build())
                    .toList())
            .build());
  }

  @Test
  void isWhatTheNewestDeploymentLeadsTo() {
    Goal goal = sample.goal();
    assertThat(goal.taskDefinition()).isEqualTo(Sample.TASK_DEFINITION);
    assertThat(goal.revision()).isEqualTo("orders:2");
    assertThat(goal.container()).isEqualTo("app");
    assertThat(goal.image()).isEqualTo(Sample.REPOSITORY + "@" + Sample.DIGEST);
    assertThat(goal.digest()).isEqualTo(Sample.DIGEST);
  }

  @Test
  void staysWhatWasRolledOutAfterARollback() {
    assertThat(sample.rolledBack().goal().taskDefinition()).isEqualTo(Sample.TASK_DEFINITION);
  }

  @Test
  void isThePrimarysWhenNoServiceDeploymentIsKnown() {
    sample.serviceDeployments.clear();
    sample.service(s -> s.taskDefinition("nothing"));
    assertThat(sample.goal().taskDefinition()).isEqualTo(Sample.TASK_DEFINITION);
  }

  @Test
  void isTheServicesOwnWhenNothingElseIsKnown() {
    sample.serviceDeployments.clear();
    sample.service(s -> s.deployments(List.of()).taskDefinition(Sample.OLD_TASK_DEFINITION));
    assertThat(sample.goal().taskDefinition()).isEqualTo(Sample.OLD_TASK_DEFINITION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"orders:1", "arn:aws:ecs:eu-central-1:123456789012:task-definition/orders:1"})
  void isTheWantedRevision(String wanted) {
    sample.wanted = sample.wanted.withRevision(wanted);
    assertThat(sample.goal().taskDefinition()).isEqualTo(Sample.OLD_TASK_DEFINITION);
  }

  @Test
  void isTheNewestOfAWantedFamily() {
    sample.wanted = sample.wanted.withRevision("orders");
    assertThat(sample.goal().taskDefinition()).isEqualTo(Sample.TASK_DEFINITION);
  }

  @Test
  void isTheWantedRevisionThoughNobodyKnowsIt() {
    sample.wanted = sample.wanted.withRevision("invoices:9");
    assertThat(sample.goal().taskDefinition()).isEqualTo("invoices:9");
    assertThat(sample.goal().image()).isEmpty();
  }

  @Test
  void takesTheContainerBehindTheLoadBalancer() {
    containers("first", "app", "last");
    assertThat(sample.goal().container()).isEqualTo("app");
    assertThat(sample.goal().image()).isEqualTo("registry/app:1");
  }

  @Test
  void takesTheFirstEssentialContainerOfAServiceWithoutALoadBalancer() {
    containers("sidecar!", "main", "other");
    sample.service(s -> s.loadBalancers(List.of()));
    assertThat(sample.goal().container()).isEqualTo("main");
  }

  @Test
  void takesTheFirstEssentialContainerWhenTheLoadBalancerNamesAStranger() {
    containers("sidecar!", "main");
    assertThat(sample.goal().container()).isEqualTo("main");
  }

  @Test
  void prefersTheWantedDigest() {
    sample.wanted = sample.wanted.withImageDigest(OTHER);
    assertThat(sample.goal().digest()).isEqualTo(OTHER);
  }

  @Test
  void takesTheDigestThatTheDefinitionIsPinnedTo() {
    sample.definitions.replaceAll((_, d) ->
        d.toBuilder()
            .containerDefinitions(
                ContainerDefinition.builder().name("app").image("registry/app@" + OTHER).build())
            .build());
    assertThat(sample.goal().digest()).isEqualTo(OTHER);
  }

  @Test
  void takesTheDigestThatEcsResolvedTheTagTo() {
    containers("sidecar", "app");
    assertThat(sample.goal().digest()).isEqualTo(Sample.DIGEST);
    sample.revisions.replaceAll((_, r) ->
        r.toBuilder()
            .containerImages(
                software.amazon.awssdk.services.ecs.model.ContainerImage.builder()
                    .containerName("sidecar")
                    .imageDigest(OTHER)
                    .build(),
                software.amazon.awssdk.services.ecs.model.ContainerImage.builder()
                    .containerName("app")
                    .build())
            .build());
    assertThat(sample.goal().digest()).isEmpty();
  }

  @Test
  void takesNoDigestOfAnotherRevision() {
    containers("app");
    sample.deployment(1, ServiceDeploymentStatus.SUCCESSFUL);
    sample.wanted = sample.wanted.withRevision("orders:2");
    assertThat(sample.goal().digest()).isEmpty();
  }

  @Test
  void hasNoImageWithoutADefinition() {
    sample.definitions = Map.of();
    assertThat(sample.goal().image()).isEmpty();
    assertThat(sample.goal().container()).isEqualTo("app");
  }

  @Test
  void isTheWantedRevisionThatIsDeployedThoughItMayNotBeRead() {
    sample.definitions.clear();
    sample.wanted = sample.wanted.withRevision("orders:2");
    assertThat(sample.goal().taskDefinition()).isEqualTo(Sample.TASK_DEFINITION);
    sample.wanted = sample.wanted.withRevision(Sample.TASK_DEFINITION);
    assertThat(sample.goal().taskDefinition()).isEqualTo(Sample.TASK_DEFINITION);
    sample.wanted = sample.wanted.withRevision("orders:9");
    assertThat(sample.goal().taskDefinition()).isEqualTo("orders:9");
  }

  @Test
  void takesTheContainerBehindTheLoadBalancerThoughTheDefinitionMayNotBeRead() {
    sample.definitions.clear();
    sample.service(s ->
        s.loadBalancers(
            LoadBalancer.builder().targetGroupArn("x").build(),
            LoadBalancer.builder().targetGroupArn("y").containerName("proxy").build()));
    assertThat(sample.goal().container()).isEqualTo("proxy");
  }

  /** Which of two containers serves, nobody can tell. */
  @ParameterizedTest
  @CsvSource({"app,app", "app proxy,''"})
  void takesTheOnlyContainerThatEcsResolvedTheImageOf(String containers, String goal) {
    sample.definitions.clear();
    sample.service(s -> s.loadBalancers(List.of()));
    sample.revisions.replaceAll((_, r) ->
        r.toBuilder()
            .containerImages(
                List.of(containers.split(" ")).stream()
                    .map(n -> ContainerImage.builder().containerName(n).build())
                    .toList())
            .build());
    assertThat(sample.goal().container()).isEqualTo(goal);
  }
}
