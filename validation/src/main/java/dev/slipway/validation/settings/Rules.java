package dev.slipway.validation.settings;

import dev.slipway.validation.check.Severity;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a value must look like to be meant. */
final class Rules {

  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-fA-F]{7,40}(-dirty[-0-9a-zA-Z]*)?");
  private static final Pattern REGION = Pattern.compile("[a-z]{2,4}(-[a-z]+)+-\\d{1,2}");
  private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /** More would be a test of load. */
  private static final int MOST_REQUESTS = 100;

  private Rules() {}

  static void check(Setting setting, Value value) throws WrongSetting {
    String text = value.text();
    switch (setting) {
      case IMAGE_DIGEST ->
          demand(
              DIGEST.matcher(text).matches(),
              value,
              "sha256: and 64 hexadecimal digits",
              "slipway image find --repository NAME --tag TAG");
      case COMMIT ->
          demand(
              COMMIT.matcher(text).matches(),
              value,
              "7 to 40 hexadecimal digits; for any other text there is --expect-build",
              "--commit $(git rev-parse HEAD)");
      case URL ->
          demand(
              isHttp(text),
              value,
              "an http or https URL",
              "leave --url out: the URL is found from the load balancer");
      case REGION ->
          demand(
              REGION.matcher(text).matches(),
              value,
              "the name of a region",
              "--region eu-central-1");
      default -> {}
    }
  }

  static Duration duration(Value value) throws WrongSetting {
    Optional<Duration> duration = Durations.parse(value.text());
    demand(duration.isPresent(), value, "a number and s, m or h", "write it so: 90s, 10m or 1h");
    return duration.get();
  }

  static int rate(Value value) throws WrongSetting {
    boolean number = value.text().matches("\\d{1,3}");
    int rate = number ? Integer.parseInt(value.text()) : 0;
    demand(
        rate >= 1 && rate <= MOST_REQUESTS,
        value,
        "1 to " + MOST_REQUESTS + " requests a second",
        "--probe on its own sends 10");
    return rate;
  }

  static Severity severity(Value value) throws WrongSetting {
    List<String> words = Arrays.stream(Severity.values()).map(Severity::word).toList();
    String text = value.text().toLowerCase(Locale.ROOT);
    demand(words.contains(text), value, "one of " + String.join(", ", words), "--fail-on high");
    return Severity.valueOf(text.toUpperCase(Locale.ROOT));
  }

  static void header(String name, Value value) throws WrongSetting {
    demand(
        HEADER.matcher(name).matches(),
        new Value(name, value.source()),
        "the name of a header before the equals sign",
        "--expect-header X-Build=7");
  }

  static void demand(boolean holds, Value value, String rule, String next) throws WrongSetting {
    if (!holds) {
      throw WrongSetting.value(value, rule, next);
    }
  }

  private static boolean isHttp(String text) {
    try {
      URI url = new URI(text);
      return url.getHost() != null && List.of("http", "https").contains(url.getScheme());
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
