package dev.slipway.validation.report;

import dev.slipway.validation.check.CheckResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a terminal shows while a verification goes on. Pure.
 *
 * @param done the checks that are decided, oldest first
 * @param waiting what is awaited; empty when nothing is
 * @param since for how long
 * @param events the service's last events, newest first
 */
record LiveView(List<CheckResult> done, String waiting, Duration since, List<String> events) {

  private static final int EVENTS = 3;
  private static final int DONE = 16;

  /** Its lines, none of them wider than the terminal, which would break them. */
  List<String> lines(int width) {
    List<String> lines = new ArrayList<>();
    done.stream().skip(Math.max(0, done.size() - DONE)).forEach(r -> lines.add(Tree.check(r)));
    if (!waiting.isEmpty()) {
      lines.add("  ...   %s (%s)".formatted(room(waiting, width), words(since)));
      events.stream().limit(EVENTS).forEach(e -> lines.add("          " + e));
    }
    return lines.stream().map(l -> cut(l, width)).toList();
  }

  /** The time that it has taken so far must not be cut off. */
  private static String room(String text, int width) {
    return cut(text, Math.max(10, width - 20));
  }

  private static String words(Duration time) {
    return time.toMinutes() == 0
        ? time.toSeconds() + " s"
        : time.toMinutes() + " min " + time.toSecondsPart() + " s";
  }

  private static String cut(String line, int width) {
    String one = line.replaceAll("\\p{Cntrl}", " ");
    return one.length() < width ? one : one.substring(0, Math.max(0, width - 2)) + "…";
  }
}
