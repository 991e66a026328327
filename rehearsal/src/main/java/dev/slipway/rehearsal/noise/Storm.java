package dev.slipway.rehearsal.noise;

import dev.slipway.rehearsal.stage.Stage;
import dev.slipway.twin.wire.FaultRule;
import dev.slipway.twin.wire.FaultRule.Kind;
import dev.slipway.twin.wire.Faults;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What befalls the API calls of one account, from when it is made until it is closed. */
final class Storm implements AutoCloseable {

  private final Faults faults;
  private final Map<Integer, Integer> limits = new LinkedHashMap<>();

  private Storm(Faults faults) {
    this.faults = faults;
  }

  /** Lets loose on a stage what its weather says of API calls. */
  static Storm over(Stage stage, Weather weather) {
    Storm storm = new Storm(stage.account().twin().faults());
    String account = stage.account().id();
    if (weather.has(Noise.BURST)) {
      for (String service : List.of("ecs", "elasticloadbalancing", "ec2", "iam")) {
        storm.add(FaultRule.throttle(service, "*").in(account).times(weather.burst()));
      }
    }
    if (weather.has(Noise.THROTTLING)) {
      storm.share(Kind.THROTTLE, account, weather.share(), Duration.ZERO);
    }
    if (weather.has(Noise.ERRORS)) {
      storm.share(Kind.ERROR, account, weather.share(), Duration.ZERO);
    }
    if (weather.has(Noise.RESETS)) {
      storm.share(Kind.RESET, account, weather.share(), Duration.ZERO);
    }
    if (weather.has(Noise.SLOW_ANSWERS)) {
      storm.share(Kind.DELAY, account, weather.share(), weather.late());
    }
    return storm;
  }

  private void share(Kind kind, String account, double share, Duration late) {
    FaultRule all = FaultRule.of(kind, "*", "*").in(account);
    add(
        new FaultRule(
            account,
            all.service(),
            all.operation(),
            kind,
            0,
            share,
            late,
            all.code(),
            all.status(),
            all.message()));
  }

  private void add(FaultRule rule) {
    limits.put(faults.add(rule), rule.count());
  }

  /** How many calls it has struck so far. */
  int struck() {
    Map<Integer, Integer> applied = new HashMap<>(limits);
    // A rule that is not set any more has struck as many calls as it may.
    faults.all().stream()
        .filter(f -> limits.containsKey(f.id()))
        .forEach(f -> applied.put(f.id(), f.applied()));
    return applied.values().stream().mapToInt(n -> n).sum();
  }

  /** Ends it. */
  @Override
  public void close() {
    limits.keySet().forEach(faults::end);
  }
}
