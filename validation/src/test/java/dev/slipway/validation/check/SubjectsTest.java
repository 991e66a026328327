package dev.slipway.validation.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectsTest {

  private static String way(String condition) {
    return "{'Effect':'Allow','Action':'sts:AssumeRoleWithWebIdentity','Principal':{'Federated':'arn:aws:iam::1:oidc-provider/token.actions.githubusercontent.com'},'Condition':{"
        + condition.replace("@", "'token.actions.githubusercontent.com:")
        + "}}";
  }

  private static String trust(String... ways) {
    return "{'Statement':[%s]}".formatted(String.join(",", ways)).replace('\'', '"');
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          StringEquals takes the wildcard of repo:o/r:* literally | 'StringEquals':{@sub':'repo:o/r:*'}
          StringEqualsIgnoreCase takes the wildcard of repo:o/r:ref:refs/heads/? literally | 'StringEqualsIgnoreCase':{@sub':'repo:o/r:ref:refs/heads/?'}
          ForAnyValue:StringEquals takes the wildcard of repo:o/r:* literally | 'StringLike':{@aud':'*'},'ForAnyValue:StringEquals':{@sub':['repo:o/r:*']}
          subject repo:o/r:refs/heads/main has not the form of GitHub's | 'StringLike':{@sub':'repo:o/r:refs/heads/main'}
          subject o/r:* has not the form of GitHub's | 'StringLike':{@sub':'o/r:*'}
          """)
  void saysWhyNoTokenFits(String why, String condition) {
    assertThat(Subjects.impossible(trust(way(condition)))).contains(why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'StringEquals':{@sub':['repo:o/r:*','repo:o/r:pull_request']}",
        "'StringLike':{@sub':'repo:o/r:*'}",
        "'StringNotEquals':{@sub':'repo:o/r:*'}",
        "'StringEquals':{@aud':'sts.amazonaws.com'}",
        "'StringEquals':{@job_workflow_ref':'o/r/.github/workflows/x.yml@refs/heads/*'}",
        ""
      })
  void isSilentWhereATokenMayFit(String condition) {
    assertThat(Subjects.impossible(trust(way(condition)))).isEmpty();
  }

  @Test
  void oneWayInIsEnough() {
    String closed = way("'StringEquals':{@sub':'repo:o/r:*'}");
    String open = way("'StringEquals':{@sub':'repo:o/r:pull_request'}");
    assertThat(Subjects.impossible(trust(closed, open))).isEmpty();
    assertThat(Subjects.impossible(trust(closed, closed))).isPresent();
    assertThat(Subjects.impossible("{}")).isEmpty();
  }
}
