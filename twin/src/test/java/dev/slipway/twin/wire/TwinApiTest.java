package dev.slipway.twin.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

class TwinApiTest {

  private Endpoints twin;
  private HttpClient http;

  @BeforeEach
  void listen() {
    twin = new Endpoints(new AwsEndpointTest.Fakes());
    http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  @AfterEach
  void close() {
    http.close();
    twin.close();
  }

  @Test
  void isHealthy() throws Exception {
    assertThat(json("GET", "/_twin/health", "").getString("status")).isEqualTo("ok");
    assertThat(json("GET", "/_localstack/health", "").getJsonObject("services").getMap())
        .containsEntry("ecs", "available")
        .containsEntry("elbv2", "available");
  }

  @Test
  void setsTheClock() throws Exception {
    JsonObject scaled = json("POST", "/_twin/clock", "{\"scale\": 60, \"advance\": \"PT1M\"}");
    assertThat(scaled.getDouble("scale")).isEqualTo(60);
    assertThat(scaled.getString("now")).isEqualTo("2026-01-01T00:01:00Z");
    json("POST", "/_twin/clock", "{\"advance\": 1.5}");
    assertThat(json("GET", "/_twin/clock", "").getString("now"))
        .isEqualTo("2026-01-01T00:01:01.500Z");
  }

  @Test
  void takesTheRoomOfFargateAndGivesItBack() throws Exception {
    String wish =
        "{\"kind\": \"capacity\", \"account\": \"210987654321\", \"region\": \"eu-west-1\","
            + " \"zone\": \"eu-west-1b\"}";
    assertThat(json("POST", "/_twin/faults", wish).getJsonArray("faults"))
        .containsExactly(new JsonObject(wish));
    assertThat(send("POST", "/_twin/faults", wish.replace("west-1b", "north-1b")).statusCode())
        .isEqualTo(400);
    assertThat(json("DELETE", "/_twin/faults", "").getJsonArray("faults")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"scale\": 0}",
        "{\"scale\": \"fast\"}",
        "{\"advance\": \"soon\"}",
        "{\"advance\": -1}",
        "{\"speed\": 2}",
        "[]",
        "{"
      })
  void refusesAClockThatCannotBe(String body) throws Exception {
    HttpResponse<String> answer = send("POST", "/_twin/clock", body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(new JsonObject(answer.body()).getString("error")).isNotBlank();
  }

  @Test
  void showsTheCallsThatWereMade() throws Exception {
    EcsClient ecs = twin.client(EcsClient.builder());
    ecs.describeServices(r -> r.services("a"));
    assertThatThrownBy(() -> ecs.describeServices(r -> r.cluster("absent"))).isNotNull();
    JsonObject calls = json("GET", "/_twin/calls?service=ecs&limit=1", "");
    assertThat(calls.getLong("total")).isEqualTo(2);
    JsonObject last = calls.getJsonArray("calls").getJsonObject(0);
    assertThat(calls.getJsonArray("calls")).hasSize(1);
    assertThat(last.getString("action")).isEqualTo("DescribeServices");
    assertThat(last.getString("errorCode")).isEqualTo("ClusterNotFoundException");
    assertThat(last.getInteger("status")).isEqualTo(400);
    assertThat(last.getString("region")).isEqualTo("eu-west-1");
    assertThat(json("GET", "/_twin/calls?action=Other", "").getJsonArray("calls")).isEmpty();
    String account = "/_twin/calls?account=";
    assertThat(json("GET", account + "111122223333", "").getJsonArray("calls")).isEmpty();
    assertThat(json("GET", account + last.getString("account"), "").getJsonArray("calls"))
        .hasSize(2);
  }

  @Test
  void throttlesAsEachProtocolDoes() throws Exception {
    json("POST", "/_twin/faults", "{\"kind\": \"throttle\", \"count\": 3}");
    EcsClient ecs = twin.client(EcsClient.builder());
    assertRefused(() -> ecs.describeServices(r -> r.services("a")), "ThrottlingException", 400);
    ElasticLoadBalancingV2Client elb = twin.client(ElasticLoadBalancingV2Client.builder());
    assertRefused(() -> elb.describeSSLPolicies(r -> r.names("a", "b")), "Throttling", 400);
    Ec2Client ec2 = twin.client(Ec2Client.builder());
    assertRefused(() -> ec2.describeVpcs(r -> r.vpcIds("v")), "RequestLimitExceeded", 503);
    assertThat(ecs.describeServices(r -> r.services("a")).services()).hasSize(1);
    assertThat(json("GET", "/_twin/faults", "").getJsonArray("faults")).isEmpty();
  }

  @Test
  void strikesOnlyTheCallsThatWereChosen() throws Exception {
    json(
        "POST",
        "/_twin/faults",
        "{\"kind\": \"error\", \"service\": \"ecs\", \"operation\": \"Describe*\","
            + " \"code\": \"ServerException\", \"status\": 503, \"message\": \"no\"}");
    EcsClient ecs = twin.client(EcsClient.builder());
    ElasticLoadBalancingV2Client elb = twin.client(ElasticLoadBalancingV2Client.builder());
    assertRefused(() -> ecs.describeServices(r -> r.services("a")), "ServerException", 503);
    assertThat(elb.describeSSLPolicies(r -> r.names("a", "b")).sslPolicies()).hasSize(1);
    json("DELETE", "/_twin/faults", "");
    assertThat(ecs.describeServices(r -> r.services("a")).services()).hasSize(1);
  }

  @Test
  void delaysAndResets() throws Exception {
    json("POST", "/_twin/faults", "{\"kind\": \"delay\", \"delayMillis\": 150, \"count\": 1}");
    EcsClient ecs = twin.client(EcsClient.builder());
    long start = System.nanoTime();
    assertThat(ecs.describeServices(r -> r.services("a")).services()).hasSize(1);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(140));
    json("POST", "/_twin/faults", "{\"kind\": \"reset\"}");
    assertThatThrownBy(() -> ecs.describeServices(r -> r.services("a")))
        .isInstanceOf(SdkClientException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"kind\": \"meteor\"} | kind must be one of throttle, error, delay, reset",
        "{} | kind must be one of throttle, error, delay, reset",
        "{\"kind\": \"delay\"} | a delay needs delayMillis",
        "{\"kind\": \"throttle\", \"probability\": 2} | probability must be from 0.0 to 1.0",
        "{\"kind\": \"throttle\", \"opertion\": \"x\"} | unknown field opertion"
      })
  void refusesFaultsThatItDoesNotKnow(String body, String message) throws Exception {
    HttpResponse<String> answer = send("POST", "/_twin/faults", body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(new JsonObject(answer.body()).getString("error")).contains(message);
  }

  @Test
  void shutsDownWhenAsked() throws Exception {
    assertThat(send("POST", "/_twin/shutdown", "").statusCode()).isEqualTo(501);
    CountDownLatch down = new CountDownLatch(1);
    twin.endpoint.onShutdown(down::countDown);
    assertThat(send("POST", "/_twin/shutdown", "").statusCode()).isEqualTo(200);
    assertThat(down.await(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void handsMountedPathsOnBeforeTheBodyIsRead() throws Exception {
    twin.endpoint.mount(
        "/v2/",
        request -> request.bodyHandler(body -> request.response().end(request.path() + body)));
    assertThat(send("PUT", "/v2/x", "!").body()).isEqualTo("/v2/x!");
  }

  @Test
  void saysWhatItDoesNotHave() throws Exception {
    assertThat(send("GET", "/_twin/nothing", "").statusCode()).isEqualTo(404);
  }

  private static void assertRefused(Runnable call, String code, int status) {
    assertThatThrownBy(call::run)
        .asInstanceOf(type(AwsServiceException.class))
        .satisfies(e -> {
          assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
          assertThat(e.statusCode()).isEqualTo(status);
        });
  }

  private JsonObject json(String method, String path, String body) throws Exception {
    HttpResponse<String> answer = send(method, path, body);
    assertThat(answer.statusCode()).isEqualTo(200);
    return new JsonObject(answer.body());
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(twin.uri().resolve(path))
            .method(method, BodyPublishers.ofString(body))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }
}
