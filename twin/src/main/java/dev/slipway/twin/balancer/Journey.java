package dev.slipway.twin.balancer;

import dev.slipway.twin.elbv2.Routing;

/** What becomes of one request, told as it happens. On the thread of its lane. */
interface Journey {

  /** One that nobody asks for. */
  Journey UNTOLD = new Journey() {};

  /** A rule is met. */
  default void matched(RouteTable.CompiledRule rule) {}

  /** The client is sent elsewhere. */
  default void redirected(String location) {}

  /** A target is chosen. */
  default void chosen(String group, Routing.Target target, String trace) {}

  /** The request is on its way to the target. */
  default void sent() {}

  /** The target begins to answer. */
  default void answered(int status) {}

  /** It is over; only the first end counts. */
  default void ended(int status) {}
}
