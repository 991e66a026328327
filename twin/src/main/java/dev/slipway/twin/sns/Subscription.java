package dev.slipway.twin.sns;

/** A subscription to a topic. */
record Subscription(String arn, String topicArn, String protocol, String endpoint) {

  static final String TABLE = "sns.subscriptions";
}
