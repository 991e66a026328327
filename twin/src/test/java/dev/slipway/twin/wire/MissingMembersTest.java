package dev.slipway.twin.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.twin.RuntimeKind;
import dev.slipway.twin.Twin;
import dev.slipway.twin.TwinOptions;
import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.World;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.budgets.model.CreateBudgetRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsForMetricRequest;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsLogGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreateDhcpOptionsRequest;
import software.amazon.awssdk.services.ec2.model.NewDhcpConfiguration;
import software.amazon.awssdk.services.ecr.model.TagResourceRequest;
import software.amazon.awssdk.services.iam.model.CreateOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateServiceLinkedRoleRequest;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.route53.model.CreateHostedZoneRequest;
import software.amazon.awssdk.services.route53.model.ListHostedZonesByNameRequest;
import software.amazon.awssdk.services.s3.model.ListBucketsRequest;
import software.amazon.awssdk.services.sns.model.CreateTopicRequest;
import software.amazon.awssdk.services.sns.model.SubscribeRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathRequest;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;

/** What the fuzz found, by hand: a request that lacks a thing names it in its refusal. */
class MissingMembersTest {

  @TempDir private static Path directory;
  private static Twin twin;
  private static World world;

  @BeforeAll
  static void start() throws Exception {
    twin = Twin.start(new TwinOptions(0, 1, "eu-central-1", directory, RuntimeKind.SIMULATED));
    world = twin.worlds().of("000000000000", "eu-central-1");
    world.operations().invoke(CreateTopicRequest.builder().name("t").build());
  }

  @AfterAll
  static void stop() {
    twin.close();
  }

  static Stream<Arguments> requests() {
    return Stream.of(
        refused(
            "MissingParameter",
            "dhcpConfiguration.key",
            CreateDhcpOptionsRequest.builder()
                .dhcpConfigurations(NewDhcpConfiguration.builder().values("a").build())
                .build()),
        refused(
            "InvalidParameter",
            "Endpoint",
            SubscribeRequest.builder()
                .topicArn("arn:aws:sns:eu-central-1:000000000000:t")
                .protocol("sqs")
                .build()),
        refused(
            "ValidationException",
            "'budget'",
            CreateBudgetRequest.builder().accountId("000000000000").build()),
        refused(
            "MissingParameter",
            "Dimensions.Value",
            DescribeAlarmsForMetricRequest.builder()
                .namespace("n")
                .metricName("m")
                .dimensions(Dimension.builder().name("a").build())
                .build()),
        refused(
            "InvalidParameterException",
            "'logGroupName'",
            ListTagsLogGroupRequest.builder().build()),
        refused("InvalidParameterException", "'resourceArn'", TagResourceRequest.builder().build()),
        refused("ValidationError", "'url'", CreateOpenIdConnectProviderRequest.builder().build()),
        refused(
            "ValidationError",
            "'tags.member.value'",
            CreateRoleRequest.builder()
                .roleName("r")
                .assumeRolePolicyDocument(
                    "{\"Version\":\"2012-10-17\",\"Statement\":{"
                        + "\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"ecs-tasks.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}}")
                .tags(Tag.builder().key("k").build())
                .build()),
        refused(
            "ValidationError",
            "'aWSServiceName'",
            CreateServiceLinkedRoleRequest.builder().build()),
        refused(
            "InvalidInput",
            "'callerReference'",
            CreateHostedZoneRequest.builder().name("example.org").build()),
        refused(
            "InvalidInput",
            "maxItems",
            ListHostedZonesByNameRequest.builder().maxItems("x").build()),
        refused(
            "InvalidArgument", "max-buckets", ListBucketsRequest.builder().maxBuckets(-1).build()),
        refused("ValidationException", "'name'", GetParameterRequest.builder().build()),
        refused("ValidationException", "'path'", GetParametersByPathRequest.builder().build()),
        refused(
            "InvalidAllowedPatternException",
            "*",
            PutParameterRequest.builder()
                .name("p")
                .type(ParameterType.STRING)
                .value("v")
                .allowedPattern("*")
                .build()),
        refused(
            "ValidationException", "labels", GetParameterRequest.builder().name("arn:").build()),
        refused(
            "ValidationError",
            "'roleArn'",
            AssumeRoleRequest.builder().roleSessionName("s").build()),
        refused(
            "ValidationError",
            "'roleSessionName'",
            AssumeRoleRequest.builder().roleArn("arn:aws:iam::000000000000:role/r").build()));
  }

  private static Arguments refused(String code, String names, SdkRequest request) {
    return Arguments.of(code, names, request);
  }

  @ParameterizedTest
  @MethodSource("requests")
  void refusesByName(String code, String names, SdkRequest request) {
    assertThatThrownBy(() -> world.operations().invoke(request))
        .isInstanceOfSatisfying(AwsError.class, error -> assertThat(error.code()).isEqualTo(code))
        .hasMessageContaining(names);
  }
}
