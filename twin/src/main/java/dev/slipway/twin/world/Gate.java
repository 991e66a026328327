package dev.slipway.twin.world;

import software.amazon.awssdk.core.SdkRequest;

/** Decides whether a caller may make an API call. */
@FunctionalInterface
public interface Gate {

  /** Lets everybody in. */
  Gate OPEN = (caller, action, request) -> {};

  /**
   * Returns when the call may be made. Called under the world's lock.
   *
   * @param action the action's name, for instance {@code RunTask}
   * @throws AwsError as the service refuses a caller without permission
   */
  void admit(Caller caller, String action, SdkRequest request);
}
