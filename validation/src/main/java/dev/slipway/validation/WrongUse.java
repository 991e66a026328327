package dev.slipway.validation;

import dev.slipway.validation.observe.Wanted;
import dev.slipway.validation.report.Message;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.regex.Pattern;

/** Finds values of options that cannot be meant. */
final class WrongUse {

  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-fA-F]{7,40}(-dirty[-0-9a-zA-Z]*)?");

  private WrongUse() {}

  /** What is wrong; {@code null} when nothing is. */
  static Message in(Wanted wanted) {
    if (!wanted.imageDigest().isEmpty() && !DIGEST.matcher(wanted.imageDigest()).matches()) {
      return refused(
          "--image-digest",
          wanted.imageDigest(),
          "sha256: and 64 hexadecimal digits",
          "slipway image find --repository NAME --tag TAG");
    }
    if (!wanted.commit().isEmpty() && !COMMIT.matcher(wanted.commit()).matches()) {
      return refused(
          "--commit",
          wanted.commit(),
          "7 to 40 hexadecimal digits; for any other text there is --expect-build",
          "--commit $(git rev-parse HEAD)");
    }
    if (!wanted.url().isEmpty() && !isHttp(wanted.url())) {
      return refused(
          "--url",
          wanted.url(),
          "an http or https URL",
          "leave --url out: the URL is found from the load balancer");
    }
    return null;
  }

  private static Message refused(String option, String value, String rule, String next) {
    return new Message(
        option + " cannot be used",
        "expected " + rule + "; got " + value,
        "a typing error or an empty variable in a script",
        List.of(next));
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
