import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Runs the parts of the benchmark and writes their page. */
final class Bench {

  private Bench() {}

  /** Takes the names of the parts, none for all: start, throughput, scale. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path home = Path.of(System.getProperty("slipway.home"));
    List<String> parts =
        arguments.length == 0 ? List.of("start", "throughput", "scale") : List.of(arguments);
    Results results = Results.read(home.resolve("docs/benchmarks"));
    try (Children children = new Children(home)) {
      if (parts.contains("start")) {
        new StartPart(children).run(results);
      }
      if (parts.contains("throughput")) {
        new ThroughputPart(children).run(results);
      }
      if (parts.contains("scale")) {
        new ScalePart(children).run(results);
      }
    }
    results.write();
  }
}
