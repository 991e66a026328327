package dev.slipway.twin.logs;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Page;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogStreamRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogStreamResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteLogStreamRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteLogStreamResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogStreamsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogStreamsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogStream;
import software.amazon.awssdk.services.cloudwatchlogs.model.OrderBy;

/** Log streams. Source: CloudWatch Logs API reference. */
final class LogStreamApi {

  private static final Pattern NAME = Pattern.compile("[^:*]{1,512}");

  private final LogStore store;

  LogStreamApi(LogStore store) {
    this.store = store;
  }

  static String checkedName(String name) {
    if (name == null || !NAME.matcher(name).matches()) {
      throw Logs.invalid(
          ("1 validation error detected: Value '%s' at 'logStreamName' failed to satisfy"
                  + " constraint: Member must satisfy regular expression pattern: [^:*]*")
              .formatted(name));
    }
    return name;
  }

  public CreateLogStreamResponse create(CreateLogStreamRequest request) {
    store.requireGroup(request.logGroupName());
    String name = checkedName(request.logStreamName());
    if (store.hasStream(request.logGroupName(), name)) {
      throw AwsError.of(
          "ResourceAlreadyExistsException", "The specified log stream already exists");
    }
    store.addStream(request.logGroupName(), name);
    return CreateLogStreamResponse.builder().build();
  }

  public DeleteLogStreamResponse delete(DeleteLogStreamRequest request) {
    store.removeStream(store.requireStream(request.logGroupName(), request.logStreamName()));
    return DeleteLogStreamResponse.builder().build();
  }

  public DescribeLogStreamsResponse describe(DescribeLogStreamsRequest request) {
    String group =
        store.requireGroup(request.logGroupName(), request.logGroupIdentifier()).logGroupName();
    String prefix = request.logStreamNamePrefix();
    boolean byTime = request.orderBy() == OrderBy.LAST_EVENT_TIME;
    if (byTime && prefix != null) {
      throw Logs.invalid("Cannot order by LastEventTime with a logStreamNamePrefix.");
    }
    Comparator<LogStream> order = Comparator.comparing(LogStream::logStreamName);
    if (byTime) {
      order = Comparator.comparing(LogStreamApi::lastEvent);
    }
    List<LogStream> found =
        store.streams(group).stream()
            .filter(stream -> prefix == null || stream.name().startsWith(prefix))
            .map(this::describe)
            .sorted(Boolean.TRUE.equals(request.descending()) ? order.reversed() : order)
            .toList();
    Page<LogStream> page = Page.of(found, request.nextToken(), request.limit(), 50);
    return DescribeLogStreamsResponse.builder()
        .logStreams(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  private static long lastEvent(LogStream stream) {
    return stream.lastEventTimestamp() == null ? Long.MIN_VALUE : stream.lastEventTimestamp();
  }

  private LogStream describe(LogStore.Stream stream) {
    LogStream.Builder described =
        LogStream.builder()
            .logStreamName(stream.name())
            .creationTime(stream.created())
            .arn(store.arn("log-group:" + stream.group() + ":log-stream:" + stream.name()))
            .storedBytes(0L);
    List<LogLine> lines = store.lines(stream).all();
    if (!lines.isEmpty()) {
      described
          .firstEventTimestamp(lines.stream().mapToLong(LogLine::timestamp).min().orElseThrow())
          .lastEventTimestamp(lines.stream().mapToLong(LogLine::timestamp).max().orElseThrow())
          .lastIngestionTime(lines.getLast().ingested());
    }
    return described.build();
  }
}
