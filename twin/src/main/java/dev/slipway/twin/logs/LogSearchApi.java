package dev.slipway.twin.logs;

import dev.slipway.twin.world.Page;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;

/** Events of many streams, in order of time. Source: CloudWatch Logs API reference. */
final class LogSearchApi {

  private static final int USUAL_PAGE = 10_000;

  private final LogStore store;

  LogSearchApi(LogStore store) {
    this.store = store;
  }

  public FilterLogEventsResponse filter(FilterLogEventsRequest request) {
    String group =
        store.requireGroup(request.logGroupName(), request.logGroupIdentifier()).logGroupName();
    if (request.hasLogStreamNames() && request.logStreamNamePrefix() != null) {
      throw Logs.invalid("logStreamNames and logStreamNamePrefix cannot both be specified");
    }
    FilterPattern pattern = FilterPattern.parse(request.filterPattern());
    List<FilteredLogEvent> found = new ArrayList<>();
    for (LogStore.Stream stream : chosen(group, request)) {
      found.addAll(search(stream, request, pattern));
    }
    found.sort(Comparator.comparing(FilteredLogEvent::timestamp));
    Page<FilteredLogEvent> page = Page.of(found, request.nextToken(), request.limit(), USUAL_PAGE);
    return FilterLogEventsResponse.builder()
        .events(page.items())
        .searchedLogStreams(List.of())
        .nextToken(page.nextToken())
        .build();
  }

  private List<LogStore.Stream> chosen(String group, FilterLogEventsRequest request) {
    if (request.hasLogStreamNames()) {
      return request.logStreamNames().stream()
          .map(name -> store.requireStream(group, name))
          .toList();
    }
    String prefix = request.logStreamNamePrefix() == null ? "" : request.logStreamNamePrefix();
    return store.streams(group).stream().filter(s -> s.name().startsWith(prefix)).toList();
  }

  private List<FilteredLogEvent> search(
      LogStore.Stream stream, FilterLogEventsRequest request, FilterPattern pattern) {
    LogLines lines = store.lines(stream);
    long expiry = store.expiry(store.requireGroup(stream.group()));
    List<FilteredLogEvent> found = new ArrayList<>();
    long number = lines.dropped();
    for (LogLine line : lines.all()) {
      number++;
      if (line.timestamp() >= expiry
          && LogEventApi.isAsked(line, request.startTime(), request.endTime())
          && pattern.test(line.message())) {
        found.add(
            FilteredLogEvent.builder()
                .logStreamName(stream.name())
                .timestamp(line.timestamp())
                .message(line.message())
                .ingestionTime(line.ingested())
                .eventId(eventId(stream, line, number))
                .build());
      }
    }
    return found;
  }

  /** 56 digits: the time, the stream, the line's number in it. Clients tell events apart by it. */
  private static String eventId(LogStore.Stream stream, LogLine line, long number) {
    long streamNumber = Integer.toUnsignedLong(stream.key().hashCode());
    return "%020d%012d%024d".formatted(line.timestamp(), streamNumber, number);
  }
}
