package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.engine.Waiter;
import dev.slipway.twin.terraform.value.Attributes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.acm.model.CertificateDetail;
import software.amazon.awssdk.services.acm.model.CertificateStatus;
import software.amazon.awssdk.services.acm.model.DescribeCertificateRequest;
import software.amazon.awssdk.services.acm.model.DescribeCertificateResponse;

/** {@code aws_acm_certificate_validation}: nothing of its own, but a wait until ACM has issued. */
final class AcmCertificateValidationResource implements ResourceHandler {

  private static final Duration PATIENCE = Duration.ofMinutes(75);

  @Override
  public String type() {
    return "aws_acm_certificate_validation";
  }

  @Override
  public String label() {
    return "ACM Certificate Validation";
  }

  @Override
  public void create(Context context, Attributes planned) {
    String arn = planned.text("certificate_arn");
    context
        .waiter()
        .until(
            new Waiter.Until(
                Duration.ZERO,
                Duration.ZERO,
                context.timeout(planned, "create", PATIENCE),
                List.of("PENDING_VALIDATION"),
                List.of("ISSUED")),
            () -> describe(context, arn).map(CertificateDetail::statusAsString).orElse(""));
    describe(context, arn).ifPresent(detail -> planned.set("id", detail.issuedAt().toString()));
  }

  @Override
  public boolean read(Context context, Attributes state) {
    return describe(context, state.text("certificate_arn"))
        .filter(detail -> detail.status() == CertificateStatus.ISSUED)
        .isPresent();
  }

  /** Source: the real provider, where this type has no importer. */
  @Override
  public void importById(Context context, String id, Attributes state) {
    throw new IllegalArgumentException("resource " + type() + " doesn't support import");
  }

  @Override
  public void delete(Context context, Attributes state) {
    // There is nothing but the wait.
  }

  private static Optional<CertificateDetail> describe(Context context, String arn) {
    DescribeCertificateRequest request =
        DescribeCertificateRequest.builder().certificateArn(arn).build();
    return context.find(
        () -> context.call(request, DescribeCertificateResponse.class).certificate());
  }
}
