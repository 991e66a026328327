package dev.slipway.twin.terraform.engine;

import dev.slipway.twin.terraform.value.Attributes;
import dev.slipway.twin.world.Caller;
import dev.slipway.twin.world.Credentials;
import dev.slipway.twin.world.TwinClock;
import dev.slipway.twin.world.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/**
 * One connection of Terraform to the provider, with the configuration that it was given. Aliases
 * and parallel runs each have their own.
 */
public final class Session {

  private static final String TWELVE_DIGITS = "[0-9]{12}";

  /**
   * What stands in for the environment of the Terraform process, which the twin cannot see.
   *
   * @param region used when the provider block names none
   * @param account used when the access key tells none
   * @param credentials the access keys that IAM and STS handed out
   */
  public record Defaults(String region, String account, Credentials credentials) {

    /** Without keys that were handed out. */
    public Defaults(String region, String account) {
      this(region, account, new Credentials());
    }

    private Credentials.Identity identity(String key) {
      boolean telling = key.matches(TWELVE_DIGITS) || credentials.find(key).isPresent();
      return telling
          ? credentials.resolve(key)
          : new Credentials.Identity(account, Caller.root(account, key));
    }
  }

  private final BiFunction<String, String, World> worlds;
  private final TwinClock clock;
  private final Defaults defaults;
  private final CompletableFuture<Void> stop = new CompletableFuture<>();
  private volatile Context context;

  /** A session that is not configured yet. */
  public Session(BiFunction<String, String, World> worlds, TwinClock clock, Defaults defaults) {
    this.worlds = worlds;
    this.clock = clock;
    this.defaults = defaults;
  }

  /** Takes the provider's configuration. */
  public void configure(Attributes config) {
    String key = config.text("access_key", "");
    Credentials.Identity identity = defaults.identity(key);
    Optional<String> assumed = assumedAccount(config);
    String account = assumed.orElse(identity.account());
    Caller caller = assumed.map(a -> Caller.root(a, key)).orElse(identity.caller());
    World world = worlds.apply(account, config.text("region", defaults.region()));
    Map<String, String> tags =
        config.block("default_tags").map(block -> block.textMap("tags")).orElse(Map.of());
    List<String> allowed = config.texts("allowed_account_ids");
    boolean refused = !allowed.isEmpty() && !allowed.contains(account);
    if (refused || config.texts("forbidden_account_ids").contains(account)) {
      throw new IllegalStateException("AWS account ID not allowed: " + account);
    }
    context = new Context(world, caller, tags, new Waiter(clock, stop));
  }

  /** What handlers act through. */
  public Context context() {
    Context configured = context;
    if (configured == null) {
      throw new IllegalStateException("the provider is not configured");
    }
    return configured;
  }

  /** The provider's default tags; none before it is configured. */
  public Map<String, String> defaultTags() {
    return context == null ? Map.of() : context.defaultTags();
  }

  /** Ends all waits of the session. */
  public void stop() {
    stop.complete(null);
  }

  private static Optional<String> assumedAccount(Attributes config) {
    return config
        .block("assume_role")
        .map(role -> role.text("role_arn", "").split(":", -1))
        .filter(arn -> arn.length > 5 && arn[4].matches(TWELVE_DIGITS))
        .map(arn -> arn[4]);
  }
}
