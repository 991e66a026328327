package dev.slipway.twin.wire;

import dev.slipway.twin.world.AwsError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The operations of a REST service by method, path and query, as its model binds them. Read from a
 * resource with a line an operation: its name, method and path, and a header that it must have.
 * Where several fit, the one that asks for more is meant.
 */
final class RestPaths {

  private static final Map<AwsService, RestPaths> LOADED =
      new java.util.concurrent.ConcurrentHashMap<>();

  /** An operation's binding. */
  private record Binding(
      String action, String method, List<String> segments, List<String> query, String header) {

    int weight() {
      return query.size() * 2 + (header.isEmpty() ? 0 : 1);
    }
  }

  /**
   * The operation that was meant.
   *
   * @param variables what stands in the path's variables, decoded
   */
  record Match(String action, Map<String, String> variables) {}

  private final List<Binding> bindings = new ArrayList<>();

  private RestPaths(String resource) {
    try (InputStream in = RestPaths.class.getResourceAsStream(resource)) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(this::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The paths of a REST service. */
  static RestPaths of(AwsService service) {
    return LOADED.computeIfAbsent(service, s -> new RestPaths(s.modelPackage() + "-paths.txt"));
  }

  private void add(String line) {
    String[] parts = line.split(" ", -1);
    int mark = parts[2].indexOf('?');
    String path = mark < 0 ? parts[2] : parts[2].substring(0, mark);
    List<String> query =
        mark < 0 ? List.of() : List.of(parts[2].substring(mark + 1).split("&", -1));
    bindings.add(
        new Binding(parts[0], parts[1], segments(path), query, parts.length > 3 ? parts[3] : ""));
  }

  /**
   * Finds the operation of a request.
   *
   * @param path raw, beginning with a slash
   * @param query decoded pairs
   */
  Optional<Match> match(HttpCall call, String path, Map<String, String> query) {
    List<String> segments = segments(path);
    Binding best = null;
    for (Binding binding : bindings) {
      if (binding.method().equals(call.method())
          && fits(binding.segments(), segments)
          && binding.query().stream().allMatch(wanted -> holds(query, wanted))
          && (binding.header().isEmpty() || call.header(binding.header()).isPresent())
          && (best == null || binding.weight() > best.weight())) {
        best = binding;
      }
    }
    return Optional.ofNullable(best)
        .map(found -> new Match(found.action(), variables(found.segments(), segments)));
  }

  private static boolean holds(Map<String, String> query, String wanted) {
    int equals = wanted.indexOf('=');
    return equals < 0
        ? query.containsKey(wanted)
        : wanted.substring(equals + 1).equals(query.get(wanted.substring(0, equals)));
  }

  private static boolean fits(List<String> wanted, List<String> asked) {
    boolean greedy = !wanted.isEmpty() && wanted.getLast().endsWith("+}");
    // Clients differ in whether they end a path with a slash: Route 53's rrset has one in botocore.
    List<String> template = greedy ? wanted : withoutEmptyEnd(wanted);
    List<String> segments = greedy ? asked : withoutEmptyEnd(asked);
    if (greedy ? segments.size() < template.size() : segments.size() != template.size()) {
      return false;
    }
    for (int i = 0; i < template.size(); i++) {
      if (!template.get(i).startsWith("{") && !template.get(i).equals(segments.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static List<String> withoutEmptyEnd(List<String> segments) {
    return !segments.isEmpty() && segments.getLast().isEmpty()
        ? segments.subList(0, segments.size() - 1)
        : segments;
  }

  private static Map<String, String> variables(List<String> template, List<String> segments) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (int i = 0; i < template.size(); i++) {
      String part = template.get(i);
      if (part.endsWith("+}")) {
        String rest = String.join("/", segments.subList(i, segments.size()));
        variables.put(part.substring(1, part.length() - 2), decode(rest));
      } else if (part.startsWith("{")) {
        variables.put(part.substring(1, part.length() - 1), decode(segments.get(i)));
      }
    }
    return variables;
  }

  // A slash at the end counts only behind something: in a key it is part of the name.
  private static List<String> segments(String path) {
    String inner = path.startsWith("/") ? path.substring(1) : path;
    if (inner.isEmpty()) {
      return List.of();
    }
    List<String> parts = List.of(inner.split("/", -1));
    boolean folder = parts.size() == 2 && parts.getLast().isEmpty();
    return folder ? parts.subList(0, 1) : parts;
  }

  private static String decode(String text) {
    try {
      return text.indexOf('%') < 0
          ? text
          : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw AwsError.of("InvalidURI", "Couldn't parse the specified URI.");
    }
  }
}
