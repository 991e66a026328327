package dev.slipway.twin.sts;

import dev.slipway.twin.iam.Iam;
import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Caller;
import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.sts.model.Credentials;

/** Hands out temporary keys. They end by the world's clock. */
final class Sessions {

  /** A session and its keys. */
  record Session(Caller caller, Credentials credentials) {}

  /** A key that was handed out. */
  private record Issued(String accessKeyId, String arn, String userId, Instant expires) {}

  private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]{2,64}");
  private static final Pattern SESSION_ARN =
      Pattern.compile("arn:aws:sts::(\\d{12}):assumed-role/([^/]+)/.+");
  private static final int QUARTER = 900;
  private static final int HOUR = 3600;

  private final World world;
  private final Iam iam;
  private final dev.slipway.twin.world.Credentials issued;

  Sessions(World world, Iam iam, dev.slipway.twin.world.Credentials issued) {
    this.world = world;
    this.iam = iam;
    this.issued = issued;
  }

  /** The role whose session a caller is. */
  static Optional<String> roleOf(Iam iam, Caller caller) {
    Matcher session = SESSION_ARN.matcher(caller.arn());
    return session.matches() ? iam.roleNamed(session.group(2)).map(Role::arn) : Optional.empty();
  }

  Session ofRole(String roleArn, String name, Integer seconds) {
    if (name == null || !NAME.matcher(name).matches()) {
      throw invalid(
          name, "roleSessionName", "Member must satisfy regular expression pattern: [\\w+=,.@-]*");
    }
    Role role = iam.role(roleArn).orElseThrow();
    int length = checked(seconds == null ? HOUR : seconds, 12 * HOUR);
    if (length > role.maxSessionDuration()) {
      throw AwsError.of(
          "ValidationError",
          "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
    }
    Caller caller =
        new Caller(
            accessKey(),
            "arn:aws:sts::%s:assumed-role/%s/%s".formatted(world.account(), role.roleName(), name),
            role.roleId() + ":" + name);
    return issue(caller, length);
  }

  Session ofCaller(Caller caller, Integer seconds) {
    // Source: STS API reference, GetSessionToken: an hour for the root user, else twelve.
    int length = checked(seconds == null ? 12 * HOUR : seconds, 36 * HOUR);
    boolean root = caller.arn().endsWith(":root");
    return issue(
        new Caller(accessKey(), caller.arn(), caller.userId()),
        root ? Math.min(length, HOUR) : length);
  }

  private Session issue(Caller caller, int seconds) {
    Duration length = Duration.ofSeconds(seconds);
    Issued row =
        new Issued(caller.accessKeyId(), caller.arn(), caller.userId(), world.now().plus(length));
    table().put(row.accessKeyId(), row);
    arm(row);
    return new Session(
        caller,
        Credentials.builder()
            .accessKeyId(caller.accessKeyId())
            .secretAccessKey(world.ids().alphanumeric(40))
            .sessionToken(world.ids().alphanumeric(200))
            .expiration(world.now().plus(length))
            .build());
  }

  /** Takes up the sessions of a restored world. */
  void resume() {
    table().all().forEach(this::arm);
  }

  private void arm(Issued row) {
    issued.issue(world.account(), new Caller(row.accessKeyId(), row.arn(), row.userId()));
    world.after(
        Duration.between(world.now(), row.expires()), () -> issued.expire(row.accessKeyId()));
  }

  private Table<Issued> table() {
    return world.table("sts.sessions");
  }

  private static int checked(int seconds, int longest) {
    if (seconds < QUARTER || seconds > longest) {
      throw invalid(
          Integer.toString(seconds),
          "durationSeconds",
          seconds < QUARTER
              ? "Member must have value greater than or equal to 900"
              : "Member must have value less than or equal to " + longest);
    }
    return seconds;
  }

  private static AwsError invalid(String value, String field, String constraint) {
    return AwsError.of(
        "ValidationError",
        "1 validation error detected: Value '%s' at '%s' failed to satisfy constraint: %s"
            .formatted(value, field, constraint));
  }

  private String accessKey() {
    return "ASIA" + world.ids().alphanumeric(16).toUpperCase(Locale.ROOT);
  }
}
