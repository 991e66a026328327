package dev.slipway.twin.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.twin.elbv2.ElbWorld;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Targets that leave while requests are made. */
class DrainingTest extends FrontDoorTest {

  @Test
  void finishesARequestInFlightWhileTheTargetDrainsAndSendsNoOther() throws Exception {
    String old = aws.task(0);
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch proceed = new CountDownLatch(1);
    backends.serve(
        old,
        ElbWorld.PORT,
        head -> {
          if (head.getFirst().contains("/slow")) {
            arrived.countDown();
            proceed.await();
          }
          return Backends.ok(old);
        });
    aws.register(group, old);
    awaitHealth(old, "healthy");
    CompletableFuture<HttpResponse<String>> slow =
        http.sendAsync(request("/slow"), HttpResponse.BodyHandlers.ofString());
    assertThat(arrived.await(60, TimeUnit.SECONDS)).isTrue();
    String young = healthyTask(1);

    aws.deregister(group, old);
    aws.pass(Duration.ofSeconds(20));
    for (int i = 0; i < 6; i++) {
      assertThat(get("/").body()).isEqualTo(young);
    }
    proceed.countDown();

    assertThat(slow.get(60, TimeUnit.SECONDS).body()).isEqualTo(old);
  }

  @Test
  void breaksARequestOffWhenItOutlivesTheDeregistrationDelay() throws Exception {
    String ip = aws.task(0);
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    backends.serve(
        ip,
        ElbWorld.PORT,
        head -> {
          if (head.getFirst().contains("/slow")) {
            arrived.countDown();
            never.await();
          }
          return Backends.ok("");
        });
    aws.register(group, ip);
    awaitHealth(ip, "healthy");
    CompletableFuture<HttpResponse<String>> slow =
        http.sendAsync(request("/slow"), HttpResponse.BodyHandlers.ofString());
    assertThat(arrived.await(60, TimeUnit.SECONDS)).isTrue();

    aws.deregister(group, ip);
    aws.pass(Duration.ofSeconds(30));

    assertThat(slow.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(502);
    never.countDown();
  }

  @Test
  void failsNoRequestWhileTargetsAreReplacedOneAfterAnother() throws Exception {
    String serving = healthyTask(0);
    AtomicBoolean stop = new AtomicBoolean();
    List<Integer> statuses = new CopyOnWriteArrayList<>();
    Thread client = Thread.startVirtualThread(() -> load(stop, statuses));
    for (int i = 0; i < 5; i++) {
      String next = healthyTask(i % 2);
      aws.deregister(group, serving);
      int before = statuses.size();
      await().until(() -> statuses.size() > before + 1);
      aws.pass(Duration.ofSeconds(30));
      serving = next;
    }
    stop.set(true);
    client.join(Duration.ofSeconds(10));

    assertThat(statuses).hasSizeGreaterThan(10).containsOnly(200);
  }

  private void load(AtomicBoolean stop, List<Integer> statuses) {
    while (!stop.get()) {
      try {
        statuses.add(get("/").statusCode());
      } catch (Exception e) {
        statuses.add(-1);
      }
    }
  }
}
