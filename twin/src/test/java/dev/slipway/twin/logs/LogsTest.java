package dev.slipway.twin.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Ids;
import dev.slipway.twin.world.ManualClock;
import dev.slipway.twin.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutRetentionPolicyRequest;

class LogsTest {

  private static final String GROUP = "/ecs/app";

  private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final World world = world();
  private final Logs logs = new Logs(world);

  private World world() {
    return new World("123456789012", "eu-west-1", clock, new Ids(new Random(1)));
  }

  @BeforeEach
  void createGroup() {
    logs.register();
    world.operations().invoke(CreateLogGroupRequest.builder().logGroupName(GROUP).build());
  }

  @Test
  void walksAStreamForwardsAndBackwardsWithoutGapOrOverlap() {
    write("s", 10);

    GetLogEventsResponse tail = get(get -> get.limit(4));
    assertThat(messages(tail)).containsExactly("line 6", "line 7", "line 8", "line 9");
    GetLogEventsResponse before = get(get -> get.limit(4).nextToken(tail.nextBackwardToken()));
    assertThat(messages(before)).containsExactly("line 2", "line 3", "line 4", "line 5");
    GetLogEventsResponse again = get(get -> get.limit(4).nextToken(before.nextForwardToken()));
    assertThat(messages(again)).isEqualTo(messages(tail));

    GetLogEventsResponse end = get(get -> get.nextToken(again.nextForwardToken()));
    assertThat(end.events()).isEmpty();
    assertThat(end.nextForwardToken()).isEqualTo(again.nextForwardToken());
    logs.append(GROUP, "s", clock.instant(), "late");
    assertThat(messages(get(get -> get.nextToken(end.nextForwardToken())))).containsExactly("late");
  }

  @Test
  void keepsATokenValidWhenOldLinesAreDropped() {
    write("s", LogLines.MAX_LINES);
    String end = get(get -> get.limit(1)).nextForwardToken();

    write("s", 3);

    assertThat(messages(get(get -> get.nextToken(end))))
        .containsExactly("line 0", "line 1", "line 2");
    assertThat(messages(get(get -> get.startFromHead(true).limit(1)))).containsExactly("line 3");
  }

  @Test
  void mergesTheStreamsOfAGroupByTimeAndFiltersByTerms() {
    logs.createStream(GROUP, "a");
    logs.createStream(GROUP, "b");
    Instant start = clock.instant();
    logs.append(GROUP, "a", start, "ERROR code 1");
    logs.append(GROUP, "b", start.plusMillis(1), "fine");
    logs.append(GROUP, "a", start.plusMillis(2), "ERROR code 2");
    logs.append(GROUP, "b", start.plusMillis(3), "ERROR health code 3");

    assertThat(filter(""))
        .containsExactly("ERROR code 1", "fine", "ERROR code 2", "ERROR health code 3");
    assertThat(filter("ERROR -health")).containsExactly("ERROR code 1", "ERROR code 2");
    assertThat(filter("\"code 2\"")).containsExactly("ERROR code 2");
    assertThat(filter("?fine ?health")).containsExactly("fine", "ERROR health code 3");
    assertThatThrownBy(() -> filter("{ $.level = \"ERROR\" }"))
        .isInstanceOf(AwsError.class)
        .hasMessageContaining("not supported by the twin");
  }

  @Test
  void forgetsLinesAfterTheRetention() {
    write("s", 2);
    world
        .operations()
        .invoke(PutRetentionPolicyRequest.builder().logGroupName(GROUP).retentionInDays(1).build());
    assertThat(storedBytes()).isEqualTo(2 * (6 + 26));

    clock.advance(Duration.ofDays(1).plusMillis(1));

    assertThat(get(get -> {}).events()).isEmpty();
    assertThat(storedBytes()).isZero();
  }

  @Test
  void rejectsEventsThatAreTooOldOrTooNew() {
    logs.createStream(GROUP, "s");
    long now = clock.millis();

    PutLogEventsResponse response =
        put(now - Duration.ofDays(15).toMillis(), now, now + Duration.ofHours(3).toMillis());

    assertThat(response.rejectedLogEventsInfo().tooOldLogEventEndIndex()).isEqualTo(1);
    assertThat(response.rejectedLogEventsInfo().tooNewLogEventStartIndex()).isEqualTo(2);
    assertThat(messages(get(get -> {}))).containsExactly("at " + now);
    assertThatThrownBy(() -> put(now, now - 1)).hasMessageContaining("chronological order");
  }

  @Test
  void letsTwoCopiesOfAWorldWriteOn() {
    write("s", 1);
    World copy = world();
    copy.copyStateFrom(world);
    Logs copied = new Logs(copy);
    copied.register();

    logs.append(GROUP, "s", clock.instant(), "here");
    copied.append(GROUP, "s", clock.instant(), "there");

    assertThat(messages(get(get -> {}))).containsExactly("line 0", "here");
    GetLogEventsResponse there =
        copy.operations()
            .call(
                GetLogEventsRequest.builder().logGroupName(GROUP).logStreamName("s").build(),
                GetLogEventsResponse.class);
    assertThat(messages(there)).containsExactly("line 0", "there");
  }

  @Test
  void namesWhatIsMissingAsAwsDoes() {
    assertThat(logs.groupExists("/none")).isFalse();
    assertThatThrownBy(() -> logs.createStream("/none", "s"))
        .isInstanceOf(AwsError.class)
        .hasMessage("The specified log group does not exist.");
    logs.append("/none", "s", clock.instant(), "dropped without a word");
  }

  private void write(String stream, int count) {
    logs.createStream(GROUP, stream);
    for (int i = 0; i < count; i++) {
      logs.append(GROUP, stream, clock.instant().plusMillis(i), "line " + i);
    }
    clock.advance(Duration.ofMinutes(1));
  }

  private PutLogEventsResponse put(long... timestamps) {
    List<InputLogEvent> events =
        Arrays.stream(timestamps)
            .mapToObj(t -> InputLogEvent.builder().timestamp(t).message("at " + t).build())
            .toList();
    return world
        .operations()
        .call(
            PutLogEventsRequest.builder()
                .logGroupName(GROUP)
                .logStreamName("s")
                .logEvents(events)
                .build(),
            PutLogEventsResponse.class);
  }

  private GetLogEventsResponse get(Consumer<GetLogEventsRequest.Builder> change) {
    GetLogEventsRequest.Builder request =
        GetLogEventsRequest.builder().logGroupName(GROUP).logStreamName("s");
    change.accept(request);
    return world.operations().call(request.build(), GetLogEventsResponse.class);
  }

  private static List<String> messages(GetLogEventsResponse response) {
    return response.events().stream().map(OutputLogEvent::message).toList();
  }

  private List<String> filter(String pattern) {
    return world
        .operations()
        .call(
            FilterLogEventsRequest.builder()
                .logGroupName(GROUP)
                .filterPattern(pattern)
                .interleaved(true)
                .build(),
            FilterLogEventsResponse.class)
        .events()
        .stream()
        .map(FilteredLogEvent::message)
        .toList();
  }

  private long storedBytes() {
    return world
        .operations()
        .call(DescribeLogGroupsRequest.builder().build(), DescribeLogGroupsResponse.class)
        .logGroups()
        .getFirst()
        .storedBytes();
  }
}
