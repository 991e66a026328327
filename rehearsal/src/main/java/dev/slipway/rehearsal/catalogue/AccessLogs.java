package dev.slipway.rehearsal.catalogue;

import dev.slipway.rehearsal.stage.Stage;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketLocationConstraint;

/** The access logs of a service's load balancer. */
final class AccessLogs {

  private AccessLogs() {}

  /** Turns them on, as the user guide does: a bucket that lets log delivery in. */
  static void on(Stage stage) {
    String bucket = "access-logs-" + stage.account().id();
    S3Client s3 = stage.aws().s3();
    s3.createBucket(r ->
        r.bucket(bucket)
            .createBucketConfiguration(c ->
                c.locationConstraint(
                    BucketLocationConstraint.fromValue(stage.account().region()))));
    s3.putBucketPolicy(r ->
        r.bucket(bucket)
            .policy(
                Policies.document(
                    "\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"logdelivery.elasticloadbalancing.amazonaws.com\"},\"Action\":\"s3:PutObject\",\"Resource\":\"arn:aws:s3:::%s/*\""
                        .formatted(bucket))));
    String balancer = stage.its().loadBalancer().loadBalancerArn();
    stage
        .elb()
        .modifyLoadBalancerAttributes(r ->
            r.loadBalancerArn(balancer)
                .attributes(
                    a -> a.key("access_logs.s3.enabled").value("true"),
                    a -> a.key("access_logs.s3.bucket").value(bucket)));
  }

  /** Turns them off. */
  static void off(Stage stage) {
    String balancer = stage.its().loadBalancer().loadBalancerArn();
    stage
        .elb()
        .modifyLoadBalancerAttributes(r ->
            r.loadBalancerArn(balancer)
                .attributes(a -> a.key("access_logs.s3.enabled").value("false")));
  }
}
