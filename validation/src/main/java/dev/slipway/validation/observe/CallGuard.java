package dev.slipway.validation.observe;

import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/** Sees every request to AWS: holds it back to the rate, counts it, and reads AWS's time. */
final class CallGuard implements ExecutionInterceptor {

  private final Rates rates;
  private final AwsTime time;
  private final AtomicLong sent = new AtomicLong();

  CallGuard(Rates rates, AwsTime time) {
    this.rates = rates;
    this.time = time;
  }

  /** How many requests were sent, those that were sent again too. */
  long sent() {
    return sent.get();
  }

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    try {
      rates.take(
          attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME),
          attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("interrupted while waiting for AWS's rate", e);
    }
    sent.incrementAndGet();
  }

  @Override
  public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
    context.httpResponse().firstMatchingHeader("Date").ifPresent(time::hear);
  }
}
