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

/** Clients lent to one of several users: when that one closes them, the others keep them. */
public final class LentAws implements Aws {

  private final Aws lender;

  /** Clients that the lender closes. */
  public LentAws(Aws lender) {
    this.lender = lender;
  }

  @Override
  public String region() {
    return lender.region();
  }

  @Override
  public AwsTime time() {
    return lender.time();
  }

  @Override
  public long sent() {
    return lender.sent();
  }

  @Override
  public EcsClient ecs() {
    return lender.ecs();
  }

  @Override
  public ElasticLoadBalancingV2Client elb() {
    return lender.elb();
  }

  @Override
  public EcrClient ecr() {
    return lender.ecr();
  }

  @Override
  public Ec2Client ec2() {
    return lender.ec2();
  }

  @Override
  public IamClient iam() {
    return lender.iam();
  }

  @Override
  public CloudWatchLogsClient logs() {
    return lender.logs();
  }

  @Override
  public CloudWatchClient cloudWatch() {
    return lender.cloudWatch();
  }

  @Override
  public AcmClient acm() {
    return lender.acm();
  }

  @Override
  public ApplicationAutoScalingClient autoScaling() {
    return lender.autoScaling();
  }

  @Override
  public StsClient sts() {
    return lender.sts();
  }

  @Override
  public ResourceGroupsTaggingApiClient tagging() {
    return lender.tagging();
  }

  @Override
  public KmsClient kms() {
    return lender.kms();
  }

  @Override
  public SecretsManagerClient secrets() {
    return lender.secrets();
  }

  @Override
  public S3Client s3() {
    return lender.s3();
  }

  @Override
  public void close() {
    // The lender does.
  }
}
