package dev.slipway.twin.timelines;

import java.util.List;

/**
 * The spans of section 10 of the reference, in their order. Where AWS was seen once, half as much
 * and half as much again agree with it.
 */
final class Steps {

  static final Step FIRST_TASK = new Step("CreateService → first task created", "52", 45, 60);
  static final Step SCALE_OUT = new Step("desired 0 → 1 → task created", "3.2–11", 3.2, 11);
  static final Step PULL_START = new Step("task created → pull starts", "9.5–11.5", 9.5, 11.5);
  static final Step PULLED = new Step("pull ends → task started", "2–4", 1.5, 4);
  static final Step REGISTERED =
      new Step("start event → registered event, small image", "19–30", 19, 31);
  static final Step HEALTHY = new Step("registered → healthy", "1.1–4", 1, 4.5);
  static final Step OLD_STOPPED = new Step("registered → old task stopped", "10 or 50–52", 9, 53);
  static final Step DRAINING = new Step("old task stopped → draining event", "10", 9, 11.5);
  static final Step COMPLETED = new Step("draining event → deployment completed", "52", 45, 58);
  static final Step TARGET_GONE = new Step("draining → target gone, delay 30 s", "31", 29, 34);
  static final Step ROLLING =
      new Step("rolling deploy of one task, small image", "91–104 by its steps", 85, 110);
  static final Step TO_ZERO = new Step("desired 0, forced → completed", "87", 43, 131);
  static final Step CRASH_UNHEALTHY =
      new Step("crash → target unhealthy or draining", "8.5", 0, 13);
  static final Step CRASH_DEREGISTERED = new Step("crash → deregistered", "10.9", 0, 16.5);
  static final Step CRASH_REPLACED = new Step("crash → new task created", "21", 9, 31.5);
  static final Step CRASH_HEALTHY = new Step("crash → new target healthy", "52.7", 26, 79);
  static final Step CRASH_STEADY = new Step("crash → steady state", "59", 29, 89);
  static final Step HANG_UNHEALTHY = new Step("hang → target unhealthy", "26", 13, 39);
  static final Step HANG_REPLACED = new Step("hang → new task created", "62", 31, 93);
  static final Step HANG_HEALTHY = new Step("hang → new target healthy", "82", 41, 123);
  static final Step HANG_STOPPED =
      new Step("hang → old task stopped, unhealthy event", "89", 44, 134);
  static final Step HANG_STEADY = new Step("hang → steady state", "109", 54, 164);
  static final Step BREAKER =
      new Step("breaker, container checks, threshold 3 → rolled back", "191", 95, 287);
  static final Step STOPPED_REPLACED = new Step("StopTask → replacement starts", "18.9", 9, 28.4);
  static final Step REPLACEMENT_STEADY =
      new Step("replacement starts → steady, container check", "77–98", 70, 105);
  static final Step ALB = new Step("load balancer created → active", "141–187", 139, 189);
  static final Step NAT_CREATE = new Step("NAT gateway created → available", "84–121", 82, 123);
  static final Step NAT_DELETE = new Step("NAT gateway deleted → gone", "42–61", 40, 63);

  static final List<Step> ALL =
      List.of(
          FIRST_TASK,
          SCALE_OUT,
          PULL_START,
          PULLED,
          REGISTERED,
          HEALTHY,
          OLD_STOPPED,
          DRAINING,
          COMPLETED,
          TARGET_GONE,
          ROLLING,
          TO_ZERO,
          CRASH_UNHEALTHY,
          CRASH_DEREGISTERED,
          CRASH_REPLACED,
          CRASH_HEALTHY,
          CRASH_STEADY,
          HANG_UNHEALTHY,
          HANG_REPLACED,
          HANG_HEALTHY,
          HANG_STOPPED,
          HANG_STEADY,
          BREAKER,
          STOPPED_REPLACED,
          REPLACEMENT_STEADY,
          ALB,
          NAT_CREATE,
          NAT_DELETE);

  private Steps() {}
}
