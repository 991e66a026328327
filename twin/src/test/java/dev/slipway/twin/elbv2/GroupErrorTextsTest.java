package dev.slipway.twin.elbv2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.twin.world.AwsError;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/** What is refused of target groups and targets, word by word. */
class GroupErrorTextsTest {

  private final ElbWorld aws = new ElbWorld(new ScriptedDataPlane());
  private final LoadBalancer lb = aws.loadBalancer("front");
  private final TargetGroup group = aws.targetGroup("service");

  private static Arguments row(
      String name, String code, String text, Consumer<GroupErrorTextsTest> mistake) {
    return Arguments.of(name, code, text, mistake);
  }

  private static Arguments create(
      String name, String code, String text, Consumer<CreateTargetGroupRequest.Builder> mistake) {
    return row(
        name,
        code,
        text,
        t -> {
          CreateTargetGroupRequest.Builder request = t.aws.targetGroupRequest("other");
          mistake.accept(request);
          t.aws.invoke(request.build());
        });
  }

  private static String bounds(String value, String field, String bound) {
    return "1 validation error detected: Value '"
        + value
        + "' at '"
        + field
        + "' failed to satisfy constraint: Member must have value "
        + bound;
  }

  static Stream<Arguments> settings() {
    return Stream.of(
        create(
            "an interval of 4",
            "ValidationError",
            bounds("4", "healthCheckIntervalSeconds", "greater than or equal to 5"),
            r -> r.healthCheckIntervalSeconds(4)),
        create(
            "an interval of 301",
            "ValidationError",
            bounds("301", "healthCheckIntervalSeconds", "less than or equal to 300"),
            r -> r.healthCheckIntervalSeconds(301)),
        create(
            "a time-out of 1",
            "ValidationError",
            bounds("1", "healthCheckTimeoutSeconds", "greater than or equal to 2"),
            r -> r.healthCheckTimeoutSeconds(1)),
        create(
            "a threshold of 1",
            "ValidationError",
            bounds("1", "healthyThresholdCount", "greater than or equal to 2"),
            r -> r.healthyThresholdCount(1)),
        create(
            "a threshold of 11",
            "ValidationError",
            bounds("11", "unhealthyThresholdCount", "less than or equal to 10"),
            r -> r.unhealthyThresholdCount(11)),
        create(
            "a time-out longer than the interval",
            "ValidationError",
            "Health check timeout '20' must be smaller than or equal to the interval '10'",
            r -> r.healthCheckTimeoutSeconds(20)),
        create(
            "a code that is none",
            "ValidationError",
            "Health check matcher HTTP code '99' is not valid",
            r -> r.matcher(m -> m.httpCode("99"))),
        create(
            "a code that is too high",
            "ValidationError",
            "Health check matcher HTTP code '500' must be between '200' and '499'",
            r -> r.matcher(m -> m.httpCode("200-500"))),
        create(
            "a relative path",
            "ValidationError",
            "Health check path 'health' must begin with a '/' character and have at most 1024"
                + " characters",
            r -> r.healthCheckPath("health")),
        create(
            "a port that is none",
            "ValidationError",
            "Health check port '0' must be 'traffic-port' or between '1' and '65535'",
            r -> r.healthCheckPort("0")),
        create(
            "no health checks",
            "ValidationError",
            "Health check enabled must be true for target groups with target type 'ip'",
            r -> r.healthCheckEnabled(false)),
        create(
            "no protocol",
            "ValidationError",
            "A protocol must be specified",
            r -> r.protocol((String) null)),
        create("no port", "ValidationError", "A port must be specified", r -> r.port(null)),
        create("no VPC", "ValidationError", "A VPC ID must be specified", r -> r.vpcId(null)),
        create(
            "an unknown VPC",
            "ValidationError",
            "The VPC ID 'vpc-0' is not found",
            r -> r.vpcId("vpc-0")),
        create(
            "a long name",
            "ValidationError",
            "Target group name 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' cannot be longer than '32'"
                + " characters",
            r -> r.name("a".repeat(33))),
        create(
            "the same name with other settings",
            "DuplicateTargetGroupName",
            "A target group with the same name 'service' exists, but with different settings",
            r -> r.name("service").port(81)),
        create(
            "gRPC",
            "InvalidConfigurationRequest",
            "the protocol version GRPC is not supported by the twin",
            r -> r.protocolVersion("GRPC")),
        create(
            "TCP",
            "InvalidConfigurationRequest",
            "the target group protocol TCP is not supported by the twin",
            r -> r.protocol(ProtocolEnum.TCP)),
        create(
            "a function",
            "InvalidConfigurationRequest",
            "the target type lambda is not supported by the twin",
            r -> r.targetType(TargetTypeEnum.LAMBDA)));
  }

  static Stream<Arguments> uses() {
    return Stream.of(
        row(
            "a group in use",
            "ResourceInUse",
            "Target group '{tg}' is currently in use by a listener or a rule",
            t -> {
              t.aws.listener(t.lb, 80, ElbWorld.forward(t.group));
              t.aws.invoke(
                  DeleteTargetGroupRequest.builder()
                      .targetGroupArn(t.group.targetGroupArn())
                      .build());
            }),
        row(
            "a second load balancer",
            "TargetGroupAssociationLimit",
            "The following target groups cannot be associated with more than one load balancer:"
                + " {tg}",
            t -> {
              t.aws.listener(t.lb, 80, ElbWorld.forward(t.group));
              t.aws.listener(t.aws.loadBalancer("second"), 80, ElbWorld.forward(t.group));
            }),
        row(
            "an unknown ARN",
            "TargetGroupNotFound",
            "One or more target groups not found",
            t ->
                t.aws.invoke(
                    DescribeTargetGroupsRequest.builder().targetGroupArns("arn:none").build())),
        row(
            "an unknown name",
            "TargetGroupNotFound",
            "One or more target groups not found",
            t -> t.aws.invoke(DescribeTargetGroupsRequest.builder().names("none").build())),
        row(
            "an address outside the VPC",
            "InvalidTarget",
            "The IP address '192.0.2.1' is not within the VPC '{vpc}' of the target group",
            t -> t.aws.register(t.group, "192.0.2.1")),
        row(
            "the health of what could be no target",
            "InvalidTarget",
            "The IP address '192.0.2.1' is not within the VPC '{vpc}' of the target group",
            t ->
                t.aws.invoke(
                    DescribeTargetHealthRequest.builder()
                        .targetGroupArn(t.group.targetGroupArn())
                        .targets(target -> target.id("192.0.2.1"))
                        .build())),
        row(
            "a name for an address",
            "ValidationError",
            "The IP address 'i-0123' is not a valid IPv4 address",
            t -> t.aws.register(t.group, "i-0123")),
        row(
            "an instance",
            "InvalidTarget",
            "The following targets are not valid instances: i-0123",
            t -> t.aws.register(t.instances(), "i-0123")),
        row(
            "more than a thousand",
            "TooManyTargets",
            "The maximum number of targets has been reached on the target group",
            t ->
                t.aws.invoke(
                    RegisterTargetsRequest.builder()
                        .targetGroupArn(t.group.targetGroupArn())
                        .targets(
                            IntStream.rangeClosed(1, 1001)
                                .mapToObj(port ->
                                    TargetDescription.builder().id("10.0.1.9").port(port).build())
                                .toList())
                        .build())));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource({"settings", "uses"})
  void isRefusedInTheseWords(
      String name, String code, String text, Consumer<GroupErrorTextsTest> mistake) {
    AwsError refused = catchThrowableOfType(AwsError.class, () -> mistake.accept(this));

    assertThat(refused).as(name).isNotNull();
    assertThat(refused.code()).isEqualTo(code);
    assertThat(refused.getMessage())
        .isEqualTo(text.replace("{tg}", group.targetGroupArn()).replace("{vpc}", aws.vpc));
  }

  private TargetGroup instances() {
    return aws.call(
            aws.targetGroupRequest("instances").targetType(TargetTypeEnum.INSTANCE).build(),
            CreateTargetGroupResponse.class)
        .targetGroups()
        .getFirst();
  }
}
