package dev.slipway.twin.s3;

import java.time.Instant;

/** A bucket. */
record Bucket(String name, String region, Instant created) {}
