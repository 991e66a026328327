package dev.slipway.twin.sns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.twin.RuntimeKind;
import dev.slipway.twin.Twin;
import dev.slipway.twin.TwinOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.SnsException;

/** What is published to a topic can be read, and alarms publish when they change. */
class AlarmDeliveryTest {

  @TempDir private Path directory;

  private final HttpClient http = HttpClient.newHttpClient();
  private Twin twin;
  private SnsClient sns;
  private CloudWatchClient cloudWatch;
  private String topic;

  @BeforeEach
  void start() throws Exception {
    twin = Twin.start(new TwinOptions(0, 1, "eu-west-1", directory, RuntimeKind.SIMULATED));
    sns = twin.account("111122223333").client(SnsClient.builder());
    cloudWatch = twin.account("111122223333").client(CloudWatchClient.builder());
    topic = sns.createTopic(t -> t.name("alarms")).topicArn();
  }

  @AfterEach
  void stop() {
    sns.close();
    cloudWatch.close();
    twin.close();
    http.close();
  }

  @Test
  void aTopicIsToldOnceWhenAnAlarmRingsAndOnceWhenItEnds() throws Exception {
    cloudWatch.putMetricAlarm(a ->
        a.alarmName("probe-5xx")
            .alarmDescription("Too many errors")
            .namespace("AWS/ApplicationELB")
            .metricName("HTTPCode_Target_5XX_Count")
            .dimensions(d -> d.name("LoadBalancer").value("app/probe/1"))
            .statistic("Sum")
            .period(60)
            .evaluationPeriods(2)
            .threshold(5.0)
            .comparisonOperator("GreaterThanThreshold")
            .treatMissingData("ignore")
            .alarmActions(topic)
            .okActions(topic));

    state(StateValue.ALARM);
    state(StateValue.ALARM);
    state(StateValue.OK);

    JsonNode messages = messages("?account=111122223333&topic=alarms");
    assertThat(messages).hasSize(2);
    assertThat(messages.get(0).path("Subject").asText())
        .isEqualTo("ALARM: \"probe-5xx\" in EU (Ireland)");
    assertThat(messages.get(1).path("Subject").asText())
        .isEqualTo("OK: \"probe-5xx\" in EU (Ireland)");
    JsonNode rings = new ObjectMapper().readTree(messages.get(0).path("Message").asText());
    assertThat(rings.path("AlarmName").asText()).isEqualTo("probe-5xx");
    assertThat(rings.path("AlarmDescription").asText()).isEqualTo("Too many errors");
    assertThat(rings.path("AWSAccountId").asText()).isEqualTo("111122223333");
    assertThat(rings.path("NewStateValue").asText()).isEqualTo("ALARM");
    assertThat(rings.path("OldStateValue").asText()).isEqualTo("INSUFFICIENT_DATA");
    assertThat(rings.path("NewStateReason").asText()).isEqualTo("by hand");
    assertThat(rings.path("StateChangeTime").asText())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\+0000");
    assertThat(rings.at("/Trigger/Statistic").asText()).isEqualTo("SUM");
    assertThat(rings.at("/Trigger/Threshold").asDouble()).isEqualTo(5.0);
    assertThat(rings.at("/Trigger/Dimensions/0/name").asText()).isEqualTo("LoadBalancer");
  }

  @Test
  void nobodyIsToldWhileActionsAreOff() throws Exception {
    cloudWatch.putMetricAlarm(a ->
        a.alarmName("probe-5xx")
            .namespace("N")
            .metricName("M")
            .statistic("Sum")
            .period(60)
            .evaluationPeriods(1)
            .threshold(1.0)
            .comparisonOperator("GreaterThanThreshold")
            .actionsEnabled(false)
            .alarmActions(topic));

    state(StateValue.ALARM);

    assertThat(messages("?account=111122223333")).isEmpty();
  }

  @Test
  void messagesArePublishedByHandToo() throws Exception {
    String id = sns.publish(p -> p.topicArn(topic).subject("s").message("hello")).messageId();

    JsonNode messages = messages("?account=111122223333&topic=" + topic);
    assertThat(messages).hasSize(1);
    assertThat(messages.get(0).path("MessageId").asText()).isEqualTo(id);
    assertThat(messages.get(0).path("Message").asText()).isEqualTo("hello");
    assertThat(messages("?account=444455556666")).isEmpty();
    assertThat(messages("?account=111122223333&region=us-east-1")).isEmpty();
    assertThat(messages("?account=111122223333&topic=other")).isEmpty();
  }

  @Test
  void theNewestThousandAreKept() throws Exception {
    IntStream.range(0, 1003)
        .forEach(i ->
            twin.worlds()
                .of("111122223333", "eu-west-1")
                .operations()
                .invoke(PublishRequest.builder().topicArn(topic).message("m" + i).build()));

    JsonNode messages = messages("?account=111122223333");
    assertThat(messages).hasSize(1000);
    assertThat(messages.get(0).path("Message").asText()).isEqualTo("m3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"?account=1", "?region=Mars", "?account=111122223333&region="})
  void looksOnlyWhereWorldsCanBe(String query) throws Exception {
    URI uri = URI.create(twin.endpoint() + "/_twin/messages" + query);
    HttpResponse<String> answer =
        http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("account and region must be");
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of("", "s", "Invalid parameter: Empty message"),
        Arguments.of("x".repeat(256 * 1024 + 1), "s", "Invalid parameter: Message too long"),
        Arguments.of("m", "s".repeat(101), "Invalid parameter: Subject"),
        Arguments.of("m", "", "Invalid parameter: Subject"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesWhatSnsRefuses(String message, String subject, String text) {
    assertThatThrownBy(() -> sns.publish(p -> p.topicArn(topic).subject(subject).message(message)))
        .isInstanceOf(SnsException.class)
        .hasMessageContaining(text);
    assertThatThrownBy(() -> sns.publish(p -> p.topicArn(topic + "x").message("m")))
        .hasMessageContaining("Topic does not exist");
  }

  private void state(StateValue state) {
    cloudWatch.setAlarmState(
        s -> s.alarmName("probe-5xx").stateValue(state).stateReason("by hand"));
  }

  private JsonNode messages(String query) throws Exception {
    URI uri = URI.create(twin.endpoint() + "/_twin/messages" + query);
    String body =
        http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString()).body();
    return new ObjectMapper().readTree(body).path("messages");
  }
}
