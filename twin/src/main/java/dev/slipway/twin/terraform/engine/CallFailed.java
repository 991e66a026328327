package dev.slipway.twin.terraform.engine;

import dev.slipway.twin.world.AwsError;
import java.util.Locale;
import java.util.Set;

/** An API operation that AWS refused, worded as Terraform's provider words it. */
public final class CallFailed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Codes that say "not there" without the words "not found" in them. */
  private static final Set<String> GONE = Set.of("NoSuchEntity", "NoSuchEntityException");

  private final String code;

  CallFailed(String service, String operation, AwsError error) {
    super(
        "operation error "
            + service
            + ": "
            + operation
            + ", https response error StatusCode: "
            + error.status()
            + ", api error "
            + error.code()
            + ": "
            + error.getMessage(),
        error,
        false,
        false);
    this.code = error.code();
  }

  /** AWS's error code. */
  public String code() {
    return code;
  }

  /** Whether the code is one of these. */
  public boolean is(String... codes) {
    return Set.of(codes).contains(code);
  }

  /** AWS's message. */
  public String awsMessage() {
    return getCause().getMessage();
  }

  /** Whether the code says that the thing does not exist. */
  public boolean isGone() {
    return GONE.contains(code) || code.toLowerCase(Locale.ROOT).contains("notfound");
  }
}
