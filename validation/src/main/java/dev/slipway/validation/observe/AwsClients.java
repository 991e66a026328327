package dev.slipway.validation.observe;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
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
 * Clients of the AWS that the environment names: region, credentials and {@code AWS_ENDPOINT_URL}
 * are found as every AWS tool finds them.
 */
public final class AwsClients implements Aws {

  private final Region region;
  private final URI endpoint;
  private final SdkHttpClient http;
  private final Patience patience;
  private final AwsTime time;
  private final CallGuard guard;
  private final List<Lazy<? extends AutoCloseable>> all = new ArrayList<>();
  private final Lazy<AwsCredentialsProvider> credentials;
  private final Lazy<EcsClient> ecs = client(EcsClient::builder);
  private final Lazy<ElasticLoadBalancingV2Client> elb =
      client(ElasticLoadBalancingV2Client::builder);
  private final Lazy<EcrClient> ecr = client(EcrClient::builder);
  private final Lazy<Ec2Client> ec2 = client(Ec2Client::builder);
  private final Lazy<IamClient> iam = client(IamClient::builder);
  private final Lazy<CloudWatchLogsClient> logs = client(CloudWatchLogsClient::builder);
  private final Lazy<CloudWatchClient> cloudWatch = client(CloudWatchClient::builder);
  private final Lazy<AcmClient> acm = client(AcmClient::builder);
  private final Lazy<ApplicationAutoScalingClient> autoScaling =
      client(ApplicationAutoScalingClient::builder);
  private final Lazy<ResourceGroupsTaggingApiClient> tagging =
      client(ResourceGroupsTaggingApiClient::builder);
  private final Lazy<StsClient> sts = client(StsClient::builder);
  private final Lazy<KmsClient> kms = client(KmsClient::builder);
  private final Lazy<SecretsManagerClient> secrets = client(SecretsManagerClient::builder);
  private final Lazy<S3Client> s3 = client(S3Client::builder);

  /**
   * How long an answer is waited for.
   *
   * @param connection for a connection
   * @param answer for the next byte of an answer
   * @param call for an answer with all tries
   */
  record Patience(Duration connection, Duration answer, Duration call) {
    static final Patience NORMAL =
        new Patience(Duration.ofSeconds(3), Duration.ofSeconds(10), Duration.ofSeconds(30));
  }

  private AwsClients(Region region, Patience patience) {
    this(
        region,
        null,
        patience,
        new Lazy<>(() -> DefaultCredentialsProvider.builder().build()),
        InstantSource.system(),
        new Rates(System::nanoTime, Waiter.REAL));
  }

  private AwsClients(
      Region region,
      URI endpoint,
      Patience patience,
      Lazy<AwsCredentialsProvider> credentials,
      InstantSource local,
      Rates rates) {
    this.region = region;
    this.endpoint = endpoint;
    this.patience = patience;
    this.credentials = credentials;
    this.time = new AwsTime(local);
    this.guard = new CallGuard(rates, time);
    this.http =
        UrlConnectionHttpClient.builder()
            .connectionTimeout(patience.connection())
            .socketTimeout(patience.answer())
            .build();
  }

  /**
   * The clients of a region.
   *
   * @param region the region's name; empty for the one that the environment or profile names
   * @throws Unanswered when no region is named anywhere
   */
  public static AwsClients of(String region) throws Unanswered {
    return of(region, Patience.NORMAL);
  }

  static AwsClients of(String region, Patience patience) throws Unanswered {
    if (!region.isEmpty()) {
      return new AwsClients(Region.of(region), patience);
    }
    try {
      return new AwsClients(new DefaultAwsRegionProviderChain().getRegion(), patience);
    } catch (SdkClientException e) {
      throw new Unanswered(Trouble.NO_REGION, "region", e.getMessage(), e);
    }
  }

  /**
   * The clients of another endpoint than the environment's.
   *
   * @param time the time there, in which rates are counted too
   * @param waiter waits in that time
   */
  public static AwsClients at(
      URI endpoint,
      String region,
      AwsCredentialsProvider credentials,
      InstantSource time,
      Waiter waiter) {
    Instant begun = time.instant();
    return new AwsClients(
        Region.of(region),
        endpoint,
        Patience.NORMAL,
        new Lazy<>(() -> credentials),
        time,
        new Rates(() -> Duration.between(begun, time.instant()).toNanos(), waiter));
  }

  /** The endpoint that the environment names in AWS's place; empty for AWS itself. */
  public static String endpoint() {
    return System.getProperty(
        "aws.endpointUrl", System.getenv().getOrDefault("AWS_ENDPOINT_URL", ""));
  }

  @Override
  public String region() {
    return region.id();
  }

  @Override
  public AwsTime time() {
    return time;
  }

  @Override
  public long sent() {
    return guard.sent();
  }

  @Override
  public EcsClient ecs() {
    return ecs.get();
  }

  @Override
  public ElasticLoadBalancingV2Client elb() {
    return elb.get();
  }

  @Override
  public EcrClient ecr() {
    return ecr.get();
  }

  @Override
  public Ec2Client ec2() {
    return ec2.get();
  }

  @Override
  public IamClient iam() {
    return iam.get();
  }

  @Override
  public CloudWatchLogsClient logs() {
    return logs.get();
  }

  @Override
  public CloudWatchClient cloudWatch() {
    return cloudWatch.get();
  }

  @Override
  public AcmClient acm() {
    return acm.get();
  }

  @Override
  public ApplicationAutoScalingClient autoScaling() {
    return autoScaling.get();
  }

  @Override
  public StsClient sts() {
    return sts.get();
  }

  @Override
  public ResourceGroupsTaggingApiClient tagging() {
    return tagging.get();
  }

  @Override
  public KmsClient kms() {
    return kms.get();
  }

  @Override
  public SecretsManagerClient secrets() {
    return secrets.get();
  }

  @Override
  public S3Client s3() {
    return s3.get();
  }

  @Override
  public void close() {
    for (Lazy<? extends AutoCloseable> client : all) {
      if (client.made()) {
        closeQuietly(client.get());
      }
    }
    http.close();
  }

  private static void closeQuietly(AutoCloseable client) {
    try {
      client.close();
    } catch (Exception e) {
      throw new IllegalStateException("an SDK client does not fail to close", e);
    }
  }

  /** A few quick tries against a blip; against real throttling the observer slows down itself. */
  private static StandardRetryStrategy retries() {
    BackoffStrategy quick =
        BackoffStrategy.exponentialDelay(Duration.ofMillis(50), Duration.ofMillis(500));
    return AwsRetryStrategy.standardRetryStrategy().toBuilder()
        .maxAttempts(3)
        .backoffStrategy(quick)
        .throttlingBackoffStrategy(quick)
        .build();
  }

  private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C extends AutoCloseable>
      Lazy<C> client(Supplier<B> builder) {
    Lazy<C> lazy =
        new Lazy<>(() ->
            builder
                .get()
                .region(region)
                .endpointOverride(endpoint)
                .httpClient(http)
                .credentialsProvider(credentials.get())
                .overrideConfiguration(
                    ClientOverrideConfiguration.builder()
                        .addExecutionInterceptor(guard)
                        .retryStrategy(retries())
                        .apiCallTimeout(patience.call())
                        .build())
                .build());
    all.add(lazy);
    return lazy;
  }
}
