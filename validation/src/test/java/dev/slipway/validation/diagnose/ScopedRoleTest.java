package dev.slipway.validation.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.Sample;
import dev.slipway.validation.observe.Registry;
import dev.slipway.validation.observe.Surroundings.Boundary;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecr.model.Repository;

class ScopedRoleTest extends Diagnosed {

  private void trust(String account) {
    network.trust =
        """
        {"Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
          "Principal": {"Service": "ecs-tasks.amazonaws.com"},
          "Condition": {"StringEquals": {"aws:SourceAccount": %s}}}]}
        """
            .formatted(account);
    sample.rollingOut();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"999999999999\"", "[\"999999999999\", \"888888888888\"]"})
  void namesARoleThatTrustsTheTasksOfOtherAccountsOnly(String account) {
    trust(account);
    assertThat(first().id()).isEqualTo("iam-role-trust-wrong");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"123456789012\"", "[\"999999999999\", \"123456789012\"]"})
  void findsNothingWrongWithATrustThatIsForThisAccount(String account) {
    trust(account);
    assertThat(ids()).doesNotContain("iam-role-trust-wrong");
  }

  @ParameterizedTest
  @CsvSource({
    "repository/another, true",
    "repository/orders, false",
    "repository/*, false",
  })
  void namesARoleThatMayPullFromAnotherRepositoryOnly(String resource, boolean named) {
    Repository repository =
        sample.registry.repositories().getFirst().toBuilder()
            .repositoryArn("arn:aws:ecr:eu-central-1:123456789012:repository/orders")
            .build();
    sample.registry = new Registry(List.of(repository), sample.registry.images());
    String arn = "arn:aws:ecr:eu-central-1:123456789012:" + resource;
    network.execution =
        """
        {"Statement": [
          {"Effect": "Allow", "Action": "ecr:GetAuthorizationToken", "Resource": "*"},
          {"Effect": "Allow", "Action": "ecr:*", "Resource": "%s"}]}
        """
            .formatted(arn);
    sample
        .rollingOut()
        .failedStart(
            "subnet-a",
            "CannotPullContainerError: The task can’t pull the image. Check that the role has the"
                + " permissions to pull images from the registry");
    assertThat(ids().contains("iam-execution-role-missing-ecr")).isEqualTo(named);
  }

  /** The registry's password belongs to no repository. */
  @ParameterizedTest
  @CsvSource({
    "*, false",
    "arn:aws:ecr:eu-central-1:123456789012:repository/orders, true",
    "arn:aws:ecr:*, true",
  })
  void namesARoleThatMayGetThePasswordOfARepositoryOnly(String resource, boolean named) {
    Repository repository =
        sample.registry.repositories().getFirst().toBuilder()
            .repositoryArn("arn:aws:ecr:eu-central-1:123456789012:repository/orders")
            .build();
    sample.registry = new Registry(List.of(repository), sample.registry.images());
    network.execution =
        """
        {"Statement": [{"Effect": "Allow", "Action": ["ecr:*", "logs:*"], "Resource": "%s"}]}
        """
            .formatted(resource);
    sample
        .rollingOut()
        .failedStart(
            "subnet-a",
            "CannotPullContainerError: The task can’t pull the image. Check that the role has the"
                + " permissions to pull images from the registry");
    assertThat(
            causes().stream()
                .map(Cause::explanation)
                .anyMatch(e ->
                    e.equals(
                        "Execution role orders-execution lacks ecr:GetAuthorizationToken, which"
                            + " a start of orders:2 needs.")))
        .isEqualTo(named);
  }

  private void refused(String why) {
    network.execution =
        "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}]}";
    sample
        .rollingOut()
        .failedStart(
            "subnet-a",
            "ResourceInitializationError: unable to pull secrets or registry auth: execution resource"
                + " retrieval failed: unable to retrieve ecr registry auth: service call has been"
                + " retried 1 time(s): AccessDeniedException: User:"
                + " arn:aws:sts::123456789012:assumed-role/orders-execution/1 is not authorized to"
                + " perform: ecr:GetAuthorizationToken on resource: * "
                + why);
  }

  @Test
  void namesTheRoleWhosePermissionsBoundaryLeavesTheRegistryOut() {
    refused("because no permissions boundary allows the ecr:GetAuthorizationToken action");
    assertThat(first().id()).isEqualTo("iam-permissions-boundary-too-tight");
    assertThat(first().resource()).isEqualTo(Sample.EXECUTION_ROLE);
    assertThat(first().explanation())
        .startsWith("The permissions boundary of execution role orders-execution leaves out ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "because no identity-based policy allows the ecr:GetAuthorizationToken action",
        "because no service control policy allows the ecr:GetAuthorizationToken action",
      })
  void blamesNoBoundaryForWhatOtherPoliciesRefuse(String why) {
    refused(why);
    assertThat(causes()).noneMatch(c -> c.explanation().contains("permissions boundary"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"Effect\": \"Allow\", \"Action\": [\"logs:*\", \"s3:*\"], \"Resource\": \"*\"} | true",
        "{\"Effect\": \"Allow\", \"NotAction\": \"ecr:*\", \"Resource\": \"*\"} | true",
        "{\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"} | false",
        "{\"Effect\": \"Allow\", \"NotAction\": \"iam:*\", \"Resource\": \"*\"} | false",
        "{\"Effect\": \"Allow\", \"Action\": [\"ecr:*\", \"logs:*\"], \"Resource\": \"*\"} | false",
      })
  void namesABoundaryThatTakesThePullAwayWhateverThePoliciesAllow(String statement, boolean named) {
    bound("{\"Statement\": [" + statement + "]}");
    assertThat(ids().contains("iam-permissions-boundary-too-tight")).isEqualTo(named);
    assertThat(ids()).doesNotContain("iam-execution-role-missing-ecr");
  }

  @Test
  void theBoundaryIsWhatMustBeChanged() {
    bound(
        "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"logs:*\", \"Resource\": \"*\"}]}");
    assertThat(first().resource()).isEqualTo("arn:aws:iam::123456789012:policy/edge");
    assertThat(first().explanation())
        .isEqualTo(
            "Permissions boundary edge of execution role orders-execution leaves out ecr:GetAuthorizationToken, ecr:BatchGetImage, ecr:GetDownloadUrlForLayer, which a start of orders:2 needs, whatever the role's policies allow.");
    assertThat(first().fix().cli())
        .startsWith(
            "aws iam create-policy-version --policy-arn arn:aws:iam::123456789012:policy/edge");
  }

  @Test
  void blamesNoBoundaryThatCouldNotBeRead() {
    bound("");
    assertThat(ids()).doesNotContain("iam-permissions-boundary-too-tight");
  }

  private void bound(String document) {
    network.boundary = Optional.of(new Boundary("arn:aws:iam::123456789012:policy/edge", document));
    sample
        .rollingOut()
        .failedStart(
            "subnet-a",
            "ResourceInitializationError: unable to pull secrets or registry auth: execution"
                + " resource retrieval failed: unable to retrieve ecr registry auth: service call"
                + " has been retried 1 time(s): AccessDeniedException: User is not authorized to"
                + " perform: ecr:GetAuthorizationToken on resource: *");
  }
}
