package dev.slipway.twin.wire;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The services that the twin knows by name, as the wire tells them apart. Source: the service
 * models of the AWS SDKs.
 */
enum AwsService {
  ECS("ecs", "ecs", "AmazonEC2ContainerServiceV20141113", "2014-11-13", ""),
  ECR("ecr", "ecr", "AmazonEC2ContainerRegistry_V20150921", "2015-09-21", ""),
  LOGS("logs", "cloudwatchlogs", "Logs_20140328", "2014-03-28", ""),
  CLOUDWATCH(
      "monitoring",
      "cloudwatch",
      "GraniteServiceVersion20100801",
      "2010-08-01",
      "http://monitoring.amazonaws.com/doc/2010-08-01/"),
  ELBV2(
      "elasticloadbalancing",
      "elasticloadbalancingv2",
      "",
      "2015-12-01",
      "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"),
  EC2("ec2", "ec2", "", "2016-11-15", "http://ec2.amazonaws.com/doc/2016-11-15/"),
  IAM("iam", "iam", "", "2010-05-08", "https://iam.amazonaws.com/doc/2010-05-08/"),
  STS("sts", "sts", "", "2011-06-15", "https://sts.amazonaws.com/doc/2011-06-15/"),
  AUTO_SCALING(
      "application-autoscaling",
      "applicationautoscaling",
      "AnyScaleFrontendService",
      "2016-02-06",
      ""),
  TAGGING(
      "tagging", "resourcegroupstaggingapi", "ResourceGroupsTaggingAPI_20170126", "2017-01-26", ""),
  SNS("sns", "sns", "", "2010-03-31", "http://sns.amazonaws.com/doc/2010-03-31/"),
  SSM("ssm", "ssm", "AmazonSSM", "2014-11-06", ""),
  SECRETS_MANAGER("secretsmanager", "secretsmanager", "secretsmanager", "2017-10-17", ""),
  ACM("acm", "acm", "CertificateManager", "2015-12-08", ""),
  BUDGETS("budgets", "budgets", "AWSBudgetServiceGateway", "2016-10-20", ""),
  KMS("kms", "kms", "TrentService", "2014-11-01", ""),
  WAFV2("wafv2", "wafv2", "AWSWAF_20190729", "2019-07-29", ""),
  S3("s3", "s3", "", "2006-03-01", "http://s3.amazonaws.com/doc/2006-03-01/"),
  ROUTE53("route53", "route53", "", "2013-04-01", "https://route53.amazonaws.com/doc/2013-04-01/");

  private static final Map<String, AwsService> BY_SIGNING_NAME = index(AwsService::signingName);
  private static final Map<String, AwsService> BY_TARGET_PREFIX = index(s -> s.targetPrefix);
  private static final Map<String, AwsService> BY_VERSION = index(s -> s.version);

  private final String signingName;
  private final String modelPackage;
  private final String targetPrefix;
  private final String version;
  private final String namespace;

  AwsService(
      String signingName,
      String modelPackage,
      String targetPrefix,
      String version,
      String namespace) {
    this.signingName = signingName;
    this.modelPackage = modelPackage;
    this.targetPrefix = targetPrefix;
    this.version = version;
    this.namespace = namespace;
  }

  private static Map<String, AwsService> index(Function<AwsService, String> key) {
    return Arrays.stream(values())
        .filter(service -> !key.apply(service).isEmpty())
        .collect(Collectors.toMap(key, Function.identity()));
  }

  /** The service of a SigV4 credential scope. */
  static Optional<AwsService> bySigningName(String name) {
    return Optional.ofNullable(BY_SIGNING_NAME.get(name));
  }

  /** The service of a JSON target's prefix, which CBOR paths use as the service's name too. */
  static Optional<AwsService> byTargetPrefix(String prefix) {
    return Optional.ofNullable(BY_TARGET_PREFIX.get(prefix));
  }

  /** The service of an API version; no two services share one. */
  static Optional<AwsService> byVersion(String version) {
    return Optional.ofNullable(BY_VERSION.get(version));
  }

  /** The name in credential scopes, by which people know the service too. */
  String signingName() {
    return signingName;
  }

  /** The last part of the SDK's package name. */
  String modelPackage() {
    return modelPackage;
  }

  /** What stands before the dot in {@code X-Amz-Target}; empty when the service has no JSON. */
  String targetPrefix() {
    return targetPrefix;
  }

  /** The API version in forms. */
  String version() {
    return version;
  }

  /** The namespace of XML answers; empty when the service has none. */
  String namespace() {
    return namespace;
  }

  /** The protocol of forms sent to this service. */
  AwsProtocol formProtocol() {
    return this == EC2 ? AwsProtocol.EC2 : AwsProtocol.QUERY;
  }

  /** Whether the service's operations are methods on paths. */
  boolean isRest() {
    return this == S3 || this == ROUTE53;
  }

  /** Whether the service speaks forms. */
  boolean hasForms() {
    return !namespace.isEmpty() && !isRest();
  }
}
