/** CloudWatch: metrics, the alarms derived from them, and dashboards. */
package dev.slipway.twin.cloudwatch;
