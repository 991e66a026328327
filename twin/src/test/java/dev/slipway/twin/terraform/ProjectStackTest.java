package dev.slipway.twin.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.twin.terraform.data.DataSources;
import dev.slipway.twin.terraform.resources.Resources;
import dev.slipway.twin.world.Ids;
import dev.slipway.twin.world.ManualClock;
import dev.slipway.twin.world.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The project's own Terraform roots: valid, and their {@code terraform test} passes, over mocks.
 */
class ProjectStackTest {

  private static final Path ROOTS = Path.of("..", "terraform");

  @TempDir private Path copy;

  @BeforeEach
  void copyRoots() throws IOException {
    assumeTrue(TerraformRun.binary().isPresent(), "no terraform on the PATH");
    try (Stream<Path> files = Files.walk(ROOTS)) {
      for (Path file : files.filter(ProjectStackTest::isSource).toList()) {
        Path target = copy.resolve(ROOTS.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "foundation", "bootstrap"})
  void keepsItsPromisesAndRefusesWhatItMust(String root) throws Exception {
    try (var provider = provider()) {
      provider.start();
      try (var terraform = new TerraformRun(copy.resolve(root), provider)) {
        terraform.succeed("init", "-backend=false", "-no-color");
        terraform.succeed("validate", "-no-color");

        assertThat(terraform.succeed("test", "-no-color").output())
            .contains("Success!")
            .doesNotContain("Success! 0 passed");
      }
    }
  }

  private static TerraformProviderServer provider() {
    var clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    var world = new World("123456789012", "eu-central-1", clock, new Ids(new Random(1)));
    return new TerraformProviderServer(
        (account, region) -> world,
        clock,
        "eu-central-1",
        "123456789012",
        Resources::all,
        DataSources::all);
  }

  private static boolean isSource(Path file) {
    String name = file.getFileName().toString();
    return Files.isRegularFile(file)
        && !file.toString().contains(".terraform")
        && !name.endsWith("_override.tf")
        && (name.endsWith(".tf") || name.endsWith(".hcl"));
  }
}
