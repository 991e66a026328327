package dev.slipway.twin.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.twin.cloudwatch.Alarms;
import dev.slipway.twin.cloudwatch.CloudWatch;
import dev.slipway.twin.elbv2.ElbWorld;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Faults of targets as clients of the load balancer see them. */
class TroubledTargetsTest extends FrontDoorTest {

  /** The target's keep-alive ends while the next request is on its way to it. */
  @Test
  void aTargetThatEndsKeptConnectionsTooSoonIsA502ThatItKnowsNothingOf() throws Exception {
    CloudWatch cloudWatch = new CloudWatch(aws.world);
    cloudWatch.register();
    cloudWatch.collect(aws.elb.metrics());
    String ip = aws.task(0);
    AtomicInteger served = new AtomicInteger();
    backends.serve(
        ip,
        ElbWorld.PORT,
        head ->
            head.getFirst().contains("/health") || served.incrementAndGet() % 2 == 1
                ? Backends.ok(ip)
                : null);
    aws.register(group, ip);
    awaitHealth(ip, "healthy");

    assertThat(statuses(6)).containsExactly(200, 502, 200, 502, 200, 502);
    assertThat(aws.health(group, ip)).isEqualTo("healthy");
    aws.pass(Duration.ofMinutes(1));
    assertThat(sum("HTTPCode_ELB_502_Count")).isEqualTo(3);
    assertThat(sum("HTTPCode_Target_5XX_Count")).isZero();
  }

  @Test
  void aTargetThatEndsIdleConnectionsInTimeLosesNoRequest() throws Exception {
    String ip = aws.task(0);
    backends.serve(
        ip,
        ElbWorld.PORT,
        head -> Backends.ok(ip).replace("Server: app", "Connection: close\r\nServer: app"));
    aws.register(group, ip);
    awaitHealth(ip, "healthy");

    assertThat(statuses(6)).containsOnly(200);
  }

  /** A client stays bound to a target that hangs up until health checks take it out. */
  @Test
  void aBoundClientMeetsADeadTargetUntilItIsFoundUnhealthy() throws Exception {
    aws.attribute(group, "stickiness.enabled", "true");
    AtomicBoolean dead = new AtomicBoolean();
    String dying = aws.task(0);
    backends.serve(dying, ElbWorld.PORT, head -> dead.get() ? null : Backends.ok(dying));
    aws.register(group, dying);
    awaitHealth(dying, "healthy");
    String cookie = cookieOf(get("/"));
    String living = healthyTask(1);
    assertThat(with(cookie)).isEqualTo(dying);

    dead.set(true);
    assertThat(with(cookie)).isEqualTo("502");
    assertThat(with(cookie)).isEqualTo("502");
    awaitHealth(dying, "unhealthy Target.FailedHealthChecks Health checks failed");

    await().until(() -> with(cookie).equals(living));
  }

  /** An address that is of no task: nobody asks whose it is. */
  @Test
  void aForeignAddressServesAsWellAsATask() throws Exception {
    String task = healthyTask(0);
    String foreign = aws.task(1);
    backends.echo(foreign, ElbWorld.PORT);
    aws.register(group, foreign);
    awaitHealth(foreign, "healthy");

    List<String> answers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      answers.add(get("/").body());
    }

    assertThat(answers).contains(task, foreign);
  }

  /** Without cross-zone load balancing the node of a zone without targets has nobody to ask. */
  @Test
  void aZoneWithoutTargetsIsA503WhereZonesKeepToThemselves() throws Exception {
    String ip = healthyTask(0);
    aws.attribute(group, "load_balancing.cross_zone.enabled", "false");

    assertThat(newClients(4)).containsExactlyInAnyOrder("200", "200", "503", "503");

    aws.attribute(group, "load_balancing.cross_zone.enabled", "use_load_balancer_configuration");
    assertThat(newClients(4)).containsOnly("200");
    assertThat(aws.health(group, ip)).isEqualTo("healthy");
  }

  /** Each connection arrives at the node that is next. */
  private List<String> newClients(int count) throws Exception {
    List<String> statuses = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      try (HttpClient client = HttpClient.newHttpClient()) {
        statuses.add(
            "" + client.send(request("/"), HttpResponse.BodyHandlers.discarding()).statusCode());
      }
    }
    return statuses;
  }

  private List<Integer> statuses(int count) throws Exception {
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      statuses.add(get("/").statusCode());
    }
    return statuses;
  }

  private static String cookieOf(HttpResponse<String> answer) {
    return answer.headers().allValues("Set-Cookie").stream()
        .filter(cookie -> cookie.startsWith("AWSALB="))
        .findFirst()
        .orElseThrow()
        .replaceFirst(";.*", "");
  }

  /** The body of a good answer, or the status of another. */
  private String with(String cookie) throws IOException {
    String answer =
        raw("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nCookie: " + cookie + "\r\n\r\n");
    String status = answer.split(" ", 3)[1];
    return status.equals("200") ? answer.substring(answer.indexOf("\r\n\r\n") + 4) : status;
  }

  private double sum(String metric) {
    return new Alarms(aws.world)
        .sum(
            "AWS/ApplicationELB",
            metric,
            Map.of("LoadBalancer", lb.loadBalancerArn().replaceFirst(".*:loadbalancer/", "")));
  }
}
