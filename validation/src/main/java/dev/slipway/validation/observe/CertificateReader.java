package dev.slipway.validation.observe;

import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.acm.model.CertificateDetail;

/** Reads the certificates of HTTPS listeners from ACM. */
final class CertificateReader {

  private final Aws aws;

  CertificateReader(Aws aws) {
    this.aws = aws;
  }

  /** By ARN; certificates that are not ACM's, and those that may not be read, are left out. */
  Map<String, Certificate> of(Ask ask, FrontDoor front) {
    Map<String, Certificate> found = new HashMap<>();
    front.listeners().stream()
        .flatMap(l -> l.certificates().stream())
        .map(c -> c.certificateArn())
        .filter(arn -> arn != null && arn.contains(":acm:"))
        .distinct()
        .forEach(arn -> {
          CertificateDetail detail =
              ask.optional(
                  "acm:DescribeCertificate",
                  null,
                  () -> aws.acm().describeCertificate(r -> r.certificateArn(arn)).certificate());
          if (detail != null) {
            found.put(
                arn,
                new Certificate(
                    arn,
                    detail.statusAsString(),
                    detail.hasSubjectAlternativeNames()
                        ? detail.subjectAlternativeNames()
                        : java.util.List.of(String.valueOf(detail.domainName())),
                    detail.notAfter()));
          }
        });
    return Map.copyOf(found);
  }
}
