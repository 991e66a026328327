package dev.slipway.validation.observe;

import dev.slipway.validation.observe.Traffic.Origin;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ecs.model.Task;

/** Who gave an answer: the load balancer or a task, which one, and of which build. Pure. */
final class Identity {

  /**
   * The names that services give to their build, the most telling first, in JSON or in a header.
   */
  private static final List<String> NAMES =
      List.of("commit", "git[-_]?commit", "revision", "git[-_]?sha", "sha", "build", "version");

  private static final int LONGEST = 80;

  private Identity() {}

  /**
   * Who answered. Pages that a load balancer makes carry the status as their heading. Source: ELB
   * user guide, troubleshooting, and captures of its 502 and 503.
   */
  static Origin origin(Probe.Answer answer) {
    if (answer.status() == 0) {
      return Origin.NOBODY;
    }
    if (!answer.server().startsWith("awselb/")) {
      return Origin.TARGET;
    }
    boolean page =
        answer.body().isEmpty() || answer.body().contains("<center><h1>" + answer.status() + " ");
    return page ? Origin.BALANCER : Origin.RULE;
  }

  /** The build that an answer names: the wanted one when it carries that. */
  static String build(Probe.Answer answer, Wanted wanted) {
    if (origin(answer) != Origin.TARGET) {
      return "";
    }
    if (carries(answer, wanted)) {
      String known = wanted.build().isEmpty() ? wanted.commit() : wanted.build();
      if (!known.isEmpty()) {
        return known;
      }
    }
    for (String name : NAMES) {
      Optional<String> found = field(answer.body(), name).or(() -> header(answer, name));
      if (found.isPresent()) {
        return found.get();
      }
    }
    return "";
  }

  /** Whether an answer carries the build that is wanted; true when none is. */
  static boolean carries(Probe.Answer answer, Wanted wanted) {
    return answer.body().contains(wanted.build())
        && (wanted.commit().isEmpty()
            || Revisions.find(answer.body(), wanted.commit()).isPresent());
  }

  /** The task whose id, or else whose address, an answer names. */
  static String task(Probe.Answer answer, List<Task> tasks) {
    if (origin(answer) != Origin.TARGET) {
      return "";
    }
    String text = answer.body() + " " + answer.headers().values();
    return tasks.stream()
        .filter(t -> text.contains(Tasks.id(t)))
        .findFirst()
        .or(() ->
            tasks.stream()
                .filter(t -> Tasks.ip(t).filter(ip -> names(text, ip)).isPresent())
                .findFirst())
        .map(Tasks::id)
        .orElse("");
  }

  /** Whether a text has an address as a whole: 10.0.1.1 is no part of 10.0.1.10. */
  private static boolean names(String text, String ip) {
    return text.contains(ip)
        && Pattern.compile("(?<![0-9.])" + Pattern.quote(ip) + "(?![0-9]|\\.[0-9])")
            .matcher(text)
            .find();
  }

  private static Optional<String> field(String body, String name) {
    Matcher matcher =
        Pattern.compile("(?i)\"" + name + "\"\\s*:\\s*\"([^\"]{1," + LONGEST + "})\"")
            .matcher(body);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static Optional<String> header(Probe.Answer answer, String name) {
    Pattern pattern = Pattern.compile("x-(?:[a-z]+-)?" + name);
    return answer.headers().entrySet().stream()
        .filter(e -> pattern.matcher(e.getKey().toLowerCase(Locale.ROOT)).matches())
        .map(e -> e.getValue())
        .filter(v -> !v.isEmpty() && v.length() <= LONGEST)
        .findFirst();
  }
}
