package dev.slipway.validation.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RatesTest {

  private final AtomicLong now = new AtomicLong(-5);
  private final List<Duration> pauses = new ArrayList<>();

  /** Whoever waits moves the time on. */
  private final Rates rates =
      new Rates(
          now::get,
          pause -> {
            pauses.add(pause);
            now.addAndGet(pause.toNanos());
          });

  private void take(int times, String service, String operation) throws InterruptedException {
    for (int i = 0; i < times; i++) {
      rates.take(service, operation);
    }
  }

  private Duration waited() {
    return pauses.stream().reduce(Duration.ZERO, Duration::plus);
  }

  @Test
  void usesHalfOfABurstAtOnceAndThenHalfOfTheRate() throws Exception {
    take(50, "ECS", "DescribeServices");
    assertThat(pauses).isEmpty();
    take(30, "ECS", "DescribeServices");
    assertThat(waited()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void letsOperationsOfOneGroupShareABucket() throws Exception {
    take(25, "ECS", "ListTasks");
    take(25, "ECS", "DescribeTasks");
    take(1, "ECS", "ListTasks");
    assertThat(waited()).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void doesNotHoldOneGroupBackForAnother() throws Exception {
    take(50, "ECS", "DescribeServices");
    take(25, "ECS", "DescribeServiceRevisions");
    take(25, "ECS", "DescribeServiceDeployments");
    take(25, "Elastic Load Balancing v2", "DescribeTargetHealth");
    take(25, "Elastic Load Balancing v2", "DescribeRules");
    assertThat(pauses).isEmpty();
  }

  @Test
  void fillsABucketUpAgainButNotOverItsRim() throws Exception {
    take(50, "ECS", "DescribeServices");
    now.addAndGet(Duration.ofHours(1).toNanos());
    take(50, "ECS", "DescribeServices");
    assertThat(pauses).isEmpty();
    take(1, "ECS", "DescribeServices");
    assertThat(pauses).containsExactly(Duration.ofMillis(100));
  }
}
