package dev.slipway.twin.acm;

import java.util.List;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.acm.model.CertificateDetail;
import software.amazon.awssdk.services.acm.model.CertificateStatus;
import software.amazon.awssdk.services.acm.model.Tag;

/**
 * A certificate as the twin keeps it.
 *
 * @param detail what DescribeCertificate shows
 * @param certificatePem the certificate; empty until it is issued
 * @param chainPem what stands behind it; often empty
 * @param keyPem its private key, PKCS#8; empty until it is issued
 */
record Row(
    CertificateDetail detail,
    List<Tag> tags,
    String certificatePem,
    String chainPem,
    String keyPem) {

  static final String TABLE = "acm.certificates";

  String arn() {
    return detail.certificateArn();
  }

  boolean isIssued() {
    return detail.status() == CertificateStatus.ISSUED;
  }

  Row withTags(List<Tag> other) {
    return new Row(detail, List.copyOf(other), certificatePem, chainPem, keyPem);
  }

  Row with(UnaryOperator<CertificateDetail.Builder> change) {
    return new Row(
        change.apply(detail.toBuilder()).build(), tags, certificatePem, chainPem, keyPem);
  }
}
