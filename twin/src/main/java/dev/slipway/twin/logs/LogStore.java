package dev.slipway.twin.logs;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Parameters;
import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;

/** Groups, streams and lines. Under the world's lock. */
final class LogStore {

  private static final Pattern GROUP_ARN =
      Pattern.compile("arn:[^:]*:logs:[^:]*:[^:]*:log-group:([^:]+).*");

  /** A stream, in milliseconds since the epoch. */
  record Stream(String group, String name, long created) {

    /** Neither name may have a colon in it. */
    String key() {
      return group + ':' + name;
    }
  }

  private final World world;

  LogStore(World world) {
    this.world = world;
  }

  long now() {
    return world.now().toEpochMilli();
  }

  String arn(String resource) {
    return world.arn("logs", resource);
  }

  Table<LogGroup> groups() {
    return world.table("logs.groups");
  }

  Table<Map<String, String>> tags() {
    return world.table("logs.groupTags");
  }

  private Table<Stream> streams() {
    return world.table("logs.streams");
  }

  private Table<LogLines> lines() {
    return world.table("logs.lines");
  }

  LogGroup requireGroup(String name) {
    return groups().find(name).orElseThrow(() -> missing("log group"));
  }

  /** The group that a call names, by name or by the identifier, which is a name or an ARN. */
  LogGroup requireGroup(String name, String identifier) {
    if (name != null && identifier != null || name == null && identifier == null) {
      throw AwsError.of(
          "InvalidParameterException",
          "Exactly one of logGroupName and logGroupIdentifier must be specified");
    }
    return requireGroup(name != null ? name : nameOf(identifier));
  }

  static String nameOf(String nameOrArn) {
    Matcher arn =
        GROUP_ARN.matcher(
            Parameters.required(nameOrArn, "InvalidParameterException", "logGroupName"));
    return arn.matches() ? arn.group(1) : nameOrArn;
  }

  boolean hasStream(String group, String stream) {
    return streams().contains(group + ':' + stream);
  }

  Stream requireStream(String group, String stream) {
    requireGroup(group);
    return streams().find(group + ':' + stream).orElseThrow(() -> missing("log stream"));
  }

  List<Stream> streams(String group) {
    return streams().where(stream -> stream.group().equals(group));
  }

  void addStream(String group, String name) {
    Stream stream = new Stream(group, name, now());
    streams().put(stream.key(), stream);
  }

  void removeStream(Stream stream) {
    streams().remove(stream.key());
    lines().remove(stream.key());
  }

  void removeGroup(String group) {
    streams(group).forEach(this::removeStream);
    groups().remove(group);
    tags().remove(group);
  }

  /** What a stream holds that has not outlived the retention of its group. */
  LogLines lines(Stream stream) {
    return lines()
        .find(stream.key())
        .orElse(LogLines.NONE)
        .since(expiry(requireGroup(stream.group())));
  }

  /** The lines in order of time; those of one instant in order of their arrival. */
  List<LogLine> inOrder(Stream stream) {
    long expiry = expiry(requireGroup(stream.group()));
    return lines(stream).all().stream()
        .filter(line -> line.timestamp() >= expiry)
        .sorted(Comparator.comparingLong(LogLine::timestamp))
        .toList();
  }

  void append(Stream stream, long timestamp, String message) {
    LogLines before = lines(stream);
    lines().put(stream.key(), before.plus(LogLine.of(timestamp, now(), message)));
  }

  long bytes(String group) {
    return streams(group).stream().mapToLong(stream -> lines(stream).bytes()).sum();
  }

  /** Lines older than this are gone; without retention none is. */
  long expiry(LogGroup group) {
    return group.retentionInDays() == null
        ? Long.MIN_VALUE
        : now() - Duration.ofDays(group.retentionInDays()).toMillis();
  }

  private static AwsError missing(String what) {
    return AwsError.of("ResourceNotFoundException", "The specified " + what + " does not exist.");
  }
}
