package dev.slipway.twin.world;

/**
 * Who makes the current API call. Bound by the wire for the length of a call; inside the twin,
 * where nothing is bound, the caller is AWS itself.
 *
 * @param accessKeyId the access key of the signature, or an empty text for an unsigned call
 * @param arn the principal
 * @param userId its unique id
 */
public record Caller(String accessKeyId, String arn, String userId) {

  /** The caller of the call that this thread handles. */
  public static final ScopedValue<Caller> CURRENT = ScopedValue.newInstance();

  /** The caller of the account's root user, as an access key without an IAM user is taken. */
  public static Caller root(String account, String accessKeyId) {
    return new Caller(accessKeyId, "arn:aws:iam::" + account + ":root", account);
  }

  /** The current caller, or the account's root outside a call. */
  public static Caller current(String account) {
    return CURRENT.isBound() ? CURRENT.get() : root(account, "");
  }
}
