package dev.slipway.validation.diagnose;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a program says that it listens, as most frameworks do: {@code Listening on:
 * http://0.0.0.0:8080}.
 *
 * @param host the address, empty when it is not said
 * @param port the port
 * @param line the whole line
 */
record Listening(String host, int port, String line) {

  private static final String PORT = "(\\d{2,5})(?![\\d.]*\\s*(?:ms|s\\b|sec|%|[a-z]+s\\b))";
  private static final Pattern SAID =
      Pattern.compile(
          "(?i)\\b(?:listening|started|running|serving|bound|ready|listen)\\b.{0,80}?"
              + "(?:(0\\.0\\.0\\.0|127\\.\\d+\\.\\d+\\.\\d+|localhost|\\[?::1?]?|\\*|(?<![\\w.\\]])):"
              + PORT
              + "|\\bports?(?:\\(s\\))?[:=]? ?"
              + PORT
              + ")");

  private static final Pattern ALONE = Pattern.compile("(?i)\\blisten(?:ing)? (?:on|at):? " + PORT);

  /** What a log says of it, the newest first. */
  static List<Listening> in(List<String> log) {
    List<Listening> all = new ArrayList<>();
    for (String line : log.reversed()) {
      Matcher alone = ALONE.matcher(line);
      Matcher said = SAID.matcher(line);
      if (alone.find()) {
        all.add(new Listening("", Integer.parseInt(alone.group(1)), line));
      } else if (said.find()) {
        String host = said.group(1) == null ? "" : said.group(1);
        String port = said.group(2) == null ? said.group(3) : said.group(2);
        if (port != null) {
          all.add(new Listening(host, Integer.parseInt(port), line));
        }
      }
    }
    return all;
  }

  /** Whether nobody outside the task reaches it. */
  boolean loopback() {
    return host.startsWith("127.") || host.equalsIgnoreCase("localhost") || host.contains("::1");
  }
}
