package dev.slipway.twin.logs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.RejectedLogEventsInfo;

/** Events of one stream. Source: CloudWatch Logs API reference, PutLogEvents and GetLogEvents. */
final class LogEventApi {

  private static final long FUTURE = Duration.ofHours(2).toMillis();
  private static final long PAST = Duration.ofDays(14).toMillis();
  private static final int USUAL_PAGE = 10_000;
  private static final Pattern TOKEN = Pattern.compile("([fb])/(\\d{56})/s");

  private final LogStore store;

  LogEventApi(LogStore store) {
    this.store = store;
  }

  public PutLogEventsResponse put(PutLogEventsRequest request) {
    LogStore.Stream stream = store.requireStream(request.logGroupName(), request.logStreamName());
    List<InputLogEvent> events = request.logEvents();
    for (int i = 1; i < events.size(); i++) {
      if (events.get(i).timestamp() < events.get(i - 1).timestamp()) {
        throw Logs.invalid(
            "Log events in a single PutLogEvents request must be in chronological order.");
      }
    }
    long now = store.now();
    long expiry = store.expiry(store.requireGroup(stream.group()));
    int old = 0;
    int expired = 0;
    int fresh = events.size();
    for (int i = 0; i < events.size(); i++) {
      long timestamp = events.get(i).timestamp();
      if (timestamp < expiry) {
        expired = i + 1;
      } else if (timestamp < now - PAST) {
        old = i + 1;
      } else if (timestamp > now + FUTURE) {
        fresh = Math.min(fresh, i);
      } else {
        store.append(stream, timestamp, events.get(i).message());
      }
    }
    boolean rejected = old > 0 || expired > 0 || fresh < events.size();
    return PutLogEventsResponse.builder()
        .nextSequenceToken(digits(store.lines(stream).dropped() + store.lines(stream).all().size()))
        .rejectedLogEventsInfo(
            rejected
                ? RejectedLogEventsInfo.builder()
                    .expiredLogEventEndIndex(expired > 0 ? (Integer) expired : null)
                    .tooOldLogEventEndIndex(old > 0 ? (Integer) old : null)
                    .tooNewLogEventStartIndex(fresh < events.size() ? (Integer) fresh : null)
                    .build()
                : null)
        .build();
  }

  public GetLogEventsResponse get(GetLogEventsRequest request) {
    String group =
        store.requireGroup(request.logGroupName(), request.logGroupIdentifier()).logGroupName();
    LogStore.Stream stream = store.requireStream(group, request.logStreamName());
    List<LogLine> lines = store.inOrder(stream);
    long first = store.lines(stream).dropped();
    int limit = request.limit() == null ? USUAL_PAGE : request.limit();
    boolean forward = Boolean.TRUE.equals(request.startFromHead());
    int position = forward ? 0 : lines.size();
    if (request.nextToken() != null) {
      Matcher token = TOKEN.matcher(request.nextToken());
      if (!token.matches()) {
        throw Logs.invalid("The specified nextToken is invalid.");
      }
      forward = token.group(1).equals("f");
      long place = Long.parseLong(token.group(2).substring(38)) - first;
      position = (int) Math.clamp(place, 0, lines.size());
    }
    return forward
        ? page(lines, first, request, new Span(position, 1, limit))
        : page(lines, first, request, new Span(position - 1, -1, limit));
  }

  /** Where to begin, which way to go, how many events to collect. */
  private record Span(int start, int step, int limit) {}

  private static GetLogEventsResponse page(
      List<LogLine> lines, long first, GetLogEventsRequest request, Span span) {
    List<OutputLogEvent> events = new ArrayList<>();
    int at = span.start();
    while (at >= 0 && at < lines.size() && events.size() < span.limit()) {
      LogLine line = lines.get(at);
      if (isAsked(line, request.startTime(), request.endTime())) {
        events.add(output(line));
      }
      at += span.step();
    }
    boolean forward = span.step() > 0;
    // A token names the gap between two lines: what is before it, and what is behind it.
    int low = forward ? span.start() : at + 1;
    int high = forward ? at : span.start() + 1;
    return GetLogEventsResponse.builder()
        .events(forward ? events : events.reversed())
        .nextForwardToken("f/" + digits(first + high) + "/s")
        .nextBackwardToken("b/" + digits(first + low) + "/s")
        .build();
  }

  /** The start is inclusive, the end exclusive. */
  static boolean isAsked(LogLine line, Long start, Long end) {
    return (start == null || line.timestamp() >= start) && (end == null || line.timestamp() < end);
  }

  private static OutputLogEvent output(LogLine line) {
    return OutputLogEvent.builder()
        .timestamp(line.timestamp())
        .message(line.message())
        .ingestionTime(line.ingested())
        .build();
  }

  private static String digits(long number) {
    return "%056d".formatted(number);
  }
}
