package dev.slipway.twin.world;

/**
 * The bytes that travel beside a request or a response of the SDK's model, such as an object of S3.
 * Bound by whoever makes the call, for its length. Not thread safe.
 */
public final class Payload {

  /** The payload of the call that this thread handles. */
  public static final ScopedValue<Payload> CURRENT = ScopedValue.newInstance();

  private static final byte[] NONE = {};

  private final byte[] received;
  private byte[] answer;

  private Payload(byte[] received) {
    this.received = received;
  }

  /** A call that brings bytes; they must not be changed afterwards. */
  public static Payload of(byte[] received) {
    return new Payload(received);
  }

  /** What the current call brought; nothing outside a call that brings bytes. */
  public static byte[] received() {
    return CURRENT.isBound() ? CURRENT.get().received : NONE;
  }

  /** Has the current call answer with bytes; without effect where nobody would take them. */
  public static void answer(byte[] bytes) {
    if (CURRENT.isBound()) {
      CURRENT.get().answer = bytes;
    }
  }

  /** What the call answered with, or null. */
  public byte[] answered() {
    return answer;
  }
}
