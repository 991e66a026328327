package dev.slipway.validation.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.validation.FakeAws;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ObserverTest {

  private static final String THROTTLED =
      "{\"__type\":\"ThrottlingException\",\"message\":\"Rate exceeded\"}";

  private static final Pace PACE =
      new Pace(Duration.ofMillis(1), Duration.ofMillis(4), Duration.ofSeconds(5), 1);

  private FakeAws fake;
  private AwsClients clients;
  private Observer observer;

  @BeforeEach
  void start() throws Unanswered {
    fake = new FakeAws();
    clients = AwsClients.of("");
    observer =
        new Observer(
            clients,
            Wanted.of("staging", "orders"),
            (_, _) -> new Probe.Answer(200, "", "", ""),
            PACE,
            InstantSource.system(),
            Waiter.REAL);
  }

  @AfterEach
  void stop() {
    observer.close();
    clients.close();
    fake.close();
  }

  private FakeAws sound() {
    return ObservedService.sound(fake);
  }

  private Snapshot after(long number) throws Exception {
    return observer.after(number, Instant.now().plusSeconds(20));
  }

  @Test
  void readsAServiceWithItsTasks() throws Exception {
    sound();
    observer.start();
    Snapshot snapshot = after(0);
    assertThat(snapshot.account()).isEqualTo("123456789012");
    assertThat(snapshot.region()).isEqualTo("eu-central-1");
    assertThat(snapshot.rollout().service().serviceName()).isEqualTo("orders");
    assertThat(snapshot.tasks()).extracting(Tasks::id).containsExactly("b", "a");
    assertThat(snapshot.frontDoor()).isEqualTo(FrontDoor.NONE);
    assertThat(snapshot.surroundings()).isEqualTo(Surroundings.NONE);
    assertThat(snapshot.gaps()).isEmpty();
  }

  @Test
  void asksOnceForWhatDoesNotChange() throws Exception {
    sound();
    observer.start();
    after(after(after(0).number()).number());
    assertThat(Collections.frequency(fake.asked(), "DescribeTaskDefinition")).isEqualTo(1);
    assertThat(Collections.frequency(fake.asked(), "DescribeServices")).isGreaterThan(2);
  }

  @Test
  void notesWhatItMayNotReadUntilItMay() throws Exception {
    // More than once: on a busy machine the first snapshot is over before it is asked for.
    for (int i = 0; i < 10; i++) {
      fake.when(
          "ListServiceDeployments",
          400,
          "{\"__type\":\"AccessDeniedException\",\"message\":\"no\"}");
    }
    sound();
    observer.start();
    Snapshot snapshot = after(0);
    assertThat(snapshot.gap("ecs:ListServiceDeployments").orElseThrow().sentence())
        .isEqualTo("missing permission ecs:ListServiceDeployments");
    while (snapshot.gap("ecs:ListServiceDeployments").isPresent()) {
      snapshot = after(snapshot.number());
    }
  }

  @Test
  void goesOnThroughThrottling() throws Exception {
    for (int i = 0; i < 5; i++) {
      fake.when("DescribeServices", 400, THROTTLED);
    }
    sound();
    observer.start();
    assertThat(after(0).rollout().service().serviceName()).isEqualTo("orders");
  }

  @Test
  void showsWhatIsCheckedThoughWhatOnlyExplainsIsThrottled() throws Exception {
    ObservedService.stopped(fake).when("DescribeLogGroups", 400, THROTTLED);
    observer.start();
    Snapshot snapshot = after(0);
    assertThat(snapshot.rollout().service().desiredCount()).isZero();
    assertThat(snapshot.surroundings()).isEqualTo(Surroundings.NONE);
    assertThat(fake.asked()).contains("DescribeLogGroups");
  }

  @Test
  void givesUpWhenAllItHearsUntilTheDeadlineIsThrottling() {
    fake.when("DescribeServices", 400, THROTTLED);
    observer.start();
    assertThatThrownBy(() -> observer.after(0, Instant.now().plusMillis(10)))
        .isInstanceOfSatisfying(
            Unanswered.class, e -> assertThat(e.trouble()).isEqualTo(Trouble.THROTTLED));
  }

  @Test
  void saysAtOnceThatTheClusterDoesNotExist() {
    fake.when(
        "DescribeServices",
        400,
        "{\"__type\":\"ClusterNotFoundException\",\"message\":\"Cluster not found.\"}");
    observer.start();
    assertThatThrownBy(() -> after(0))
        .isInstanceOfSatisfying(
            WrongAddress.class, e -> assertThat(e.kind()).isEqualTo(WrongAddress.Kind.CLUSTER));
  }

  @Test
  void slowsDownWithEveryFailureButNotForEver() {
    assertThat(Pace.NORMAL.after(0)).isEqualTo(Duration.ofMillis(500));
    assertThat(Pace.NORMAL.after(2)).isEqualTo(Duration.ofSeconds(2));
    assertThat(Pace.NORMAL.after(50)).isEqualTo(Duration.ofSeconds(16));
  }
}
