package dev.slipway.validation.observe;

import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The clients of one account and region. Implementations build each client at its first use; all
 * methods may be called from any thread.
 */
public interface Aws extends AutoCloseable {

  /** The region that is asked. */
  String region();

  /** AWS's time, as its answers tell it. */
  AwsTime time();

  /** How many requests were sent so far. */
  long sent();

  /** Elastic Container Service. */
  EcsClient ecs();

  /** Elastic Load Balancing, version 2. */
  ElasticLoadBalancingV2Client elb();

  /** Elastic Container Registry. */
  EcrClient ecr();

  /** EC2: the network. */
  Ec2Client ec2();

  /** Identity and Access Management. */
  IamClient iam();

  /** CloudWatch Logs. */
  CloudWatchLogsClient logs();

  /** CloudWatch alarms and dashboards. */
  CloudWatchClient cloudWatch();

  /** Certificate Manager. */
  AcmClient acm();

  /** Application Auto Scaling. */
  ApplicationAutoScalingClient autoScaling();

  /** Security Token Service: whose credentials these are. */
  StsClient sts();

  /** Resource Groups Tagging: what carries a tag. */
  ResourceGroupsTaggingApiClient tagging();

  /** Key Management Service. */
  KmsClient kms();

  /** Secrets Manager. */
  SecretsManagerClient secrets();

  /** Simple Storage Service. */
  S3Client s3();

  @Override
  void close();
}
