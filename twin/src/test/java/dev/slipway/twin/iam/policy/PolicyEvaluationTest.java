package dev.slipway.twin.iam.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.twin.iam.policy.PolicyDocument.Effect;
import dev.slipway.twin.world.AwsError;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyEvaluationTest {

  private static final String REPOSITORY = "arn:aws:ecr:eu-west-1:123456789012:repository/app";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'Allow','Action':'*','Resource':'*' | ALLOWED",
        "'Allow','Action':'ECR:batchget*','Resource':'*' | ALLOWED",
        "'Allow','Action':'ecr:BatchGetImag?','Resource':'arn:aws:ecr:*:*:repository/a*' | ALLOWED",
        "'Allow','Action':'ecr:BatchGetImage','Resource':'arn:aws:ecr:*:*:repository/b' | SILENT",
        "'Allow','NotAction':'iam:*','Resource':'*' | ALLOWED",
        "'Allow','NotAction':'ecr:*','Resource':'*' | SILENT",
        "'Allow','Action':'*','NotResource':'arn:aws:ecr:*' | SILENT",
        "'Deny','Action':'ecr:*','Resource':'*' | DENIED",
        "'Allow','Action':'*','Resource':'arn:aws:ecr:*:${aws:PrincipalAccount}:*' | ALLOWED",
        "'Allow','Action':'*','Resource':'arn:aws:ecr:*:${aws:Unknown}:*' | SILENT",
      })
  void decidesByActionAndResource(String statement, Effect effect) {
    assertThat(evaluate(statement, Map.of("aws:PrincipalAccount", List.of("123456789012"))))
        .isEqualTo(effect);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'StringEquals':{'k':'v'} | v | true",
        "'StringEquals':{'K':['x','v']} | v | true",
        "'StringEquals':{'k':'V'} | v | false",
        "'StringEqualsIgnoreCase':{'k':'V'} | v | true",
        "'StringEquals':{'k':'v'} | | false",
        "'StringEqualsIfExists':{'k':'v'} | | true",
        "'StringNotEquals':{'k':'v'} | | true",
        "'StringNotEquals':{'k':['a','b']} | b | false",
        "'StringLike':{'k':'repo:o/*'} | repo:o/r:ref | true",
        "'StringNotLike':{'k':'repo:o/*'} | repo:o/r:ref | false",
        "'ArnLike':{'k':'arn:aws:ecs:*:1:*'} | arn:aws:ecs:eu-west-1:1:task/x | true",
        "'Null':{'k':'true'} | | true",
        "'Null':{'k':'true'} | v | false",
        "'Bool':{'k':'true'} | true | true",
        "'NumericLessThan':{'k':'10'} | 9 | true",
        "'NumericLessThan':{'k':'10'} | 10 | false",
        "'DateGreaterThan':{'k':'2026-01-01T00:00:00Z'} | 2026-06-01T00:00:00Z | true",
        "'IpAddress':{'k':'10.0.0.0/8'} | 10.9.8.7 | true",
        "'NotIpAddress':{'k':'10.0.0.0/8'} | 10.9.8.7 | false",
        "'ForAllValues:StringEquals':{'k':'v'} | | true",
        "'ForAllValues:StringEquals':{'k':'v'} | v;w | false",
        "'ForAnyValue:StringEquals':{'k':'v'} | v;w | true",
        "'ForAnyValue:StringEquals':{'k':'v'} | | false",
        "'StringEquals':{'k':'v'},'StringLike':{'other':'*'} | v | false",
      })
  void decidesByConditions(String condition, String values, boolean holds) {
    Map<String, List<String>> context =
        values == null ? Map.of() : Map.of("k", List.of(values.split(";", -1)));
    Effect effect =
        evaluate("'Allow','Action':'*','Resource':'*','Condition':{" + condition + "}", context);

    assertThat(effect).isEqualTo(holds ? Effect.ALLOWED : Effect.SILENT);
  }

  @Test
  void letsADenyWinOverAnyAllow() {
    PolicyDocument allow = document("'Allow','Action':'*','Resource':'*'");
    PolicyDocument deny = document("'Deny','Action':'ecr:BatchGetImage','Resource':'*'");

    assertThat(PolicyDocument.evaluate(List.of(deny, allow), access(Map.of())))
        .isEqualTo(Effect.DENIED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'Allow','Action':'ecr','Resource':'*' | Actions/Conditions must be prefaced by a vendor",
        "'Allow','Action':'ecr:*' | Policy statement must contain resources.",
        "'Allow','Resource':'*' | Policy statement must contain actions.",
        "'Allow','Action':'*','Resource':'app' | Resource app must be in ARN format or \"*\".",
        "'Allow','Action':'*','Resource':'*','Principal':'*' | should not specify a principal",
        "'Allow','Action':'*','Resource':'*','Condition':{'Like':{'k':'v'}} | Invalid Condition",
        "'Allow','Action':'*','Resource':'*','Extra':'*' | Syntax errors in policy.",
      })
  void refusesAMalformedPolicy(String statement, String message) {
    assertThatThrownBy(() -> PolicyReader.identityPolicy(json(statement)))
        .isInstanceOf(AwsError.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"'repo:*'", "['repo:o/r:*','*']"})
  void acceptsAnyScopedSubjectOfGitHub(String subject) {
    assertThat(PolicyReader.trustPolicy(gitHub(subject)).statements()).hasSize(1);
  }

  @Test
  void refusesToTrustAllOfGitHub() {
    assertThatThrownBy(() -> PolicyReader.trustPolicy(gitHub("'*'")))
        .hasMessage(
            "Trust policy with trusted principal"
                + " arn:aws:iam::1:oidc-provider/token.actions.githubusercontent.com must evaluate,"
                + " using StringEquals, StringLike or StringEqualsIgnoreCase,"
                + " token.actions.githubusercontent.com:sub or"
                + " token.actions.githubusercontent.com:job_workflow_ref which is not scoped to"
                + " all.");
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:iam::123456789012:root, true",
    "123456789012, true",
    "arn:aws:iam::123456789012:role/ci, true",
    "arn:aws:iam::123456789012:role/other, false",
    "arn:aws:iam::210987654321:root, false",
    "*, true",
  })
  void knowsWhomATrustPolicyNames(String named, boolean trusted) {
    PolicyDocument trust =
        PolicyReader.trustPolicy(
            json("'Allow','Action':'sts:AssumeRole','Principal':{'AWS':'" + named + "'}"));
    Statement.Principal caller =
        new Statement.Principal("AWS", "arn:aws:iam::123456789012:role/ci");

    Effect effect =
        PolicyDocument.evaluate(List.of(trust), new Access(caller, "sts:AssumeRole", "", Map.of()));
    assertThat(effect == Effect.ALLOWED).isEqualTo(trusted);
  }

  private static Effect evaluate(String statement, Map<String, List<String>> context) {
    return PolicyDocument.evaluate(List.of(document(statement)), access(context));
  }

  private static Access access(Map<String, List<String>> context) {
    return new Access(new Statement.Principal("", ""), "ecr:BatchGetImage", REPOSITORY, context);
  }

  private static PolicyDocument document(String statement) {
    return PolicyReader.identityPolicy(json(statement));
  }

  private static String gitHub(String subject) {
    String host = "token.actions.githubusercontent.com";
    return json(
        ("'Allow','Action':'sts:AssumeRoleWithWebIdentity',"
                + "'Principal':{'Federated':'arn:aws:iam::1:oidc-provider/%s'},"
                + "'Condition':{'StringLike':{'%s:sub':%s}}")
            .formatted(host, host, subject));
  }

  private static String json(String statement) {
    return "{'Version':'2012-10-17','Statement':[{'Effect':%s}]}"
        .formatted(statement)
        .replace('\'', '"');
  }
}
