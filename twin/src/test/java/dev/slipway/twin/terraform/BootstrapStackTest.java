package dev.slipway.twin.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The project's own preparation of an account, for real and not over mocks. */
class BootstrapStackTest extends StackTest {

  private static final Path BOOTSTRAP = Path.of("..", "terraform", "bootstrap");

  private static final String VARIABLES =
      """
      github_repository    = "octocat/shop"
      github_owner_id      = "583231"
      github_repository_id = "1296269"
      """;

  @Test
  void preparesAnAccountSettlesAndLeavesNothing() throws Exception {
    // People must not lose the state by mistake; a test wants to.
    terraform.root(BOOTSTRAP, "prevent_destroy = true", "prevent_destroy = false");
    terraform.variables(VARIABLES);

    terraform.succeed("init", "-no-color");
    terraform.apply();
    settled();
    assertThat(terraform.succeed("output", "-raw", "state_bucket").output())
        .startsWith("slipway-state-000000000000-eu-central-1");
    assertThat(terraform.values("aws_s3_bucket_public_access_block.state"))
        .as("never public")
        .hasToString(
            "{\"block_public_acls\":true,\"block_public_policy\":true,"
                + "\"bucket\":\"slipway-state-000000000000-eu-central-1\","
                + "\"id\":\"slipway-state-000000000000-eu-central-1\","
                + "\"ignore_public_acls\":true,\"restrict_public_buckets\":true}");

    terraform.destroy();
    assertThat(terraform.run("state", "list").output()).isEmpty();
  }
}
