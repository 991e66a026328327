package dev.slipway.validation.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.Sample;
import dev.slipway.validation.observe.Registry;
import dev.slipway.validation.observe.Surroundings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of roles that may be read, may not be read, or are not there. */
class RoleDiagnosisTest extends Diagnosed {

  private static final String ASSUME =
      "failed to launch a task with (error ECS was unable to assume the role '%s' that was provided"
          + " for this task.).";
  private static final String DENIED =
      "CannotPullContainerError: The task can’t pull the image. Check that the role has the"
          + " permissions to pull images from the registry";
  private static final String PASSWORD =
      "ResourceInitializationError: unable to pull secrets or registry auth: AccessDeniedException:"
          + " User: arn:aws:sts::123456789012:assumed-role/orders-execution/x is not authorized to"
          + " perform: ecr:GetAuthorizationToken on resource: *";

  /** The causes when only these roles could be read. */
  private List<Cause> with(Map<String, Surroundings.Role> roles) {
    Surroundings around = network.surroundings();
    sample.surroundings =
        new Surroundings(true, around.network(), roles, around.logGroups(), around.logTails());
    return Diagnosis.of(sample.snapshot(), sample.goal());
  }

  private List<Cause> unreadable() {
    return with(Map.of());
  }

  @Test
  void namesTheRoleThatAnEventNamesWhenItCannotBeRead() {
    String event = ASSUME.formatted(Sample.EXECUTION_ROLE);
    sample.rollingOut().event(event).event("has started 1 tasks: (task 1).");
    assertThat(unreadable()).extracting(Cause::id).containsExactly("iam-role-trust-wrong");
    Cause cause = unreadable().getFirst();
    assertThat(cause.resource()).isEqualTo(Sample.EXECUTION_ROLE);
    assertThat(cause.evidence()).containsExactly("event: (service orders) " + event);
    assertThat(cause.decisive()).isFalse();
    assertThat(cause.explanation())
        .isEqualTo(
            "The trust policy of role orders-execution does not let ecs-tasks.amazonaws.com assume"
                + " it, so no task can be started.");
  }

  @Test
  void blamesNoRoleWhoseNameOnlyBeginsLikeTheOneThatIsNamed() {
    String task = Sample.EXECUTION_ROLE.replace("orders-execution", "orders");
    definition(d -> d.taskRoleArn(task));
    sample.rollingOut().event(ASSUME.formatted(Sample.EXECUTION_ROLE));
    assertThat(unreadable()).extracting(Cause::resource).containsExactly(Sample.EXECUTION_ROLE);
    sample.rollingOut().event(ASSUME.formatted(task));
    assertThat(unreadable()).extracting(Cause::resource).contains(task);
  }

  @Test
  void blamesNoUnreadableRoleThatNothingSpeaksOf() {
    sample.rollingOut().event("has started 1 tasks: (task 1).");
    assertThat(unreadable()).isEmpty();
    sample.event("deleted the role %s of old.".formatted(Sample.EXECUTION_ROLE));
    assertThat(unreadable()).isEmpty();
  }

  @Test
  void namesARoleThatDoesNotExist() {
    sample.rollingOut();
    Cause cause =
        with(Map.of(
                Sample.EXECUTION_ROLE,
                new Surroundings.Role(false, Sample.EXECUTION_ROLE, "", Map.of())))
            .getFirst();
    assertThat(cause.id()).isEqualTo("iam-role-trust-wrong");
    assertThat(cause.explanation())
        .isEqualTo(
            "Role orders-execution of task definition orders:2 does not exist, so no task can be"
                + " started.");
    assertThat(cause.evidence()).isEmpty();
    assertThat(cause.decisive()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ecr:GetAuthorizationToken, ecr:BatchGetImage, ecr:GetDownloadUrlForLayer | the role has the permissions to pull
          ecr:GetAuthorizationToken | AWS names it
          """)
  void namesWhatAnUnreadableRoleMayLack(String actions, String words) {
    sample.rollingOut().failedStart("subnet-a", words.equals("AWS names it") ? PASSWORD : DENIED);
    assertThat(unreadable())
        .extracting(Cause::id)
        .containsExactly("iam-execution-role-missing-ecr");
    assertThat(unreadable().getFirst().explanation())
        .isEqualTo(
            "Execution role orders-execution lacks %s, which a start of orders:2 needs."
                .formatted(actions));
    assertThat(unreadable().getFirst().fix().change())
        .isEqualTo(
            "attach AmazonECSTaskExecutionRolePolicy to role orders-execution, or allow it "
                + actions);
  }

  @Test
  void namesEverythingThatAReadableRoleLacksForAPull() {
    network.execution =
        "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"ecr:BatchGetImage\",\"logs:*\"],\"Resource\":\"*\"}]}";
    sample.rollingOut().failedStart("subnet-a", PASSWORD);
    assertThat(first().explanation())
        .isEqualTo(
            "Execution role orders-execution lacks ecr:GetAuthorizationToken,"
                + " ecr:GetDownloadUrlForLayer, which a start of orders:2 needs.");
  }

  /** It is the endpoint that denies: what the role may do is another matter. */
  @Test
  void blamesNoUnreadableRoleForWhatAnEndpointsPolicyDenies() {
    sample
        .rollingOut()
        .failedStart(
            "subnet-a",
            PASSWORD
                + " because no VPC endpoint policy allows the ecr:GetAuthorizationToken action");
    assertThat(unreadable()).extracting(Cause::id).doesNotContain("iam-execution-role-missing-ecr");
  }

  @ParameterizedTest
  @ValueSource(strings = {"secretsmanager:GetSecretValue", "ssm:GetParameters"})
  void saysWhichSecretsActionToAllow(String action) {
    sample
        .rollingOut()
        .failedStart("subnet-a", PASSWORD.replace("ecr:GetAuthorizationToken", action));
    assertThat(first().id()).isEqualTo("iam-execution-role-no-secret-access");
    assertThat(first().fix().change())
        .isEqualTo("allow %s to role orders-execution".formatted(action));
    assertThat(first().fix().terraform()).contains("role   = \"orders-execution\"");
    assertThat(first().fix().cli())
        .isEqualTo(
            "aws iam put-role-policy --role-name orders-execution --policy-name start"
                + " --policy-document file://policy.json");
  }

  @Test
  void tellsARoleThatTrustsOthersFromOneThatIsNotThere() {
    network.trust = "{\"Statement\":[]}";
    sample.rollingOut();
    assertThat(first().explanation())
        .isEqualTo(
            "The trust policy of role orders-execution does not let ecs-tasks.amazonaws.com assume"
                + " it, so no task can be started.");
  }

  /** What is not done to a repository may be allowed on anything else. */
  @Test
  void blamesNoRoleThatWasGivenWhatItLackedOnOneSecret() {
    network.execution =
        "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"secretsmanager:GetSecretValue\",\"Resource\":\"arn:aws:secretsmanager:eu-central-1:123456789012:secret:db-1\"}]}";
    sample.registry =
        new Registry(
            sample.registry.repositories().stream()
                .map(r -> r.toBuilder().repositoryArn("arn:aws:ecr:x").build())
                .toList(),
            sample.registry.images());
    sample
        .rollingOut()
        .failedStart(
            "subnet-a",
            PASSWORD.replace("ecr:GetAuthorizationToken", "secretsmanager:GetSecretValue"));
    assertThat(ids()).doesNotContain("iam-execution-role-no-secret-access");
  }
}
