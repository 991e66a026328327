package dev.slipway.twin.emulators;

import java.util.List;
import java.util.stream.Collectors;

/** docs/emulators.md. */
final class Page {

  private static final List<String> PEERS = List.of("Floci", "MiniStack", "LocalEmu", "moto");

  private Page() {}

  static String line(Row row, List<String> seen) {
    String did =
        seen.stream().map(s -> s.replace("|", "\\|").strip()).collect(Collectors.joining("<br>"));
    String peers =
        row.peers()
            .chars()
            .mapToObj(c -> c == '=' ? "yes" : c == 'x' ? "no" : "–")
            .collect(Collectors.joining(" | "));
    return "| " + row.name() + " | " + row.aws() + " | " + did + " | " + peers + " |";
  }

  static String of(List<String> lines) {
    return """
    # The same deployment on every emulator

    A Fargate service of two tasks behind a load balancer that checks `/health` every 5 s with thresholds 2 and 2; the
    circuit breaker and its rollback are on. Each case is a real misconfiguration, made with the AWS SDK over the wire in
    an account of its own. The third column is written by the run of `EmulatorsTableTest`, which fails when AWS's texts
    are not in it and when this page is stale; ids, addresses and times are left out. `SLIPWAY_WRITE_DOCS=true` with that
    test writes the page anew. Where a wait is part of the comparison, `services-stable` says how the SDK's own waiter ends:
    what it does not look at, it cannot notice, here as on AWS.

    The last columns say whether a peer did as AWS does, driven with the AWS CLI and boto3 on 2026-11-23
    (Floci 1.7.0, MiniStack 1.5.33, LocalEmu 1.3.2, moto 5.2.5); – where it was not run or was inconclusive.

    | case | AWS | the twin | %s |
    |---|---|---|%s
    %s
    """
        .formatted(
            String.join(" | ", PEERS), "---|".repeat(PEERS.size()), String.join("\n", lines));
  }
}
