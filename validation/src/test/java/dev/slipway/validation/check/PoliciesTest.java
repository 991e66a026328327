package dev.slipway.validation.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoliciesTest {

  private static final String REPOSITORY =
      "arn:aws:ecr:eu-central-1:123456789012:repository/orders";

  /** Statements with ' for ". */
  private static String document(String statements) {
    return "{'Statement':%s}".formatted(statements).replace('\'', '"');
  }

  private static String allowing(String more) {
    return document("[{'Effect':'Allow'," + more + "}]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          true  | 'Action':'ecr:BatchGetImage','Resource':'*'
          true  | 'Action':['s3:GetObject','ecr:Batch*'],'Resource':'arn:x'
          true  | 'Action':'ECR:batchgetimag?','Resource':'*'
          true  | 'NotAction':'iam:*','Resource':'*'
          false | 'NotAction':['iam:*','ecr:*'],'Resource':'*'
          false | 'Action':'ecr:Get*','Resource':'*'
          false | 'Action':'ecrXBatchGetImage','Resource':'*'
          false | 'Action':'ecr:BatchGetImag','Resource':'*'
          false | 'Action':7,'Resource':'*'
          """)
  void readsWhichActionsAreAllowed(boolean allowed, String statement) {
    assertThat(Policies.allow(List.of(allowing(statement)), "ecr:BatchGetImage"))
        .isEqualTo(allowed);
  }

  /** Only what denies everything, always, is sure to hit what a start asks for. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          false | {'Effect':'Deny','Action':'ecr:*','Resource':'*'}
          false | {'Effect':'Deny','NotAction':'s3:*','Resource':['arn:x','*']}
          true  | {'Effect':'Deny','Action':'s3:*','Resource':'*'}
          true  | {'Effect':'Deny','Action':'ecr:*','Resource':'arn:x'}
          true  | {'Effect':'Deny','Action':'ecr:*','Resource':'*','Condition':{'Bool':{'aws:SecureTransport':'false'}}}
          true  | {'Effect':'Allow','Action':'s3:*','Resource':'*'}
          """)
  void letsNoAllowStandAgainstADenyOfEverything(boolean allowed, String other) {
    List<String> both =
        List.of(allowing("'Action':'*','Resource':'*'"), document("[" + other + "]"));
    assertThat(Policies.allow(both, "ecr:BatchGetImage")).isEqualTo(allowed);
  }

  @Test
  void allowsNothingWithoutAPolicyOrByOneThatIsNone() {
    assertThat(Policies.allow(List.of(), "ecr:BatchGetImage")).isFalse();
    assertThat(Policies.allow(List.of("no policy", "{}"), "ecr:BatchGetImage")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          true  | {'Effect':'Allow','Action':'ecr:*','Resource':'*'}
          true  | [{'Effect':'Allow','Action':'ecr:*','Resource':'arn:aws:ecr:*:123456789012:repository/ord?rs'}]
          true  | [{'Effect':'Allow','Action':'ecr:*','NotResource':'arn:aws:ecr:*:*:repository/secret'}]
          true  | [{'Effect':'Allow','Action':'ecr:*','Resource':'*','Condition':{'Bool':{'x':'y'}}}]
          true  | [{'Effect':'Allow','Action':'*','Resource':'*'},{'Effect':'Deny','Action':'ecr:*','Resource':'*','Condition':{}}]
          true  | [{'Effect':'Allow','Action':'*','Resource':'*'},{'Effect':'Deny','Action':'s3:*','Resource':'*'}]
          true  | [{'Effect':'Allow','Action':'*','Resource':'*'},{'Effect':'Deny','Action':'ecr:*','Resource':'arn:x'}]
          true  | [{'Effect':'Allow','Action':'*','Resource':'*'},{'Effect':'Deny','Action':'ecr:*','NotResource':'arn:aws:ecr:*'}]
          false | [{'Effect':'Allow','Action':'*','Resource':'*'},{'Effect':'Deny','Action':'ecr:*','Resource':'arn:aws:ecr:*'}]
          false | [{'Effect':'Allow','Action':'*','Resource':'*'},{'Effect':'Deny','Action':'ecr:*','NotResource':'arn:x'}]
          false | [{'Effect':'Allow','Action':'s3:*','Resource':'*'}]
          false | [{'Effect':'Allow','Action':'ecr:*','Resource':'arn:aws:ecr:*:*:repository/payments'}]
          false | [{'Effect':'Allow','Action':'ecr:*','NotResource':'arn:aws:ecr:*'}]
          false | []
          """)
  void readsWhatIsAllowedOnOneResource(boolean allowed, String statements) {
    assertThat(Policies.allow(document(statements), "ecr:BatchGetImage", REPOSITORY))
        .isEqualTo(allowed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"no policy", "{\"Version\":\"2012-10-17\"}"})
  void callsNothingRefusedByADocumentThatItCannotRead(String document) {
    assertThat(Policies.allow(document, "ecr:BatchGetImage", REPOSITORY)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          true  | 'Service':'ecs-tasks.amazonaws.com'
          true  | 'Service':['ec2.amazonaws.com','ecs-tasks.amazonaws.com']
          false | 'Service':'ecs.amazonaws.com'
          false | 'AWS':'ecs-tasks.amazonaws.com'
          """)
  void knowsWhomATrustPolicyTrusts(boolean trusted, String principal) {
    String trust = allowing("'Action':'sts:AssumeRole','Principal':{" + principal + "}");
    assertThat(Policies.trustsEcsTasks(trust, "123456789012")).isEqualTo(trusted);
    assertThat(Policies.trustsEcsTasks(trust, "")).isEqualTo(trusted);
  }

  /** Only a condition on the account of the tasks can be judged from here. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          true  | 'StringEquals':{'aws:SourceAccount':'123456789012'}
          true  | 'StringEquals':{'aws:PrincipalTag/x':'y'}
          true  | 'ArnLike':{'aws:SourceArn':'arn:aws:ecs:eu-central-1:999999999999:*'}
          true  | 'StringNotEquals':{'aws:SourceAccount':'999999999999'}
          false | 'StringEquals':{'AWS:sourceaccount':'999999999999'}
          false | 'ArnLike':{'aws:SourceArn':'x'},'StringEqualsIgnoreCase':{'aws:SourceAccount':'999999999999'}
          """)
  void readsForWhichAccountATrustPolicyIs(boolean trusted, String condition) {
    String trust =
        allowing(
            "'Action':'sts:AssumeRole','Principal':{'Service':'ecs-tasks.amazonaws.com'},'Condition':{"
                + condition
                + "}");
    assertThat(Policies.trustsEcsTasks(trust, "123456789012")).isEqualTo(trusted);
    assertThat(Policies.trustsEcsTasks(trust, "")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          true  | 'Action':'*','Resource':'*'
          true  | 'Action':['s3:Get*','*'],'Resource':['arn:x','*']
          false | 'Action':'ecs:*','Resource':'*'
          false | 'Action':'*','Resource':'arn:x'
          false | 'Action':'*','Resource':'*','Condition':{'Bool':{'x':'y'}}
          """)
  void knowsAnAdministrator(boolean is, String statement) {
    assertThat(Policies.administers(allowing(statement))).isEqualTo(is);
    assertThat(Policies.administers(document("{'Effect':'Deny'," + statement + "}"))).isFalse();
  }

  @Test
  void listsEveryActionThatIsAllowedInBulk() {
    assertThat(
            Policies.wildcards(
                document(
                    """
                    [{'Effect':'Allow','Action':['s3:*','ecs:DescribeTasks','IAM:*'],'Resource':'*'},
                     {'Effect':'Allow','Action':'*','Resource':['*']}]
                    """)))
        .containsExactly("s3:*", "IAM:*", "*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'Effect':'Deny','Action':'s3:*','Resource':'*'}",
        "{'Effect':'Allow','Action':'s3:*','Resource':'arn:aws:s3:::orders/*'}",
        "{'Effect':'Allow','Action':'s3:*','Resource':'*','Condition':{'Bool':{'x':'y'}}}",
        "{'Effect':'Allow','Action':['s3:Get*','ecs:Describe*'],'Resource':'*'}",
      })
  void mindsNoBulkThatIsDeniedBoundOrNarrow(String statement) {
    assertThat(Policies.wildcards(document(statement))).isEmpty();
  }

  private static String github(String condition) {
    return "{'Effect':'Allow','Action':'sts:AssumeRoleWithWebIdentity','Principal':{'Federated':"
        + "'arn:aws:iam::1:oidc-provider/token.actions.githubusercontent.com'},'Condition':{"
        + condition.replace("@", "'token.actions.githubusercontent.com:")
        + "}}";
  }

  /** What people write, as modules for GitHub's roles do. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "'StringEquals':{@sub':'repo:o/r:ref:refs/heads/main',@aud':'sts.amazonaws.com'}",
        "'StringLike':{@sub':'repo:o/r:*'},'StringEquals':{@aud':'sts.amazonaws.com'}",
        "'StringLike':{@sub':['repo:o/r:*','repo:o/s:*']},'ForAllValues:StringEquals':{@aud':'sts.amazonaws.com'}",
        "'ForAnyValue:StringLike':{@sub':'repo:o/r:*'},'StringEqualsIfExists':{@aud':'sts.amazonaws.com'}",
        "'StringEqualsIgnoreCase':{@job_workflow_ref':'o/r/.github/workflows/x.yml@refs/heads/main',@aud':'sts.amazonaws.com'}",
      })
  void findsNoFaultWithATrustInOneRepository(String condition) {
    assertThat(Policies.looseSubject(document(github(condition)))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          no StringEquals or StringLike on the subject  | 'StringEquals':{@aud':'sts.amazonaws.com'}
          no StringEquals or StringLike on the subject  | 'StringNotEquals':{@sub':'repo:o/r:x',@aud':'sts.amazonaws.com'}
          no condition on the audience                  | 'StringEquals':{@sub':'repo:o/r:environment:prod'}
          no condition on the audience                  | 'StringEquals':{@sub':'repo:o/r:x'},'StringNotEquals':{@aud':'x'}
          subject * stands for many repositories        | 'StringLike':{@sub':'*',@aud':'sts.amazonaws.com'}
          subject repo:* stands for many repositories   | 'StringLike':{@sub':'repo:*',@aud':'sts.amazonaws.com'}
          subject repo:o/* stands for many repositories | 'StringLike':{@sub':['repo:o/r:*','repo:o/*'],@aud':'sts.amazonaws.com'}
          subject repo:o?/r:x stands for many repositories | 'StringLike':{@sub':'repo:o?/r:x',@aud':'sts.amazonaws.com'}
          subject repo:o/r*:x stands for many repositories | 'StringLike':{@sub':'repo:o/r*:x',@aud':'sts.amazonaws.com'}
          """)
  void saysWhyATrustLetsOtherRepositoriesIn(String why, String condition) {
    assertThat(Policies.looseSubject(document(github(condition)))).contains(why);
  }

  @Test
  void readsEveryStatementOfATrust() {
    String sound =
        github("'StringEquals':{@sub':'repo:o/r:ref:refs/heads/main',@aud':'sts.amazonaws.com'}");
    assertThat(Policies.looseSubject(document("[" + sound + "," + github("") + "]"))).isPresent();
    String denied = github("").replace("Allow", "Deny");
    String elsewhere = github("").replace("token.actions.githubusercontent.com", "other.example");
    assertThat(Policies.looseSubject(document("[" + denied + "," + elsewhere + "]"))).isEmpty();
  }
}
