package dev.slipway.validation.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code SLIPWAY_WRITE_DOCS=true} writes the pages that are otherwise held against the data. */
@Tag("docs")
class CauseCatalogueTest {

  private static final Path ROOT = root();
  private static final Path PAGES = ROOT.resolve("docs/causes");
  private static final Path SOURCE =
      ROOT.resolve("validation/src/main/java/dev/slipway/validation");
  private static final String LAYERS =
      Stream.of(KnownCause.Layer.values())
          .map(l -> l.name().toLowerCase(java.util.Locale.ROOT))
          .collect(Collectors.joining("|"));
  private static final Pattern ID = Pattern.compile("\"((?:" + LAYERS + ")(?:-[a-z0-9]+)+)\"");
  private static final Pattern FINDING =
      Pattern.compile(ID.pattern() + ",\\s+[^;,]*?Severity\\.([A-Z]+)(?: : Severity\\.([A-Z]+))?");

  @Test
  void knowsEveryCauseThatTheCodeNamesAndNoOther() throws IOException {
    Set<String> named = new TreeSet<>();
    for (String source : sources()) {
      Matcher matcher = ID.matcher(source);
      while (matcher.find()) {
        named.add(matcher.group(1));
      }
    }
    assertThat(CauseCatalogue.all())
        .extracting(KnownCause::id)
        .containsExactlyElementsOf(named)
        .hasSizeGreaterThan(80);
  }

  @Test
  void noFindingIsWorseThanItsPageSays() throws IOException {
    List<String> found = new ArrayList<>();
    for (String source : sources()) {
      Matcher matcher = FINDING.matcher(source);
      while (matcher.find()) {
        Severity said = Severity.valueOf(matcher.group(2));
        found.add(matcher.group(1));
        assertThat(said)
            .as(matcher.group(1))
            .isLessThanOrEqualTo(CauseCatalogue.of(matcher.group(1)).severity());
      }
    }
    assertThat(found).hasSizeGreaterThan(30);
  }

  @Test
  void saysOfEachWhatIsWrongHowItShowsAndHowToPutItRight() {
    assertThat(CauseCatalogue.all())
        .allSatisfy(cause -> {
          assertThat(cause.layer()).isNotNull();
          assertThat(cause.severity()).as(cause.id()).isNotNull();
          assertThat(cause.title()).as(cause.id()).isNotBlank().doesNotEndWith(".");
          assertThat(List.of(cause.wrong(), cause.shows(), cause.fix()))
              .as(cause.id())
              .allSatisfy(text -> assertThat(text).isNotBlank().endsWith("."));
          assertThat(cause.link()).startsWith("https://docs.aws.amazon.com/").endsWith(".html");
        });
  }

  @Test
  void refusesACauseThatNobodyDescribed() {
    assertThatThrownBy(() -> CauseCatalogue.of("net-unheard-of"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no cause net-unheard-of in causes.json");
  }

  @Test
  void thePagesSayWhatTheDataSays() throws IOException {
    Map<String, String> wanted = CausePages.of(CauseCatalogue.all());
    if ("true".equals(System.getenv("SLIPWAY_WRITE_DOCS"))) {
      Files.createDirectories(PAGES);
      for (String name : written().keySet()) {
        Files.delete(PAGES.resolve(name));
      }
      for (Map.Entry<String, String> page : wanted.entrySet()) {
        Files.writeString(PAGES.resolve(page.getKey()), page.getValue());
      }
    }
    assertThat(written()).as("out of date: make docs writes them anew").isEqualTo(wanted);
  }

  private static Map<String, String> written() throws IOException {
    Map<String, String> pages = new TreeMap<>();
    if (Files.isDirectory(PAGES)) {
      try (Stream<Path> files = Files.list(PAGES)) {
        for (Path file : files.sorted(Comparator.naturalOrder()).toList()) {
          pages.put(file.getFileName().toString(), Files.readString(file));
        }
      }
    }
    return pages;
  }

  private static List<String> sources() throws IOException {
    List<String> all = new ArrayList<>();
    for (String part : List.of("check", "diagnose", "plan")) {
      try (Stream<Path> files = Files.walk(SOURCE.resolve(part))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          all.add(Files.readString(file));
        }
      }
    }
    return all;
  }

  private static Path root() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("CONTRIBUTING.md"))) {
      at = at.getParent();
    }
    return at;
  }
}
