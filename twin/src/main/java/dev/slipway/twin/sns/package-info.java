/** SNS topics, as far as alarms notify them. */
package dev.slipway.twin.sns;
