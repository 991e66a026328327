package dev.slipway.validation.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.Sample;
import dev.slipway.validation.observe.Registry;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageAddressTest extends Diagnosed {

  private void fails(String image, String why) {
    sample.definitions.put(Sample.TASK_DEFINITION, Sample.definition(2, image));
    sample
        .rollingOut()
        .failedStart(
            "subnet-a",
            "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to"
                + " resolve ref "
                + image
                + ": "
                + why);
  }

  @Test
  void namesTheForeignRepositoryThatDoesNotLetThisAccountPull() {
    String image = "999999999999.dkr.ecr.eu-central-1.amazonaws.com/shared/app:1";
    fails(image, "failed with status code [manifests 1]: 403 Forbidden");
    assertThat(ids()).containsExactly("img-cross-account-repo-policy");
    assertThat(first().resource())
        .isEqualTo("999999999999.dkr.ecr.eu-central-1.amazonaws.com/shared/app");
    assertThat(first().explanation())
        .isEqualTo(
            "Repository shared/app of account 999999999999 does not let account 123456789012 pull.");
  }

  @Test
  void namesTheRepositoryThatTheAccountsRegistryDoesNotHave() {
    sample.registry =
        new Registry(
            List.of(
                sample.registry.repositories().getFirst().toBuilder()
                    .repositoryUri("registry.example:5000/orders")
                    .build()),
            sample.registry.images());
    fails("registry.example:5000/order:1", "401 Unauthorized");
    assertThat(ids()).containsExactly("img-tag-not-in-registry");
    assertThat(first().explanation())
        .isEqualTo("Repository registry.example:5000/order does not exist.");
  }

  @Test
  void namesTheAddressOfAnotherAccountWhereThisOneHasARepositoryOfThatName() {
    String image = "999999999999.dkr.ecr.us-west-2.amazonaws.com/orders:1";
    fails(image, "failed with status code [manifests 1]: 403 Forbidden");
    assertThat(ids()).containsExactly("img-wrong-region-or-account");
    assertThat(first().resource()).isEqualTo(image);
    assertThat(first().explanation())
        .isEqualTo(
            "The image is of account 999999999999 in us-west-2, the service of account 123456789012"
                + " in eu-central-1, and it cannot be pulled.");
  }
}
