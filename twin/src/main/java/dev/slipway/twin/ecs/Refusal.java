package dev.slipway.twin.ecs;

import java.time.Duration;

/**
 * Why a task cannot start.
 *
 * @param reason the task's {@code stoppedReason}
 * @param after how long it takes the platform to give up
 */
record Refusal(String reason, Duration after) {}
