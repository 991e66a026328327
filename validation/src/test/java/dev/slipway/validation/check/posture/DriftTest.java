package dev.slipway.validation.check.posture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.validation.Sample;
import dev.slipway.validation.check.Finding;
import dev.slipway.validation.check.Judgement;
import dev.slipway.validation.observe.TerraformState;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;

class DriftTest {

  /** What Terraform wrote down of the sound deployment, in a child module. */
  private static final String STATE =
      """
      {"format_version":"1.0","values":{"root_module":{
        "resources":[{"address":"data.x","mode":"data","type":"aws_region","values":{}}],
        "child_modules":[{"resources":[
          {"address":"module.s.aws_ecs_service.this","mode":"managed","type":"aws_ecs_service",
           "values":{"name":"orders","cluster":"arn:aws:ecs:eu-central-1:123456789012:cluster/staging",
             "desired_count":2,"task_definition":"%s",
             "network_configuration":[{"subnets":["subnet-b","subnet-a"],
               "security_groups":["sg-task"],"assign_public_ip":false}]}},
          {"address":"module.s.aws_ecs_task_definition.this","mode":"managed",
           "type":"aws_ecs_task_definition",
           "values":{"arn":"%s","container_definitions":
             "[{\\"name\\":\\"app\\",\\"image\\":\\"%s@%s\\"}]"}},
          {"address":"aws_lb_listener.http","mode":"managed","type":"aws_lb_listener",
           "values":{"arn":"%s","port":80,"protocol":"HTTP",
             "default_action":[{"type":"forward","target_group_arn":""}]}},
          {"address":"aws_lb_target_group.this","mode":"managed","type":"aws_lb_target_group",
           "values":{"arn":"%s","health_check":[{"path":"/health","matcher":"200"}]}},
          {"address":"aws_security_group.task","mode":"managed","type":"aws_security_group",
           "values":{"id":"sg-task","ingress":[],"egress":[]}},
          {"address":"aws_vpc_security_group_ingress_rule.alb","mode":"managed",
           "type":"aws_vpc_security_group_ingress_rule",
           "values":{"security_group_id":"sg-task","ip_protocol":"tcp","from_port":5000,
             "to_port":5000,"cidr_ipv4":"10.0.0.0/16","cidr_ipv6":null}}
        ]}]}}}
      """
          .formatted(
              Sample.TASK_DEFINITION,
              Sample.TASK_DEFINITION,
              Sample.REPOSITORY,
              Sample.DIGEST,
              Sample.LISTENER,
              Sample.TARGET_GROUP);

  private final PosturedSample sample = new PosturedSample();

  @BeforeEach
  void sound() throws IOException {
    sample.ways(n -> n.taskEgress = List.of());
    sample.ingress("10.0.0.0/16", 5000, 5000);
    given(STATE);
  }

  private void given(String state) throws IOException {
    sample.state = TerraformState.parse(state);
  }

  private List<Finding> findings() {
    return Postures.of("drift").findings(sample.snapshot(), sample.goal());
  }

  @Test
  void findsNoDifferenceWhereThereIsNone() {
    assertThat(findings()).isEmpty();
    assertThat(Postures.of("drift").judge(sample.snapshot(), sample.goal()))
        .isInstanceOf(Judgement.Holds.class);
  }

  @Test
  void isNotMadeWithoutAState() {
    sample.state = TerraformState.NONE;
    assertThat(Postures.of("drift").judge(sample.snapshot(), sample.goal()))
        .isEqualTo(new Judgement.Skipped("not asked for", false));
  }

  static Stream<Arguments> differences() {
    return Stream.of(
        Arguments.of("drift-manual-scale", "\"desired_count\":2", "\"desired_count\":5"),
        Arguments.of(
            "drift-task-definition",
            "\"task_definition\":\"" + Sample.TASK_DEFINITION,
            "\"task_definition\":\"" + Sample.OLD_TASK_DEFINITION),
        Arguments.of("drift-image", "@" + Sample.DIGEST, "@sha256:" + "c".repeat(64)),
        Arguments.of("drift-network", "\"subnet-b\",", ""),
        Arguments.of("drift-network", "\"assign_public_ip\":false", "\"assign_public_ip\":true"),
        Arguments.of("drift-network", "[\"sg-task\"]", "[\"sg-other\"]"),
        Arguments.of("drift-front-door", "\"type\":\"forward\"", "\"type\":\"redirect\""),
        Arguments.of("drift-front-door", "\"path\":\"/health\"", "\"path\":\"/\""),
        Arguments.of("drift-front-door", "\"port\":80", "\"port\":8080"),
        Arguments.of("drift-security-group", "10.0.0.0/16", "10.1.0.0/16"),
        Arguments.of(
            "drift-security-group",
            "\"egress\":[]",
            "\"egress\":[{\"protocol\":\"-1\",\"from_port\":0,\"to_port\":0,\"cidr_blocks\":[\"0.0.0.0/0\"]}]"));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("differences")
  void tellsEveryDifference(String cause, String was, String is) throws IOException {
    assertThat(STATE).contains(was);
    given(STATE.replace(was, is));
    assertThat(findings()).extracting(Finding::cause).containsExactly(cause);
  }

  @Test
  void saysWhatIsWrittenAndWhatIsSeen() throws IOException {
    given(STATE.replace("\"desired_count\":2", "\"desired_count\":5"));
    assertThat(findings().getFirst().explanation())
        .isEqualTo(
            "The desired count of arn:aws:ecs:eu-central-1:123456789012:service/staging/orders is"
                + " 2; Terraform's state says 5.");
  }

  @Test
  void doesNotMindACountThatAnAutoScalerHasChanged() throws IOException {
    given(STATE.replace("\"desired_count\":2", "\"desired_count\":5"));
    sample.alarm(
        MetricAlarm.builder()
            .alarmName("TargetTracking")
            .stateValue("OK")
            .alarmActions("arn:aws:autoscaling:eu-central-1:1:scalingPolicy:x")
            .build());
    assertThat(findings()).isEmpty();
  }

  @Test
  void doesNotMindAPipelineThatDeploysTheRevisionThatItWants() throws IOException {
    given(
        STATE.replace(
            "\"task_definition\":\"" + Sample.TASK_DEFINITION,
            "\"task_definition\":\"" + Sample.OLD_TASK_DEFINITION));
    sample.wanted = sample.wanted.withRevision(Sample.TASK_DEFINITION);
    assertThat(findings()).isEmpty();
  }

  @Test
  void doesNotMindAServiceOfTheSameNameInAnotherCluster() throws IOException {
    given(
        STATE
            .replace("cluster/staging", "cluster/production")
            .replace("\"desired_count\":2", "\"desired_count\":5"));
    assertThat(findings()).isEmpty();
  }

  @Test
  void refusesWhatIsNoState() {
    assertThatThrownBy(() -> TerraformState.parse("{\"outputs\":{}}"))
        .isInstanceOf(IOException.class)
        .hasMessage("it is not the answer of terraform show -json");
    assertThatThrownBy(() -> TerraformState.parse("{\"format_version\":\"1.0\"}"))
        .hasMessage("it has no managed resource");
  }
}
