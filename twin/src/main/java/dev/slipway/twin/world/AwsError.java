package dev.slipway.twin.world;

/**
 * A refusal as AWS words it: the error code on the wire, the HTTP status and the message. The wire
 * layer renders it in the protocol of the request.
 */
public final class AwsError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;
  private final int status;

  /** An error with the code as it stands on the wire, for instance {@code LoadBalancerNotFound}. */
  public AwsError(String code, int status, String message) {
    super(message, null, false, false);
    this.code = code;
    this.status = status;
  }

  /** A client error with HTTP status 400. */
  public static AwsError of(String code, String message) {
    return new AwsError(code, 400, message);
  }

  /** The code on the wire. */
  public String code() {
    return code;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }
}
