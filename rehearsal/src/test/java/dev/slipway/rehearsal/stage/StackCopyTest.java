package dev.slipway.rehearsal.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackCopyTest {

  @TempDir private Path theirs;
  @TempDir private Path ours;

  @BeforeEach
  void aRootBesideTheModuleThatItUses() throws IOException {
    write("infra/live/main.tf", "module \"net\" {\n  source = \"../modules/net\"\n}\n");
    write("infra/live/terraform.tfstate", "{}");
    write("infra/live/.terraform/environment", "default");
    write("infra/modules/net/main.tf", "locals { words = file(\"../../words/all.txt\") }\n");
    write("infra/words/all.txt", "hello");
    write("infra/other/big.tf", "# not needed, and harmless");
    write("elsewhere/secret.txt", "not for us");
  }

  private void write(String name, String text) throws IOException {
    Path file = theirs.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static List<String> in(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .map(f -> directory.relativize(f).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }

  @Test
  void bringsModulesAndFilesAlongAndLeavesStatesWhereTheyAre() throws Exception {
    List<String> before = in(theirs);

    Path root = StackCopy.of(theirs.resolve("infra/live"), ours.resolve("copy"));

    assertThat(in(theirs)).isEqualTo(before);
    assertThat(in(ours.resolve("copy")))
        .containsExactly(
            "live/main.tf",
            "live/slipway_rehearsal_override.tf",
            "modules/net/main.tf",
            "other/big.tf",
            "words/all.txt");
    assertThat(root).isEqualTo(ours.resolve("copy/live"));
    assertThat(root.resolve("slipway_rehearsal_override.tf"))
        .content()
        .contains("backend \"local\" {}");
  }

  @Test
  void aRootWithoutNeighboursIsCopiedAlone() throws Exception {
    write("infra/live/main.tf", "resource \"aws_vpc\" \"v\" {}\n");

    Path root = StackCopy.of(theirs.resolve("infra/live"), ours.resolve("copy"));

    assertThat(root).isEqualTo(ours.resolve("copy"));
    assertThat(in(root)).containsExactly("main.tf", "slipway_rehearsal_override.tf");
  }

  @Test
  void goesNoHigherThanTheRepository() throws Exception {
    write("infra/live/main.tf", "# see ../../../../../../../../somewhere\n");
    Files.createDirectories(theirs.resolve("infra/live/.git"));

    Path root = StackCopy.of(theirs.resolve("infra/live"), ours.resolve("copy"));

    assertThat(in(root)).containsExactly("main.tf", "slipway_rehearsal_override.tf");
  }

  @Test
  void refusesADirectoryWithoutTerraformInFourParts() {
    assertThatThrownBy(() -> StackCopy.of(theirs.resolve("elsewhere"), ours.resolve("copy")))
        .isInstanceOfSatisfying(
            StackRefused.class,
            e ->
                assertThat(e.told().text())
                    .contains("no Terraform in ")
                    .contains("elsewhere holds no *.tf")
                    .contains("  cause   it is the directory above the root, or another one")
                    .contains("  try     slipway rehearse --stack path/to/terraform"));
  }
}
