package dev.slipway.twin.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.twin.terraform.data.DataSources;
import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.resources.Resources;
import dev.slipway.twin.terraform.value.Attributes;
import dev.slipway.twin.world.Ids;
import dev.slipway.twin.world.ManualClock;
import dev.slipway.twin.world.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
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

  /**
   * What only the bootstrap uses: the twin serves no such thing, so mocks need the schema alone.
   */
  private static final List<String> SCHEMA_ONLY =
      List.of(
          "aws_s3_bucket",
          "aws_s3_bucket_policy",
          "aws_s3_bucket_public_access_block",
          "aws_s3_bucket_server_side_encryption_configuration",
          "aws_s3_bucket_versioning");

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
    var resources =
        Stream.<ResourceHandler>concat(
                Resources.all().stream(), SCHEMA_ONLY.stream().map(SchemaOnly::new))
            .toList();
    return new TerraformProviderServer(
        (account, region) -> world,
        clock,
        "eu-central-1",
        "123456789012",
        () -> resources,
        DataSources::all);
  }

  private static boolean isSource(Path file) {
    String name = file.getFileName().toString();
    return Files.isRegularFile(file)
        && !file.toString().contains(".terraform")
        && !name.endsWith("_override.tf")
        && (name.endsWith(".tf") || name.endsWith(".hcl"));
  }

  private record SchemaOnly(String type) implements ResourceHandler {

    @Override
    public String label() {
      return type;
    }

    @Override
    public void create(Context context, Attributes planned) {
      throw new UnsupportedOperationException(type + " is there for mocks only");
    }

    @Override
    public boolean read(Context context, Attributes state) {
      throw new UnsupportedOperationException(type + " is there for mocks only");
    }

    @Override
    public void delete(Context context, Attributes state) {
      throw new UnsupportedOperationException(type + " is there for mocks only");
    }
  }
}
