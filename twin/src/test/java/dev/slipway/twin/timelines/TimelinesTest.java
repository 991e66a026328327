package dev.slipway.twin.timelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.twin.clients.RunningTwin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The timelines of AWS on a whole twin. {@code -Dslipway.timelines.scale=1} takes ten minutes;
 * {@code SLIPWAY_WRITE_DOCS=true} writes what was measured into the page.
 */
class TimelinesTest {

  private static final Path PAGE = RunningTwin.file("docs/timelines.md");
  private static final int SCALE = Integer.getInteger("slipway.timelines.scale", 60);

  private static final int ATTEMPTS = 3;

  /** How late a busy machine may be, in real seconds. */
  private static final double LATE = 0.1;

  @TempDir private Path directory;

  /**
   * A step that comes late is measured anew: at scale 60 another process that holds the cores for a
   * tenth of a second looks like six seconds of AWS. A twin that is wrong is wrong each time.
   */
  @Test
  void everyStepTakesAsLongAsOnAws() throws Exception {
    Map<Step, Double> measured = measure(0);
    for (int again = 1; again < ATTEMPTS && !beside(measured).isEmpty(); again++) {
      Map<Step, Double> anew = measure(again);
      beside(measured).forEach(step -> measured.put(step, anew.get(step)));
    }
    if ("true".equals(System.getenv("SLIPWAY_WRITE_DOCS"))) {
      Files.writeString(PAGE, TimelinesPage.with(read(), SCALE, measured));
    }

    assertThat(beside(measured)).as("of %s", measured).isEmpty();
  }

  private Map<Step, Double> measure(int attempt) throws Exception {
    try (Scene scene = new Scene(directory.resolve("run-" + attempt), SCALE)) {
      return Drills.run(scene);
    }
  }

  /** The steps whose time is out of AWS's range. */
  private static List<Step> beside(Map<Step, Double> measured) {
    return measured.keySet().stream()
        .filter(
            step -> measured.get(step) == null || !step.allows(measured.get(step), SCALE * LATE))
        .toList();
  }

  @Test
  void thePageShowsEveryStepWithFiguresThatAgreeWithAws() throws Exception {
    TimelinesPage page = TimelinesPage.of(read());

    assertThat(page.names()).containsExactlyElementsOf(Steps.ALL.stream().map(Step::name).toList());
    for (Step step : Steps.ALL) {
      assertThat(page.aws(step)).isEqualTo(step.aws());
      assertThat(step.allows(page.figure(step, 1), LATE)).as("%s at scale 1", step).isTrue();
      assertThat(step.allows(page.figure(step, 60), 60 * LATE)).as("%s at 60", step).isTrue();
    }
  }

  private static String read() throws IOException {
    return Files.exists(PAGE) ? Files.readString(PAGE) : "";
  }

  static String seconds(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
