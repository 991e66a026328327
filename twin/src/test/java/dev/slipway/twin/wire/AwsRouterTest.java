package dev.slipway.twin.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AwsRouterTest {

  private final AwsRouter router = new AwsRouter();

  @ParameterizedTest
  @CsvSource({
    "AmazonEC2ContainerServiceV20141113.ListClusters, 1.1, ECS, JSON_1_1, ListClusters",
    "AmazonEC2ContainerRegistry_V20150921.PutImage, 1.1, ECR, JSON_1_1, PutImage",
    "Logs_20140328.PutLogEvents, 1.1, LOGS, JSON_1_1, PutLogEvents",
    "GraniteServiceVersion20100801.PutMetricAlarm, 1.0, CLOUDWATCH, JSON_1_0, PutMetricAlarm",
    "AnyScaleFrontendService.X, 1.1, AUTO_SCALING, JSON_1_1, X",
    "ResourceGroupsTaggingAPI_20170126.GetResources, 1.1, TAGGING, JSON_1_1, GetResources",
    "AmazonSSM.GetParameter, 1.1, SSM, JSON_1_1, GetParameter",
    "secretsmanager.GetSecretValue, 1.1, SECRETS_MANAGER, JSON_1_1, GetSecretValue"
  })
  void goesByTheTargetOfJson(
      String target, String version, AwsService service, AwsProtocol protocol, String action) {
    HttpCall call =
        call(
            "/",
            "",
            "{}",
            Map.of("X-Amz-Target", target, "Content-Type", "application/x-amz-json-" + version));
    assertThat(router.route(call, SignatureScope.of(call)))
        .isEqualTo(new Route.ToAction(service, protocol, action, Map.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "elasticloadbalancing, 2015-12-01, ELBV2, QUERY",
    "ec2, 2016-11-15, EC2, EC2",
    "iam, 2010-05-08, IAM, QUERY",
    "sts, 2011-06-15, STS, QUERY",
    "sns, 2010-03-31, SNS, QUERY",
    "monitoring, 2010-08-01, CLOUDWATCH, QUERY"
  })
  void goesByTheScopeAndTheVersionOfForms(
      String scope, String version, AwsService service, AwsProtocol protocol) {
    Route signed = route(form(scope, "Action=DoIt&Version=" + version));
    assertThat(signed)
        .asInstanceOf(type(Route.ToAction.class))
        .satisfies(to -> {
          assertThat(to.service()).isEqualTo(service);
          assertThat(to.protocol()).isEqualTo(protocol);
          assertThat(to.action()).isEqualTo("DoIt");
        });
    assertThat(route(form("", "Action=DoIt&Version=" + version)).serviceName())
        .isEqualTo(service.signingName());
  }

  @Test
  void goesByThePathOfCbor() {
    HttpCall call =
        call(
            "/service/GraniteServiceVersion20100801/operation/ListMetrics",
            "",
            "",
            Map.of("smithy-protocol", "rpc-v2-cbor"));
    assertThat(route(call))
        .isEqualTo(
            new Route.ToAction(AwsService.CLOUDWATCH, AwsProtocol.CBOR, "ListMetrics", Map.of()));
  }

  @Test
  void readsTheCredentialOfAPresignedUrl() {
    String query =
        "Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Credential="
            + "AKID%2F20260101%2Feu-west-1%2Fsts%2Faws4_request";
    HttpCall call = call("/", query, "", Map.of());
    SignatureScope scope = SignatureScope.of(call);
    assertThat(scope).isEqualTo(new SignatureScope("AKID", "eu-west-1", "sts"));
    assertThat(router.route(call, scope).serviceName()).isEqualTo("sts");
  }

  @ParameterizedTest
  @CsvSource({
    // classic load balancers share their scope with the new ones
    "elasticloadbalancing, Action=DescribeLoadBalancers&Version=2012-06-01, InvalidAction",
    "ec2, Action=DescribeVpcs&Version=2015-12-01, InvalidAction",
    "ec2, Action=DescribeVpcs, InvalidAction",
    "ec2, Version=2016-11-15, MissingAction",
    "iam, Action=a<b&Version=2010-05-08, InvalidAction",
    "iam, Action=%zz, MalformedQueryString",
    "'', '', MissingAction",
    "sqs, Action=ListQueues&Version=2012-11-05, NotImplemented",
    "glue, '', NotImplemented"
  })
  void refusesWhatLeadsNowhere(String scope, String form, String code) {
    assertThat(route(form(scope, form)))
        .asInstanceOf(type(Route.Refused.class))
        .satisfies(refused -> assertThat(refused.error().code()).isEqualTo(code));
  }

  @ParameterizedTest
  @CsvSource({"AWSGlue.CreateJob, 501", "nodot, 400", "a.b c, 400"})
  void refusesUnknownTargets(String target, int status) {
    assertThat(route(call("/", "", "{}", Map.of("X-Amz-Target", target))))
        .asInstanceOf(type(Route.Refused.class))
        .satisfies(refused -> assertThat(refused.error().status()).isEqualTo(status));
  }

  @ParameterizedTest
  @CsvSource({
    "DescribeSSLPolicies, DescribeSslPolicies",
    "CreateOpenIDConnectProvider, CreateOpenIdConnectProvider",
    "ListMFADevices, ListMfaDevices",
    "AssumeRoleWithSAML, AssumeRoleWithSaml",
    "DescribeVpcs, DescribeVpcs"
  })
  void spellsAcronymsAsTheSdkDoes(String action, String spelled) {
    assertThat(ModelClasses.respell(action)).isEqualTo(spelled);
  }

  private Route route(HttpCall call) {
    return router.route(call, SignatureScope.of(call));
  }

  private static HttpCall form(String scope, String body) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
    if (!scope.isEmpty()) {
      headers.put(
          "Authorization",
          "AWS4-HMAC-SHA256 Credential=AKID/20260101/eu-west-1/"
              + scope
              + "/aws4_request, SignedHeaders=host, Signature=0");
    }
    return call("/", "", body, headers);
  }

  private static HttpCall call(
      String path, String query, String body, Map<String, String> headers) {
    Map<String, String> lower = new HashMap<>();
    headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
    return new HttpCall(
        "POST",
        path,
        query,
        name -> lower.get(name.toLowerCase(Locale.ROOT)),
        body.getBytes(StandardCharsets.UTF_8));
  }
}
