package dev.slipway.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.logging.Level;
import java.util.stream.StreamSupport;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Debian's Chromium, without a window, looking at a page that lies in a file. */
final class Browser implements AutoCloseable {

  /** What keeps a picture's words from being read: over one another, or cut off at its edge. */
  private static final String UNREADABLE =
      """
      const bad = [];
      for (const svg of document.querySelectorAll('svg')) {
        const frame = svg.getBoundingClientRect();
        const texts = [...svg.querySelectorAll('text')].filter(t => t.textContent.trim());
        const boxes = texts.map(t => t.getBoundingClientRect());
        boxes.forEach((a, i) => {
          const words = texts[i].textContent;
          if (a.left < frame.left - 1 || a.right > frame.right + 1 || a.bottom > frame.bottom + 1)
            bad.push('cut off: ' + words);
          for (let j = i + 1; j < boxes.length; j++) {
            const b = boxes[j];
            if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 2
                && b.top < a.bottom - 2) bad.push(words + ' is over ' + texts[j].textContent);
          }
        });
      }
      return bad;
      """;

  private static final String AXE =
      """
      const done = arguments[arguments.length - 1];
      axe.run().then(r => done(r.violations.map(v =>
          v.id + ': ' + v.nodes.map(n => n.html.slice(0, 200)).join(' | '))),
        e => done(['axe failed: ' + e]));
      """;

  private final ChromeDriver driver;
  private final String axe;

  private Browser(ChromeDriver driver, String axe) {
    this.driver = driver;
    this.axe = axe;
  }

  /** Skips the test where there is no Chromium; with SLIPWAY_BROWSER=required that is a failure. */
  static Browser open() throws IOException {
    Optional<Path> chromium = installed("chromium");
    Optional<Path> chromedriver = installed("chromedriver");
    boolean found = chromium.isPresent() && chromedriver.isPresent();
    if ("required".equals(System.getenv("SLIPWAY_BROWSER"))) {
      assertThat(found).as("chromium and chromedriver are on the PATH").isTrue();
    }
    assumeTrue(found, "chromium and chromium-driver are not installed");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.orElseThrow().toFile());
    // The sandbox refuses to run as root, which containers are; the page is our own.
    options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage");
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(chromedriver.orElseThrow().toFile())
            .usingAnyFreePort()
            .build();
    return new Browser(new ChromeDriver(service, options), axe());
  }

  private static Optional<Path> installed(String program) {
    return List.of(System.getenv("PATH").split(java.io.File.pathSeparator)).stream()
        .map(place -> Path.of(place, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static String axe() throws IOException {
    Properties version = new Properties();
    try (InputStream in = resource("META-INF/maven/org.webjars.npm/axe-core/pom.properties")) {
      version.load(in);
    }
    String at = "META-INF/resources/webjars/axe-core/" + version.getProperty("version");
    try (InputStream in = resource(at + "/axe.min.js")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static InputStream resource(String name) {
    return Browser.class.getClassLoader().getResourceAsStream(name);
  }

  /** Shows a page to a reader with a screen of this width who likes it light or dark. */
  void show(Path page, int width, String scheme) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 500));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    // What was said of the page before, by axe too, is not this page's.
    complaints();
    driver.get(page.toUri().toString());
  }

  /** Opens all that is folded. */
  void unfold() {
    driver.executeScript("document.querySelectorAll('details').forEach(d => d.open = true)");
  }

  /** How many pixels the page is wider than the screen. */
  long overflow() {
    return number("return document.documentElement.scrollWidth - window.innerWidth");
  }

  /** What lies over one another in pictures. */
  List<String> unreadable() {
    return words(driver.executeScript(UNREADABLE));
  }

  /** What axe has to say against the page. */
  List<String> violations() {
    driver.executeScript(axe);
    return words(driver.executeAsyncScript(AXE));
  }

  /** What a script answers. */
  long number(String script) {
    return ((Number) driver.executeScript(script)).longValue();
  }

  /** How many elements of these there are that tabbing from the top does not come to. */
  List<String> beyondTheKeyboard(String selector) {
    driver.executeScript(
        "document.activeElement.blur(); window.scrollTo(0, 0);"
            + "document.addEventListener('focusin', e => e.target.setAttribute('data-seen', ''))");
    long all =
        ((Number)
                driver.executeScript(
                    "return document.querySelectorAll(arguments[0]).length", selector))
            .longValue();
    for (long i = 0; i < all + 5; i++) {
      driver.switchTo().activeElement().sendKeys(Keys.TAB);
    }
    return words(
        driver.executeScript(
            "return [...document.querySelectorAll(arguments[0])].filter(e =>"
                + " !e.hasAttribute('data-seen')).map(e => e.outerHTML.slice(0, 120))",
            selector));
  }

  /** What a press of the key on the first of these does to what it folds. */
  void pressEnterOn(String selector) {
    driver.executeScript("document.querySelector(arguments[0]).focus()", selector);
    driver.switchTo().activeElement().sendKeys(Keys.ENTER);
  }

  /** What the page complained of. */
  List<String> complaints() {
    return StreamSupport.stream(driver.manage().logs().get(LogType.BROWSER).spliterator(), false)
        .map(e -> e.getMessage())
        .toList();
  }

  /** Keeps a picture of the whole page. */
  void picture(Path file) throws IOException {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of(
            "width",
            number("return window.innerWidth"),
            "height",
            number("return document.documentElement.scrollHeight"),
            "deviceScaleFactor",
            1,
            "mobile",
            false));
    Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
  }

  private static List<String> words(Object answer) {
    return ((List<?>) answer).stream().map(String::valueOf).toList();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
