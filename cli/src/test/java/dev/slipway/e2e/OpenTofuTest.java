package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The project's stack with OpenTofu in the place of Terraform. */
@Tag("e2e")
class OpenTofuTest {

  private static final Map<String, String> TOFU =
      Map.of("TERRAFORM", "tofu", "SLIPWAY_TWIN_RUNTIME", "simulated");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  @TempDir private Path elsewhere;

  private Checkout checkout;

  @BeforeEach
  void cloneTheRepository() {
    RealClients.need("tofu");
    RealClients.need("aws");
    RealClients.need("crane");
    checkout = Checkout.builtIn(directory);
  }

  @AfterEach
  void stopTheTwin() {
    if (checkout != null) {
      checkout.close();
    }
  }

  @Test
  void appliesTheStackHasNothingToChangeAndDestroysIt() throws IOException {
    succeeds("./slipway", "twin", "start");
    succeeds("scripts/terraform.sh", "foundation", "apply", "-auto-approve");
    pushAnImageOfTheCommit();

    String applied = succeeds("make", "apply");
    assertThat(applied).contains("Apply complete!").doesNotContain("image: building");
    assertThat(checkout.path(".slipway/twin/terraform/stack/init.log"))
        .content()
        .contains("OpenTofu has been successfully initialized!");

    assertThat(succeeds("make", "plan").split("No changes\\.", -1)).hasSize(3);

    assertThat(succeeds("make", "destroy")).contains("Destroy complete!");
  }

  /** A small image with the commit's tag, so that none has to be built for this. */
  private void pushAnImageOfTheCommit() throws IOException {
    RealClients clients = new RealClients(checkout, elsewhere);
    clients.logIn();
    String repository = clients.registry() + "/slipway/app:";
    Path layer = Files.write(elsewhere.resolve("layer.tar"), new byte[1024]);
    clients.crane("append", "-f", layer.toString(), "-t", repository + "base");
    clients.crane(
        "mutate",
        repository + "base",
        "--env",
        "SLIPWAY_BEHAVIOUR={}",
        "--set-platform",
        "linux/amd64",
        "-t",
        repository + checkout.head());
  }

  private String succeeds(String... command) {
    Checkout.Result result = checkout.run(TOFU, command);
    assertThat(result.exitCode()).as(result.output()).isZero();
    return result.output();
  }
}
