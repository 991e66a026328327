import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** How long a twin takes to its first answer, and what it occupies when nobody asks. */
final class StartPart {

  private static final int RUNS = 7;

  private final Children children;

  StartPart(Children children) {
    this.children = children;
  }

  void run(Results results) throws IOException, InterruptedException {
    List<Double> seconds = new ArrayList<>();
    List<Double> idle = new ArrayList<>();
    List<Double> cpu = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      try (BackgroundTwin twin = BackgroundTwin.start(children)) {
        Thread.sleep(3000);
        seconds.add(twin.secondsToFirstAnswer());
        idle.add(twin.megabytes("VmRSS"));
        cpu.add(twin.cpuSeconds());
      }
    }
    results.atMost("start", "slipway twin start to the first API answer", "s", 0.5, seconds);
    results.noted("start.cpu", "processor time of the twin until 3 s after its start", "s", cpu);
    results.atMost("idle", "RSS 3 s after the start", "MB", 120, idle);
  }
}
