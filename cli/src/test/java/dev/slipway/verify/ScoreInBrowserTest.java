package dev.slipway.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.rehearsal.score.ScoreJson;
import dev.slipway.rehearsal.score.StackPages;
import dev.slipway.rehearsal.score.StackScore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The committed score, and one of somebody's own stack, as people with browsers see them. */
@Tag("e2e")
class ScoreInBrowserTest {

  private static final Path DOCS = Path.of("..", "docs").toAbsolutePath().normalize();
  private static final Path KEPT = Path.of("target", "pages").toAbsolutePath();

  private static Browser browser;

  @BeforeAll
  static void makePages() throws IOException {
    browser = Browser.open();
    Path stack = Files.createDirectories(KEPT.resolve("stack"));
    StackScore score =
        new StackScore(
            "infra/live",
            "basket",
            "eu-west-1",
            List.of("123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/basket:v1 is a stand-in"),
            Map.of("nothing deployed, slipway verify", List.of("td-root-user", "img-mutable-tags")),
            Map.of("net-nat-gateway-deleted", "its tasks have no NAT gateway on their way out"),
            ScoreJson.read(DOCS.resolve("score.json")));
    Files.writeString(stack.resolve("score.html"), StackPages.of(score).get("score.html"));
  }

  @AfterAll
  static void end() {
    if (browser != null) {
      browser.close();
    }
  }

  private static Path page(String of) {
    return (of.equals("ours") ? DOCS : KEPT.resolve("stack")).resolve("score.html");
  }

  @ParameterizedTest
  @CsvSource({
    "ours, 360, light",
    "ours, 768, dark",
    "ours, 1920, light",
    "stack, 360, dark",
    "stack, 1280, light"
  })
  void isReadableOnEveryScreen(String of, int width, String scheme) throws IOException {
    browser.show(page(of), width, scheme);

    assertThat(browser.overflow()).as("pixels beside the screen").isNotPositive();
    browser.picture(KEPT.resolve("score-" + of + "-" + width + "-" + scheme + ".png"));
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.violations()).isEmpty();
    assertThat(browser.unreadable()).isEmpty();
  }

  @Test
  void keysReachEveryTableThatScrolls() {
    browser.show(page("ours"), 360, "light");

    assertThat(browser.beyondTheKeyboard("[tabindex=\"0\"]")).isEmpty();
  }

  @Test
  void hasARowForEveryFaultAndALineForEachWhoWasAsked() throws IOException {
    var score = ScoreJson.read(DOCS.resolve("score.json"));
    browser.show(page("ours"), 1280, "light");

    assertThat(
            browser.number(
                "return document.querySelectorAll('[aria-label=\"Every fault\"] tbody tr').length"))
        .isEqualTo(score.byFault().size());
    assertThat(browser.number("return document.querySelectorAll('svg path').length"))
        .isEqualTo(score.peers().size() + 1);
  }
}
