/** Application Auto Scaling of ECS services. */
package dev.slipway.twin.autoscaling;
