/**
 * Amazon ECS on Fargate: its API, the rolling scheduler and the life of tasks.
 *
 * <p>API classes ({@code …Api}) change what is wanted; {@link
 * dev.slipway.twin.ecs.ServiceScheduler} moves services towards it in ticks; {@link
 * dev.slipway.twin.ecs.TaskLifecycle} moves each task along its states. All three meet in the
 * tables of {@link dev.slipway.twin.ecs.EcsState} only.
 */
package dev.slipway.twin.ecs;
