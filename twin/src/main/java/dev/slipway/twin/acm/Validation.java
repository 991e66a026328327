package dev.slipway.twin.acm;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.Pem;
import dev.slipway.twin.world.World;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import software.amazon.awssdk.services.acm.model.CertificateDetail;
import software.amazon.awssdk.services.acm.model.CertificateStatus;
import software.amazon.awssdk.services.acm.model.DomainStatus;
import software.amazon.awssdk.services.acm.model.DomainValidation;
import software.amazon.awssdk.services.acm.model.FailureReason;
import software.amazon.awssdk.services.acm.model.RecordType;
import software.amazon.awssdk.services.acm.model.RenewalEligibility;
import software.amazon.awssdk.services.acm.model.ResourceRecord;
import software.amazon.awssdk.services.acm.model.ValidationMethod;
import software.amazon.awssdk.services.route53.model.HostedZone;
import software.amazon.awssdk.services.route53.model.ListHostedZonesRequest;
import software.amazon.awssdk.services.route53.model.ListHostedZonesResponse;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsResponse;
import software.amazon.awssdk.services.route53.model.RRType;

/**
 * Validation of domain names by DNS: a certificate is issued once every name's record stands in a
 * public hosted zone of the account, and fails after 72 hours without. The record of a name is the
 * same for every certificate of an account. Source: ACM user guide, "DNS validation".
 */
@Differs(
    value =
        "A certificate is issued as soon as somebody looks and its records stand in the account's"
            + " Route 53, and is signed by its own key; AWS takes minutes and its own authority"
            + " signs.",
    because = "The twin has no public DNS, and no authority that clients would trust.")
final class Validation {

  private static final Duration PATIENCE = Duration.ofHours(72);
  private static final Duration VALIDITY = Duration.ofDays(395);

  private final World world;

  Validation(World world) {
    this.world = world;
  }

  /** What a name's owner has to put into DNS. */
  DomainValidation pending(String name) {
    String bare = bare(name);
    String hash = hash(world.account() + " " + bare);
    return DomainValidation.builder()
        .domainName(name)
        .validationDomain(name)
        .validationStatus(DomainStatus.PENDING_VALIDATION)
        .validationMethod(ValidationMethod.DNS)
        .resourceRecord(
            ResourceRecord.builder()
                .name("_" + hash.substring(0, 32) + "." + bare + ".")
                .type(RecordType.CNAME)
                .value("_" + hash.substring(32) + ".jkddzztszm.acm-validations.aws.")
                .build())
        .build();
  }

  /** The certificate as it stands now. */
  Row look(Row row) {
    CertificateDetail detail = row.detail();
    if (detail.status() != CertificateStatus.PENDING_VALIDATION) {
      return row;
    }
    if (world.now().isAfter(detail.createdAt().plus(PATIENCE))) {
      return row.with(change ->
          change
              .status(CertificateStatus.VALIDATION_TIMED_OUT)
              .domainValidationOptions(
                  withStatus(detail.domainValidationOptions(), DomainStatus.FAILED)));
    }
    List<DomainValidation> looked =
        detail.domainValidationOptions().stream()
            .map(option -> stands(option) ? succeeded(option) : option)
            .toList();
    boolean all =
        looked.stream().allMatch(option -> option.validationStatus() == DomainStatus.SUCCESS);
    return all ? issued(row, looked) : row.with(change -> change.domainValidationOptions(looked));
  }

  private Row issued(Row row, List<DomainValidation> options) {
    CertificateDetail detail = row.detail();
    Instant from = world.now();
    KeyMaterial.Pair pair =
        KeyMaterial.issue(
            detail.subjectAlternativeNames(),
            detail.keyAlgorithmAsString(),
            from,
            from.plus(VALIDITY));
    CertificateDetail issued =
        detail.toBuilder()
            .status(CertificateStatus.ISSUED)
            .failureReason((FailureReason) null)
            .issuedAt(from)
            .notBefore(from)
            .notAfter(from.plus(VALIDITY))
            .serial(Acm.serial(pair.certificate()))
            .issuer("Slipway twin")
            .renewalEligibility(RenewalEligibility.INELIGIBLE)
            .domainValidationOptions(options)
            .build();
    return new Row(issued, row.tags(), Pem.pem(pair.certificate()), "", Pem.pem(pair.key()));
  }

  private boolean stands(DomainValidation option) {
    if (option.validationStatus() == DomainStatus.SUCCESS) {
      return true;
    }
    ResourceRecord wanted = option.resourceRecord();
    return wanted != null
        && zones().stream()
            .filter(zone -> !Boolean.TRUE.equals(zone.config().privateZone()))
            .filter(zone -> wanted.name().endsWith("." + zone.name()))
            .anyMatch(zone -> holds(zone, wanted));
  }

  private List<HostedZone> zones() {
    try {
      return world
          .operations()
          .call(ListHostedZonesRequest.builder().build(), ListHostedZonesResponse.class)
          .hostedZones();
    } catch (UnsupportedOperationException e) {
      return List.of();
    }
  }

  private boolean holds(HostedZone zone, ResourceRecord wanted) {
    ListResourceRecordSetsRequest request =
        ListResourceRecordSetsRequest.builder()
            .hostedZoneId(zone.id())
            .startRecordName(wanted.name())
            .startRecordType(RRType.CNAME)
            .maxItems("1")
            .build();
    try {
      return world
          .operations()
          .call(request, ListResourceRecordSetsResponse.class)
          .resourceRecordSets()
          .stream()
          .filter(set -> set.name().equals(wanted.name()) && set.type() == RRType.CNAME)
          .flatMap(set -> set.resourceRecords().stream())
          .anyMatch(value -> dotted(value.value()).equals(wanted.value()));
    } catch (AwsError e) {
      return false;
    }
  }

  private static String dotted(String name) {
    return name.endsWith(".") ? name : name + ".";
  }

  private static List<DomainValidation> withStatus(
      List<DomainValidation> options, DomainStatus status) {
    return options.stream()
        .map(option -> option.toBuilder().validationStatus(status).build())
        .toList();
  }

  private static DomainValidation succeeded(DomainValidation option) {
    return option.toBuilder().validationStatus(DomainStatus.SUCCESS).build();
  }

  private static String bare(String name) {
    return name.startsWith("*.") ? name.substring(2) : name;
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
