package dev.slipway.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.twin.RuntimeKind;
import dev.slipway.twin.TwinAccount;
import dev.slipway.twin.junit.Twin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The verifier's page of a sound and of a broken rollout, as people with browsers see it. */
@Tag("e2e")
@Twin(runtime = RuntimeKind.SIMULATED)
class ReportInBrowserTest {

  private static final String REACHED = "a[href], summary, [tabindex=\"0\"]";
  private static final Path KEPT = Path.of("target", "pages").toAbsolutePath();

  private static TwinAccount account;
  private static Browser browser;

  @BeforeAll
  static void makePages() throws IOException {
    browser = Browser.open();
    Files.createDirectories(KEPT);
    Estate estate = new Estate(account).prepare();
    estate.service("orders", 2);
    await().atMost(Duration.ofMinutes(1)).until(() -> estate.steady("orders"));
    Verify.Result sound = verify("orders", "pass");
    assertThat(sound.code()).as(sound.out()).isZero();
    estate.deploy("orders", "nil");
    assertThat(verify("orders", "fail").code()).isEqualTo(1);
  }

  @AfterAll
  static void end() {
    if (browser != null) {
      browser.close();
    }
  }

  private static Verify.Result verify(String service, String page) {
    return Verify.at(account)
        .run(
            "--cluster",
            Estate.CLUSTER,
            "--service",
            service,
            "--probe",
            "--soak",
            "2s",
            "--fail-on",
            "critical",
            "--html",
            KEPT.resolve(page + ".html").toString());
  }

  @ParameterizedTest
  @CsvSource({
    "pass, 360, light",
    "pass, 768, dark",
    "pass, 1920, light",
    "fail, 360, dark",
    "fail, 360, light",
    "fail, 768, light",
    "fail, 1280, dark",
    "fail, 1920, light"
  })
  void isReadableOnEveryScreen(String page, int width, String scheme) throws IOException {
    browser.show(KEPT.resolve(page + ".html"), width, scheme);
    assertThat(browser.overflow()).as("pixels beside the screen").isNotPositive();
    browser.unfold();
    assertThat(browser.overflow()).as("pixels beside the screen, unfolded").isNotPositive();
    browser.picture(KEPT.resolve(page + "-" + width + "-" + scheme + ".png"));
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.violations()).isEmpty();
    assertThat(browser.unreadable()).isEmpty();
  }

  @Test
  void keysReachEverythingThatScrollsOrFolds() {
    browser.show(KEPT.resolve("fail.html"), 1280, "light");
    browser.unfold();
    assertThat(browser.beyondTheKeyboard(REACHED)).isEmpty();
    long open = browser.number("return document.querySelectorAll('details[open]').length");
    browser.pressEnterOn("summary");
    assertThat(browser.number("return document.querySelectorAll('details[open]').length"))
        .isEqualTo(open - 1);
  }

  @Test
  void showsWhatBrokeTheRolloutAndHowItWent() {
    browser.show(KEPT.resolve("fail.html"), 1280, "light");
    assertThat(List.of("svg .cut", "svg .s-good", "svg .grid"))
        .allSatisfy(part ->
            assertThat(browser.number("return document.querySelectorAll('" + part + "').length"))
                .as(part)
                .isPositive());
  }
}
