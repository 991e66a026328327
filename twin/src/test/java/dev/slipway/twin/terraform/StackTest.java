package dev.slipway.twin.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.twin.world.World;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The real Terraform over all of the twin's services, at high speed. */
abstract class StackTest {

  private TestWorlds worlds;
  private TerraformProviderServer provider;

  /** Terraform, attached to the twin's provider. */
  protected TerraformRun terraform;

  @BeforeEach
  final void attach(@TempDir Path directory) throws Exception {
    assumeTrue(TerraformRun.binary().isPresent(), "no terraform on the PATH");
    worlds = new TestWorlds(directory.resolve("blobs"));
    provider =
        new TerraformProviderServer(
            worlds.worlds()::of, worlds.clock(), "eu-west-1", "0".repeat(12));
    provider.start();
    terraform = new TerraformRun(directory, provider);
  }

  @AfterEach
  final void detach() {
    if (provider != null) {
      terraform.close();
      provider.close();
      worlds.close();
    }
  }

  /** The world that the configurations act in. */
  protected final World world() {
    return worlds.worlds().of("123456789012", "eu-west-1");
  }

  /** Applies a configuration, after which a plan finds nothing to do. */
  protected final TerraformRun.Result applied(String hcl) {
    TerraformRun.Result result = terraform.config(hcl).apply();
    settled();
    return result;
  }

  /** A plan finds nothing to do. */
  protected final void settled() {
    TerraformRun.Result plan = terraform.plan();
    assertThat(plan.exitCode()).as(plan.output()).isZero();
  }

  /** Forgets a resource and imports it again, after which a plan finds nothing to do. */
  protected final void imported(String address, String id) {
    terraform.succeed("state", "rm", address);
    terraform.succeed("import", address, id);
    settled();
  }

  /** The id of a resource in the state. */
  protected final String id(String address) {
    return terraform.values(address).path("id").asText();
  }
}
