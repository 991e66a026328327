package dev.slipway.twin.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * Every operation of every service: a random request, marshalled by the SDK's own client, must be
 * read as what it was; a random answer must reach the client as what it was.
 *
 * <p>{@code -Dslipway.fuzz.operations=N} tries that many operations a service, {@code
 * -Dslipway.fuzz.seed=N} other ones with other values.
 */
class RoundTripTest {

  private static final long SEED = Long.getLong("slipway.fuzz.seed", 1);
  private static final int LIMIT = Integer.getInteger("slipway.fuzz.operations", 30);

  private final AwsRouter router = new AwsRouter();
  private final AwsJsonCodec json = new AwsJsonCodec();
  private final AwsFormReader forms = new AwsFormReader();

  static Stream<Arguments> services() {
    return Stream.of(
        Arguments.of(AwsService.ECS, EcsClient.builder(), EcsClient.class),
        Arguments.of(AwsService.ECR, EcrClient.builder(), EcrClient.class),
        Arguments.of(AwsService.LOGS, CloudWatchLogsClient.builder(), CloudWatchLogsClient.class),
        Arguments.of(AwsService.CLOUDWATCH, CloudWatchClient.builder(), CloudWatchClient.class),
        Arguments.of(
            AwsService.ELBV2,
            ElasticLoadBalancingV2Client.builder(),
            ElasticLoadBalancingV2Client.class),
        Arguments.of(AwsService.EC2, Ec2Client.builder(), Ec2Client.class),
        Arguments.of(AwsService.IAM, IamClient.builder(), IamClient.class),
        Arguments.of(AwsService.STS, StsClient.builder(), StsClient.class),
        Arguments.of(
            AwsService.AUTO_SCALING,
            ApplicationAutoScalingClient.builder(),
            ApplicationAutoScalingClient.class),
        Arguments.of(
            AwsService.TAGGING,
            ResourceGroupsTaggingApiClient.builder(),
            ResourceGroupsTaggingApiClient.class),
        Arguments.of(AwsService.SNS, SnsClient.builder(), SnsClient.class),
        Arguments.of(AwsService.SSM, SsmClient.builder(), SsmClient.class),
        Arguments.of(
            AwsService.SECRETS_MANAGER,
            SecretsManagerClient.builder(),
            SecretsManagerClient.class));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("services")
  <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C>
      void whatTheClientSendsAndReadsIsWhatTheTwinReadsAndSends(
          AwsService service, B builder, Class<C> clientType) throws Exception {
    Wire wire = new Wire(service);
    C client =
        builder
            .httpClient(wire)
            .endpointOverride(URI.create("http://127.0.0.1:1"))
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "secret")))
            .overrideConfiguration(c -> c.retryStrategy(DefaultRetryStrategy.doNotRetry()))
            .build();
    List<String> failures = new ArrayList<>();
    List<Method> operations = operations(clientType);
    for (Method operation : operations) {
      RandomValues values =
          new RandomValues(SEED + operation.getName().hashCode(), service != AwsService.IAM);
      SdkRequest request = (SdkRequest) values.model(operation.getParameterTypes()[0]);
      SdkResponse response = (SdkResponse) values.model(operation.getReturnType());
      wire.expect(request.getClass(), response);
      try {
        Object received = operation.invoke(client, request);
        if (!request.equals(wire.decoded)) {
          failures.add(operation.getName() + difference(request, wire.decoded));
        }
        if (!response.equalsBySdkFields(received)) {
          failures.add(operation.getName() + difference(response, received));
        }
      } catch (ReflectiveOperationException e) {
        failures.add(operation.getName() + ": " + e.getCause());
      }
    }
    assertThat(operations).isNotEmpty();
    assertThat(failures).isEmpty();
  }

  /** Where two texts part, with a little before it. */
  private static String difference(Object expected, Object actual) {
    String left = String.valueOf(expected);
    String right = String.valueOf(actual);
    int at = Arrays.mismatch(left.toCharArray(), right.toCharArray());
    int from = Math.max(0, at - 80);
    return "\n expected …" + cut(left, from) + "\n but was  …" + cut(right, from);
  }

  private static String cut(String text, int from) {
    return text.substring(Math.min(from, text.length()), Math.min(from + 200, text.length()));
  }

  private static List<Method> operations(Class<?> clientType) {
    List<Method> all =
        new ArrayList<>(
            Arrays.stream(clientType.getMethods())
                .filter(method -> method.getParameterCount() == 1)
                .filter(method -> SdkRequest.class.isAssignableFrom(method.getParameterTypes()[0]))
                .filter(method -> SdkResponse.class.isAssignableFrom(method.getReturnType()))
                .sorted(Comparator.comparing(Method::getName))
                .toList());
    Collections.shuffle(all, new Random(SEED));
    return all.subList(0, Math.min(LIMIT, all.size()));
  }

  /** Stands where the network would: reads with the twin's decoders, answers with its encoders. */
  private final class Wire implements SdkHttpClient {
    private final AwsService service;
    private Class<?> requestType;
    private SdkResponse response;
    private SdkRequest decoded;

    Wire(AwsService service) {
      this.service = service;
    }

    void expect(Class<?> requestType, SdkResponse response) {
      this.requestType = requestType;
      this.response = response;
      this.decoded = null;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() {
          return HttpExecuteResponse.builder()
              .response(SdkHttpResponse.builder().statusCode(200).build())
              .responseBody(AbortableInputStream.create(new ByteArrayInputStream(answer(request))))
              .build();
        }

        @Override
        public void abort() {}
      };
    }

    private byte[] answer(HttpExecuteRequest execute) {
      SdkHttpRequest http = execute.httpRequest();
      HttpCall call =
          new HttpCall(
              http.method().name(),
              http.encodedPath(),
              http.encodedQueryParameters().orElse(""),
              name -> http.firstMatchingHeader(name).orElse(null),
              execute.contentStreamProvider().map(p -> read(p.newStream())).orElse(new byte[0]));
      SignatureScope scope = SignatureScope.of(call);
      assertThat(scope.service()).isIn(service.signingName(), "");
      Route.ToAction route = (Route.ToAction) router.route(call, scope);
      assertThat(route.service()).isEqualTo(service);
      assertThat(ModelClasses.hasOperation(service.modelPackage(), route.action())).isTrue();
      assertThat(ModelClasses.respell(route.action()) + "Request")
          .isEqualTo(requestType.getSimpleName());
      if (route.protocol().isForm()) {
        decoded = forms.decode(requestType, route.form());
        return AwsXmlWriter.encode(service, route.action(), response, "id");
      }
      decoded = json.decode(route.protocol(), requestType, call.body());
      return json.encode(route.protocol(), response);
    }

    private byte[] read(InputStream stream) {
      try (stream) {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {}
  }
}
