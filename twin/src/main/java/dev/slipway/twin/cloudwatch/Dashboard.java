package dev.slipway.twin.cloudwatch;

import java.time.Instant;

/** A dashboard; the body as it was given. */
record Dashboard(String name, String arn, String body, Instant lastModified) {

  static final String TABLE = "cloudwatch.dashboards";
}
