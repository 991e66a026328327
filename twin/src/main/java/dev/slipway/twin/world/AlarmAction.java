package dev.slipway.twin.world;

/** Carries out what an alarm does when it rings. Under the world's lock. */
@FunctionalInterface
public interface AlarmAction {

  /**
   * An alarm rings: it has just begun to, or still does a minute later.
   *
   * @param actionArn one of the alarm's actions, of whatever service
   * @param alarmName the alarm
   */
  void ring(String actionArn, String alarmName);
}
