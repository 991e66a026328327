package dev.slipway.validation.observe;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Puts questions to AWS. What may not or cannot be read becomes a {@link Gap}, until it can; what
 * may succeed later, and credentials that are no good, end the poll.
 */
public final class Ask {

  private final Map<String, Gap> gaps = new TreeMap<>();

  /** Nothing asked yet. */
  public Ask() {}

  /** The answer, or the fallback when it is denied or not offered, with a gap noted. */
  public <T> T optional(String action, T fallback, Supplier<T> question) {
    try {
      T answer = question.get();
      forget(action);
      return answer;
    } catch (SdkException e) {
      Trouble trouble = Trouble.of(e);
      if (trouble == Trouble.DENIED
          || trouble == Trouble.UNSUPPORTED
          || trouble == Trouble.REFUSED) {
        note(new Gap(action, trouble, message(e)));
        return fallback;
      }
      if (trouble == Trouble.ABSENT) {
        return fallback;
      }
      throw new PollFailed(trouble, action, e);
    }
  }

  /** The answer to what nothing depends on; the fallback when there is none, and no gap. */
  <T> T quietly(T fallback, Supplier<T> question) {
    try {
      return question.get();
    } catch (SdkException e) {
      return fallback;
    }
  }

  /** The gaps as they are now, by action. */
  public synchronized Map<String, Gap> gaps() {
    return Map.copyOf(gaps);
  }

  /** An endpoint without an operation has nothing that the operation could tell. */
  synchronized void forget(String action, Trouble trouble) {
    if (gaps.containsKey(action) && gaps.get(action).trouble() == trouble) {
      gaps.remove(action);
    }
  }

  private synchronized void forget(String action) {
    gaps.remove(action);
  }

  synchronized void note(Gap gap) {
    gaps.put(gap.action(), gap);
  }

  static String message(SdkException e) {
    String said = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return Trouble.of(e) == Trouble.CLOCK && e instanceof AwsServiceException answer
        ? "AWS's clock says "
            + answer.awsErrorDetails().sdkHttpResponse().firstMatchingHeader("Date").orElse("?")
            + "; "
            + said
        : said;
  }

  /** A poll that came to nothing. */
  public static final class PollFailed extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final Trouble trouble;
    private final String action;

    PollFailed(Trouble trouble, String action, SdkException cause) {
      super(message(cause), cause);
      this.trouble = trouble;
      this.action = action;
    }

    /** The same, for whoever gives up. */
    public Unanswered unanswered() {
      return new Unanswered(trouble, action, getMessage(), getCause());
    }

    Trouble trouble() {
      return trouble;
    }
  }
}
