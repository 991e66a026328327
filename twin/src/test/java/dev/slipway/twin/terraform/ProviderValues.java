package dev.slipway.twin.terraform;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the calls of the real provider are made with; the file says how it is to be read. */
final class ProviderValues {

  // The names of some services have spaces.
  private static final Pattern LINE =
      Pattern.compile(
          "(SET|GET|ERR|PASS|ALSO) "
              + "((?:[^ ]*(?:Elastic Load Balancing|Application Auto|CloudWatch(?= Logs)) )?"
              + "[^ ]+) (.*)");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)}");

  private final Map<String, Map<String, String>> values = new HashMap<>();
  private final Map<String, Map<String, String>> takes = new HashMap<>();
  private final Map<String, String> errors = new HashMap<>();
  private final Map<String, String> waits = new HashMap<>();
  private final Map<String, List<String>> variants = new HashMap<>();
  private final Map<String, String> variables = new HashMap<>();
  private int turn;

  /** A call of a type in a phase. */
  record Call(String type, String phase, String name) {

    /** Its scopes, the narrowest first. */
    private List<String> scopes() {
      List<String> scopes = new ArrayList<>();
      String base = type.replaceFirst("@.*", "");
      for (String each : type.equals(base) ? List.of(type) : List.of(type, base)) {
        scopes.add(each + "/" + phase + "/" + name);
        scopes.add(each + "/" + name);
        scopes.add(each);
      }
      scopes.add(name);
      scopes.add("*");
      return scopes;
    }
  }

  static ProviderValues read() {
    ProviderValues all = new ProviderValues();
    try (InputStream in = ProviderValues.class.getResourceAsStream("provider-values.txt")) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(l -> !l.isBlank() && !l.startsWith("#"))
          .forEach(all::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  private void add(String line) {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      throw new IllegalStateException(line);
    }
    String scope = parts.group(2);
    String rest = parts.group(3);
    switch (parts.group(1)) {
      case "SET" -> put(values, scope, rest);
      case "GET" -> put(takes, scope, rest);
      case "ERR" -> errors.put(scope, rest);
      case "PASS" -> waits.put(scope, rest);
      default -> variants.computeIfAbsent(scope, k -> new ArrayList<>()).add(scope + "@" + rest);
    }
  }

  private static void put(Map<String, Map<String, String>> into, String scope, String rest) {
    int space = rest.indexOf(' ');
    into.computeIfAbsent(scope, k -> new HashMap<>())
        .put(rest.substring(0, space), rest.substring(space + 1));
  }

  /** The type and its variants. */
  List<String> plays(String type) {
    List<String> plays = new ArrayList<>(List.of(type));
    plays.addAll(variants.getOrDefault(type, List.of()));
    return plays;
  }

  /** The value of a parameter, where it is given. */
  Optional<String> value(Call call, String parameter) {
    for (String scope : call.scopes()) {
      String value = values.getOrDefault(scope, Map.of()).get(parameter);
      if (value != null) {
        return value.equals("-") ? Optional.empty() : Optional.of(filled(value));
      }
    }
    return Optional.empty();
  }

  private String filled(String value) {
    return VARIABLE
        .matcher(value)
        .replaceAll(m ->
            Matcher.quoteReplacement(
                m.group(1).equals("turn")
                    ? String.valueOf(++turn)
                    : variables.getOrDefault(m.group(1), m.group(1) + "-is-not-known")));
  }

  /** Takes from an answer what later calls need. */
  void take(Call call, String answer) {
    for (String scope : call.scopes()) {
      for (Map.Entry<String, String> each : takes.getOrDefault(scope, Map.of()).entrySet()) {
        Matcher found = Pattern.compile(each.getValue()).matcher(answer);
        if (found.find()) {
          variables.put(each.getKey(), found.group(1));
        }
      }
      if (takes.containsKey(scope)) {
        return;
      }
    }
  }

  /** The code of the error that AWS answers a call with, where it does. */
  Optional<String> error(Call call) {
    return call.scopes().stream().filter(errors::containsKey).findFirst().map(errors::get);
  }

  /** How long the provider waits after a call. */
  Optional<Duration> pause(Call call) {
    return call.scopes().stream()
        .filter(waits::containsKey)
        .findFirst()
        .map(waits::get)
        .map(Duration::parse);
  }
}
