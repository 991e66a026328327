package dev.slipway.rehearsal.noise;

import dev.slipway.validation.report.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What the verifier said of healthy deployments in bad weather, as a page in Markdown. */
public final class NoisePage {

  private NoisePage() {}

  /**
   * The page.
   *
   * @param seed what decided what each run met
   * @param scale world seconds a real second
   */
  public static String of(List<NoisyRun> runs, long seed, double scale) {
    StringBuilder page = new StringBuilder();
    page.append(
        String.format(
            Locale.ROOT,
            """
            # Healthy deployments under noise

            Written by `slipway rehearse noise --runs %d --seed %d --page FILE` at %.0f world seconds a real second. Each run is a healthy
            deployment on the twin, in an account of its own, that is verified while one to three sorts of noise are thrown at it. Whoever
            fails one gives a false alarm. `UNKNOWN` is no alarm: the verifier says that it could not ask, and why.

            **%d runs: %d PASS, %d UNKNOWN, %d false alarms; %d runs could not be made. %d API calls were refused, reset or delayed.**

            | noise | runs | PASS | UNKNOWN | false alarms |
            |---|---|---|---|---|
            """,
            runs.size(),
            seed,
            scale,
            runs.size(),
            count(runs, passed()),
            count(runs, open()),
            count(runs, NoisyRun::isFalseAlarm),
            count(runs, NoisyRun::isBroken),
            runs.stream().mapToInt(NoisyRun::struck).sum()));
    for (Noise noise : Noise.values()) {
      page.append(row(noise.words(), runs.stream().filter(r -> r.weather().has(noise)).toList()));
    }
    page.append("\n| deployment | runs | PASS | UNKNOWN | false alarms |\n|---|---|---|---|---|\n");
    runs.stream()
        .collect(Collectors.groupingBy(r -> r.weather().kind(), TreeMap::new, Collectors.toList()))
        .forEach((kind, some) -> page.append(row(kind.words(), some)));
    page.append(
        row("with steady requests", runs.stream().filter(r -> r.weather().probe()).toList()));
    told(page, "False alarms", runs, NoisyRun::isFalseAlarm);
    told(page, "Not known", runs, open());
    told(page, "Could not be made", runs, NoisyRun::isBroken);
    return page.toString();
  }

  private static Predicate<NoisyRun> passed() {
    return r -> r.verdict() == Verdict.PASS;
  }

  private static Predicate<NoisyRun> open() {
    return r -> r.verdict() == Verdict.UNKNOWN && !r.isBroken();
  }

  private static long count(List<NoisyRun> runs, Predicate<NoisyRun> which) {
    return runs.stream().filter(which).count();
  }

  private static String row(String name, List<NoisyRun> runs) {
    return String.format(
        Locale.ROOT,
        "| %s | %d | %d | %d | %d |\n",
        name,
        runs.size(),
        count(runs, passed()),
        count(runs, open()),
        count(runs, NoisyRun::isFalseAlarm));
  }

  private static void told(
      StringBuilder page, String title, List<NoisyRun> runs, Predicate<NoisyRun> which) {
    Map<String, List<NoisyRun>> bySaid =
        runs.stream()
            .filter(which)
            .collect(
                Collectors.groupingBy(
                    r -> r.isBroken() ? r.trouble() : r.said(), TreeMap::new, Collectors.toList()));
    if (bySaid.isEmpty()) {
      return;
    }
    page.append("\n## ").append(title).append("\n\n");
    bySaid.forEach((said, some) -> {
      page.append("- ").append(said.replaceAll("\\s+", " ").strip()).append('\n');
      some.forEach(r ->
          page.append("  - run ")
              .append(r.weather().number())
              .append(", ")
              .append(r.weather().words())
              .append('\n'));
    });
  }
}
