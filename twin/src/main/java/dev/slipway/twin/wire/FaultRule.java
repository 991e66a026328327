package dev.slipway.twin.wire;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * What is to befall chosen API calls.
 *
 * @param account the accounts whose calls it applies to, {@code *} for any text
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
    String account,
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

  /** A throttling of every call of an operation, in all accounts. */
  public static FaultRule throttle(String service, String operation) {
    return of(Kind.THROTTLE, service, operation);
  }

  /** A rule for every call of an operation, in all accounts, with the texts of a server's error. */
  public static FaultRule of(Kind kind, String service, String operation) {
    return new FaultRule(
        "*",
        service,
        operation,
        kind,
        0,
        1,
        Duration.ZERO,
        "InternalFailure",
        500,
        "The request failed because of an internal error.");
  }

  /** This rule for one account only. */
  public FaultRule in(String onlyAccount) {
    return new FaultRule(
        onlyAccount, service, operation, kind, count, probability, delay, code, status, message);
  }

  /** This rule for so many calls. */
  public FaultRule times(int calls) {
    return new FaultRule(
        account, service, operation, kind, calls, probability, delay, code, status, message);
  }

  boolean appliesTo(Route.ToAction route, String callersAccount) {
    return matches(account, callersAccount)
        && matches(operation, route.action())
        && (matches(service, route.service().signingName())
            || matches(service, route.service().modelPackage())
            || matches(service, route.service().name()));
  }

  private static boolean matches(String pattern, String text) {
    String regex = Pattern.quote(pattern).replace("*", "\\E.*\\Q");
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE).matcher(text).matches();
  }
}
