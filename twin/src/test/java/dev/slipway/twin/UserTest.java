package dev.slipway.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.twin.junit.Twin;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.iam.IamClient;

@Twin(runtime = RuntimeKind.SIMULATED)
class UserTest {

  private TwinAccount account;
  private IamClient iam;
  private String key;

  @BeforeEach
  void makeAUser() {
    iam = account.client(IamClient.builder().httpClient(UrlConnectionHttpClient.create()));
    iam.createUser(r -> r.userName("ann"));
    key = iam.createAccessKey(r -> r.userName("ann")).accessKey().accessKeyId();
  }

  private void allow(String statement) {
    iam.putUserPolicy(r ->
        r.userName("ann")
            .policyName("p")
            .policyDocument("{\"Version\": \"2012-10-17\", \"Statement\": [" + statement + "]}"));
  }

  private static void assertRefused(ThrowingCallable call, int status, String code, String text) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            AwsServiceException.class,
            e -> {
              assertThat(e.awsErrorDetails().errorMessage()).isEqualTo(text);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
              assertThat(e.statusCode()).isEqualTo(status);
            });
  }

  @Test
  void aUserGoesOnlyWhenNothingHangsOnIt() {
    assertRefused(
        () -> iam.deleteUser(r -> r.userName("ann")),
        409,
        "DeleteConflict",
        "Cannot delete entity, must delete access keys first.");
    iam.deleteAccessKey(r -> r.userName("ann").accessKeyId(key));
    allow("{\"Effect\": \"Allow\", \"Action\": \"ecs:*\", \"Resource\": \"*\"}");
    assertRefused(
        () -> iam.deleteUser(r -> r.userName("ann")),
        409,
        "DeleteConflict",
        "Cannot delete entity, must delete policies first.");
    iam.deleteUserPolicy(r -> r.userName("ann").policyName("p"));
    iam.deleteUser(r -> r.userName("ann"));
    assertRefused(
        () -> iam.getUser(r -> r.userName("ann")),
        404,
        "NoSuchEntity",
        "The user with name ann cannot be found.");
  }

  @Test
  void whatAUserMayDoCanBeSimulatedAndShown() {
    allow("{\"Effect\": \"Allow\", \"Action\": \"ecs:List*\", \"Resource\": \"*\"}");
    String ann = "arn:aws:iam::" + account.id() + ":user/ann";
    assertThat(
            iam.simulatePrincipalPolicy(
                    r -> r.policySourceArn(ann).actionNames("ecs:ListTasks", "ecs:StopTask"))
                .evaluationResults())
        .extracting(result -> result.evalDecisionAsString())
        .containsExactly("allowed", "implicitDeny");
    assertThat(iam.getAccountAuthorizationDetails().userDetailList())
        .singleElement()
        .satisfies(detail -> {
          assertThat(detail.arn()).isEqualTo(ann);
          assertThat(detail.userPolicyList().getFirst().policyDocument())
              .contains("%22Action%22%3A%20%22ecs%3AList");
        });
  }

  @Test
  void aUserHasTwoKeysAtMost() {
    iam.createAccessKey(r -> r.userName("ann"));
    assertRefused(
        () -> iam.createAccessKey(r -> r.userName("ann")),
        409,
        "LimitExceeded",
        "Cannot exceed quota for AccessKeysPerUser: 2");
    assertThat(iam.listAccessKeys(r -> r.userName("ann")).accessKeyMetadata()).hasSize(2);
    assertRefused(
        () -> iam.createUser(r -> r.userName("ann")),
        409,
        "EntityAlreadyExists",
        "User with name ann already exists.");
  }
}
