package dev.slipway.twin.differences;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.twin.RuntimeKind;
import dev.slipway.twin.Twin;
import dev.slipway.twin.TwinOptions;
import dev.slipway.twin.clients.RunningTwin;
import dev.slipway.twin.world.Worlds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.SortedSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code SLIPWAY_WRITE_DOCS=true} writes the page that is otherwise held against the code. */
@Tag("docs")
class DifferencesTest {

  private static final Path PAGE = RunningTwin.file("docs/differences.md");

  @TempDir private Path directory;

  @Test
  void everyDifferenceIsSaidOnceAndHasAReason() {
    assertThat(Difference.all())
        .hasSizeGreaterThan(40)
        .doesNotHaveDuplicates()
        .allSatisfy(difference -> {
          assertThat(difference.what()).isNotBlank();
          assertThat(difference.because()).as(difference.what()).isNotBlank();
        });
  }

  @Test
  void thePageSaysWhatTheCodeSays() throws IOException {
    SortedMap<String, SortedSet<String>> actions;
    try (Twin twin = Twin.start(TwinOptions.in(directory).withRuntime(RuntimeKind.SIMULATED))) {
      actions = twin.worlds().of("000000000000", Worlds.HOME_REGION).operations().actions();
    }
    String page = DifferencesPage.of(actions, Difference.all());
    if ("true".equals(System.getenv("SLIPWAY_WRITE_DOCS"))) {
      Files.writeString(PAGE, page);
    }
    assertThat(PAGE).as("out of date: make docs writes it anew").hasContent(page);
  }
}
