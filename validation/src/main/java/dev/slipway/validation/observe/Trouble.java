package dev.slipway.validation.observe;

import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Why a question to AWS got no answer. */
public enum Trouble {
  /** No region is configured. */
  NO_REGION,
  /** There is no region of that name, or its name cannot be looked up. */
  WRONG_REGION,
  /** No credentials were found. */
  NO_CREDENTIALS,
  /** The credentials are expired or wrong. */
  BAD_CREDENTIALS,
  /** This machine's clock is too far from AWS's for its signatures to hold. */
  CLOCK,
  /** The credentials may not ask this. */
  DENIED,
  /** Nothing answers at the endpoint. */
  NO_ANSWER,
  /** Too many questions. */
  THROTTLED,
  /** AWS failed (5xx). */
  SERVER,
  /** The endpoint does not have this operation. */
  UNSUPPORTED,
  /** The thing that was asked for does not exist. */
  ABSENT,
  /** Any other refusal. */
  REFUSED,
  /** Nobody knows yet: Terraform learns it when it applies the plan. */
  PLANNED;

  /** Source: botocore retries/standard.py, the codes that mean throttling. */
  private static final Set<String> THROTTLING =
      Set.of(
          "Throttling",
          "ThrottlingException",
          "ThrottledException",
          "RequestThrottledException",
          "RequestThrottled",
          "TooManyRequestsException",
          "RequestLimitExceeded",
          "SlowDown",
          "PriorRequestNotComplete",
          "EC2ThrottledException");

  private static final Set<String> TOO_FAR_OFF =
      Set.of("RequestTimeTooSkewed", "RequestInTheFuture");

  private static final Set<String> BAD_TOKEN =
      Set.of(
          "ExpiredToken",
          "ExpiredTokenException",
          "RequestExpired",
          "UnrecognizedClientException",
          "InvalidClientTokenId",
          "AuthFailure",
          "InvalidSignatureException",
          "SignatureDoesNotMatch",
          "IncompleteSignature",
          "MissingAuthenticationToken");

  /** What went wrong. */
  public static Trouble of(Throwable thrown) {
    return switch (thrown) {
      case AwsServiceException e -> of(e);
      case ApiCallTimeoutException _, ApiCallAttemptTimeoutException _ -> NO_ANSWER;
      case SdkClientException e when says(e, "unknownhostexception") -> WRONG_REGION;
      case SdkClientException e when says(e, "credentials") -> NO_CREDENTIALS;
      case SdkClientException _ -> NO_ANSWER;
      case IOException _ -> NO_ANSWER;
      default -> REFUSED;
    };
  }

  /** Whether asking again later may help. */
  public boolean passing() {
    return this == NO_ANSWER || this == THROTTLED || this == SERVER;
  }

  private static Trouble of(AwsServiceException e) {
    String code = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
    code = code == null ? "" : code;
    if (THROTTLING.contains(code) || e.statusCode() == 429) {
      return THROTTLED;
    }
    if (TOO_FAR_OFF.contains(code) || (BAD_TOKEN.contains(code) && skewed(e))) {
      return CLOCK;
    }
    // Source: IAM user guide, signature-v4-troubleshooting: the credential scope.
    if (BAD_TOKEN.contains(code) && says(e, "scoped to a valid region")) {
      return WRONG_REGION;
    }
    if (BAD_TOKEN.contains(code)) {
      return BAD_CREDENTIALS;
    }
    if (code.startsWith("AccessDenied") || code.equals("UnauthorizedOperation")) {
      return DENIED;
    }
    if (e.statusCode() == 501
        || Set.of("UnknownOperationException", "InvalidAction").contains(code)) {
      return UNSUPPORTED;
    }
    if (e.statusCode() >= 500) {
      return SERVER;
    }
    String lower = code.toLowerCase(Locale.ROOT);
    return lower.contains("notfound") || lower.contains("nosuch") ? ABSENT : REFUSED;
  }

  /** Source: botocore's and the SDKs' issue threads: one code, two meanings. */
  private static boolean skewed(AwsServiceException e) {
    return says(e, "signature expired") || says(e, "signature not yet current");
  }

  private static boolean says(Throwable e, String word) {
    return e.getMessage() != null && e.getMessage().toLowerCase(Locale.ROOT).contains(word);
  }
}
