package dev.slipway.twin.world;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The access keys that the twin has handed out, for all accounts: IAM users' keys and STS's
 * temporary ones. A key says who calls; the secret is never checked. Thread safe.
 */
public final class Credentials {

  /** The account of a call whose access key says nothing of one. */
  public static final String DEFAULT_ACCOUNT = "000000000000";

  /**
   * Who a key belongs to.
   *
   * @param expired whether the key's time is over
   */
  public record Identity(String account, Caller caller, boolean expired) {

    /** The owner of a key that is good. */
    public Identity(String account, Caller caller) {
      this(account, caller, false);
    }
  }

  private final Map<String, Identity> byAccessKey = new ConcurrentHashMap<>();

  /** Notes the owner of a key that was handed out; a key stays with its first account. */
  public void issue(String account, Caller caller) {
    byAccessKey.merge(
        caller.accessKeyId(),
        new Identity(account, caller),
        (old, now) -> old.account().equals(account) ? now : old);
  }

  /** Notes that a key's time is over. */
  public void expire(String accessKeyId) {
    byAccessKey.computeIfPresent(
        accessKeyId, (key, owner) -> new Identity(owner.account(), owner.caller(), true));
  }

  /** Forgets a key. */
  public void revoke(String accessKeyId) {
    byAccessKey.remove(accessKeyId);
  }

  /** The owner of a key that was handed out. */
  public Optional<Identity> find(String accessKeyId) {
    return Optional.ofNullable(byAccessKey.get(accessKeyId));
  }

  /**
   * Who calls with an access key: the owner of a key that was handed out; for a key of twelve
   * digits the root of that account; for any other the root of {@link #DEFAULT_ACCOUNT}.
   */
  @Differs(
      value = "Any access key is accepted and no signature is checked; AWS refuses unknown keys.",
      because = "The twin serves its own machine only, and needs no secrets to be set up.")
  public Identity resolve(String accessKeyId) {
    Identity known = byAccessKey.get(accessKeyId);
    if (known != null) {
      return known;
    }
    String account = isAccount(accessKeyId) ? accessKeyId : DEFAULT_ACCOUNT;
    return new Identity(account, Caller.root(account, accessKeyId));
  }

  private static boolean isAccount(String accessKeyId) {
    return accessKeyId.length() == 12
        && accessKeyId.chars().allMatch(digit -> digit >= '0' && digit <= '9');
  }
}
