package dev.slipway.validation.check;

import dev.slipway.validation.observe.Probe;
import dev.slipway.validation.observe.Wanted;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What an answer's body and headers must carry, because the user said so. */
final class Expectations {

  private Expectations() {}

  /** All of it, to follow a sentence; empty when nothing was asked for. */
  static String of(Wanted wanted) {
    StringBuilder text = new StringBuilder();
    if (!wanted.body().isEmpty()) {
      text.append(", with '").append(wanted.body()).append("' in its body");
    }
    new TreeMap<>(wanted.headers())
        .forEach((name, value) -> text.append(", with %s: %s".formatted(name, value)));
    return text.toString();
  }

  /** What an answer lacks; empty when it lacks nothing. */
  static String missing(Probe.Answer answer, Wanted wanted) {
    if (!answer.body().contains(wanted.body())) {
      return "the answer's body does not carry '" + wanted.body() + "'";
    }
    for (Map.Entry<String, String> header : new TreeMap<>(wanted.headers()).entrySet()) {
      Optional<String> seen = header(answer, header.getKey());
      if (!seen.equals(Optional.of(header.getValue()))) {
        return "the answer's header %s is %s, not %s"
            .formatted(header.getKey(), seen.orElse("absent"), header.getValue());
      }
    }
    return "";
  }

  /** Source: RFC 9110 5.1, names of headers are case-insensitive. */
  private static Optional<String> header(Probe.Answer answer, String name) {
    return answer.headers().entrySet().stream()
        .filter(h -> h.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
