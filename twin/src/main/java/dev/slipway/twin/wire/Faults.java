package dev.slipway.twin.wire;

import dev.slipway.twin.world.AwsError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The faults that are set on API calls, in the order in which they were set. Thread safe. */
public final class Faults {

  /** A rule and to how many calls it has been applied. */
  public record Active(int id, FaultRule rule, int applied) {}

  private final RandomGenerator random;
  private final List<Active> active = new ArrayList<>();
  private volatile boolean empty = true;
  private int lastId;

  /** No faults; the generator decides on probabilities. */
  public Faults(RandomGenerator random) {
    this.random = random;
  }

  /** Sets a fault and returns its id. */
  public synchronized int add(FaultRule rule) {
    active.add(new Active(++lastId, rule, 0));
    empty = false;
    return lastId;
  }

  /** Ends all faults. */
  public synchronized void clear() {
    active.clear();
    empty = true;
  }

  /** Ends one fault, if it is still set. */
  public synchronized void end(int id) {
    active.removeIf(f -> f.id() == id);
    empty = active.isEmpty();
  }

  /** The faults that are still set. */
  public synchronized List<Active> all() {
    return List.copyOf(active);
  }

  /** What befalls a call, if anything; the first rule that applies counts. */
  Optional<FaultRule> strike(Route.ToAction route, String account) {
    return empty ? Optional.empty() : find(route, account);
  }

  private synchronized Optional<FaultRule> find(Route.ToAction route, String account) {
    for (int i = 0; i < active.size(); i++) {
      Active fault = active.get(i);
      FaultRule rule = fault.rule();
      if (rule.appliesTo(route, account) && random.nextDouble() < rule.probability()) {
        Active struck = new Active(fault.id(), rule, fault.applied() + 1);
        if (struck.applied() == rule.count()) {
          active.remove(i);
        } else {
          active.set(i, struck);
        }
        empty = active.isEmpty();
        return Optional.of(rule);
      }
    }
    return Optional.empty();
  }

  /**
   * How a service refuses calls that come too fast. Sources: ECS API reference, "Request throttling
   * for the Amazon ECS API"; botocore's retry handler for the other codes.
   */
  static AwsError throttled(AwsProtocol protocol) {
    return switch (protocol) {
      case EC2 -> new AwsError("RequestLimitExceeded", 503, "Request limit exceeded.");
      case QUERY -> AwsError.of("Throttling", "Rate exceeded");
      case REST_XML -> new AwsError("SlowDown", 503, "Please reduce your request rate.");
      case JSON_1_0, JSON_1_1, CBOR -> AwsError.of("ThrottlingException", "Rate exceeded");
    };
  }
}
