import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The figures, as JSON and as a page. A part that is not measured keeps what an earlier run found.
 */
final class Results {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final List<String> ORDER =
      List.of(
          "start", "start.cpu", "idle", "deployed", "describe", "balancer", "nginx", "ratio",
          "loaded", "scale", "scale.created", "scale.cpu", "scale.rss", "scale.idle");

  private final Path directory;
  private final ObjectNode figures;

  private Results(Path directory, ObjectNode figures) {
    this.directory = directory;
    this.figures = figures;
  }

  /** What earlier runs found. */
  static Results read(Path directory) throws IOException {
    Path file = directory.resolve("results.json");
    return new Results(
        directory,
        Files.exists(file) ? (ObjectNode) JSON.readTree(file.toFile()) : JSON.createObjectNode());
  }

  /** A figure of which the smallest run counts, and should be at most the target. */
  void atMost(String key, String what, String unit, double target, List<Double> runs) {
    double best = runs.stream().min(Double::compare).orElseThrow();
    add(key, what, unit, best, runs).put("target", "≤ " + text(target)).put("met", best <= target);
    tell(key);
  }

  /** A figure of which the largest run counts, and should be at least the target. */
  void atLeast(String key, String what, String unit, double target, List<Double> runs) {
    double best = runs.stream().max(Double::compare).orElseThrow();
    add(key, what, unit, best, runs).put("target", "≥ " + text(target)).put("met", best >= target);
    tell(key);
  }

  /** A figure without a target: its median. */
  void noted(String key, String what, String unit, List<Double> runs) {
    add(key, what, unit, runs.stream().sorted().toList().get(runs.size() / 2), runs);
    tell(key);
  }

  private ObjectNode add(String key, String what, String unit, double value, List<Double> runs) {
    ObjectNode figure = figures.putObject(key).put("what", what).put("unit", unit);
    figure.put("value", rounded(value));
    runs.forEach(run -> figure.withArray("runs").add(rounded(run)));
    return figure.put("machine", machine());
  }

  private static String machine() {
    try {
      String model =
          Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
              .filter(line -> line.startsWith("model name"))
              .findFirst()
              .map(line -> line.substring(line.indexOf(':') + 2))
              .orElse("unknown processor");
      String load = Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
      return Runtime.getRuntime().availableProcessors()
          + " × " + model + ", load " + load + ", JDK " + Runtime.version().feature();
    } catch (IOException e) {
      return "unknown";
    }
  }

  private void tell(String key) {
    System.err.println("bench: " + row(figures.get(key)));
  }

  void write() throws IOException {
    Files.createDirectories(directory);
    ObjectNode ordered = JSON.createObjectNode();
    ORDER.stream().filter(figures::has).forEach(key -> ordered.set(key, figures.get(key)));
    Files.writeString(directory.resolve("results.json"), JSON.writeValueAsString(ordered) + "\n");
    List<String> lines = new ArrayList<>(Arrays.asList(HEAD.split("\n")));
    ordered.forEach(figure -> lines.add(row(figure)));
    lines.add("");
    lines.add("The machine as each part found it:");
    lines.add("");
    ordered.properties().forEach(entry ->
        lines.add("- `" + entry.getKey() + "`: " + entry.getValue().get("machine").asText()));
    Files.write(directory.resolve("README.md"), lines);
  }

  private static String row(JsonNode figure) {
    String unit = figure.get("unit").asText();
    List<String> runs = new ArrayList<>();
    figure.get("runs").forEach(run -> runs.add(text(run.asDouble())));
    return "| %s | %s | %s | %s | %s |"
        .formatted(
            figure.get("what").asText(),
            text(figure.get("value").asDouble()) + (unit.isEmpty() ? "" : " " + unit),
            figure.has("target") ? figure.get("target").asText() : "",
            figure.has("met") ? (figure.get("met").asBoolean() ? "yes" : "**no**") : "",
            String.join(" ", runs));
  }

  private static double rounded(double value) {
    double unit = value < 10 ? 1000 : value < 1000 ? 10 : 1;
    return Math.round(value * unit) / unit;
  }

  private static String text(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : Double.toString(value);
  }

  private static final String HEAD =
      """
      # Benchmarks

      What `make bench` measured last; it writes this page and `results.json`. Everything runs on loopback on
      one machine: `wrk`, nginx and the twin share its processors, and so does whatever else ran then.
      Of several runs the best counts where there is a target, for others loaded the machine, too; else the median.

      - **Start**: from `slipway twin start`, with its own JVM, to the first 200 of an AWS operation.
      - **Calls**: `wrk -t1 -c8`, one service, headers as signed requests have them, every call in the call log.
      - **Balancer**: `wrk -t1 -c8` through a load balancer with two nodes to two simulated tasks in the twin;
        nginx with one worker and connections kept alive proxies to the same tasks, in turns with the balancer.
      - **Scale**: every service with its target group behind one of 20 balancers, health checks and all, at 60
        times real time, in two accounts: AWS grants one 5,000 network interfaces.

      | what | figure | target | met | runs |
      |---|---|---|---|---|
      """;
}
