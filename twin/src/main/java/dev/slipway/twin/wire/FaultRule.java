package dev.slipway.twin.wire;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * What is to befall chosen API calls.
 *
 * @param service the services it applies to, by signing name or the SDK's name, {@code *} for any
 *     text
 * @param operation the actions it applies to, {@code *} for any text
 * @param count to how many calls; 0 for no limit
 * @param probability to which share of the calls, 0 to 1
 * @param delay real time to wait before the call is handled, or refused
 * @param code the error's code, of {@link Kind#ERROR}
 * @param status the HTTP status, of {@link Kind#ERROR}
 * @param message the error's message, of {@link Kind#ERROR}
 */
public record FaultRule(
    String service,
    String operation,
    Kind kind,
    int count,
    double probability,
    Duration delay,
    String code,
    int status,
    String message) {

  /** What befalls a call. */
  public enum Kind {
    /** It is refused as AWS refuses calls that come too fast. */
    THROTTLE,
    /** It is refused with an error. */
    ERROR,
    /** It is handled late. */
    DELAY,
    /** Its connection is closed without an answer. */
    RESET
  }

  boolean appliesTo(Route.ToAction route) {
    return matches(operation, route.action())
        && (matches(service, route.service().signingName())
            || matches(service, route.service().modelPackage())
            || matches(service, route.service().name()));
  }

  private static boolean matches(String pattern, String text) {
    String regex = Pattern.quote(pattern).replace("*", "\\E.*\\Q");
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE).matcher(text).matches();
  }
}
