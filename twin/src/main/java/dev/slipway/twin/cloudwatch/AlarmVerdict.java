package dev.slipway.twin.cloudwatch;

/**
 * What an alarm's state should be.
 *
 * @param state the state; empty to leave it as it is
 * @param reason as {@code StateReason} gives it
 */
record AlarmVerdict(String state, String reason) {

  static final AlarmVerdict UNCHANGED = new AlarmVerdict("", "");
  static final String OK = "OK";
  static final String ALARM = "ALARM";
  static final String INSUFFICIENT = "INSUFFICIENT_DATA";
}
