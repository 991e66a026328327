package dev.slipway.twin.acm;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Page;
import dev.slipway.twin.world.Pem;
import dev.slipway.twin.world.World;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.acm.model.CertificateDetail;
import software.amazon.awssdk.services.acm.model.CertificateOptions;
import software.amazon.awssdk.services.acm.model.CertificateStatus;
import software.amazon.awssdk.services.acm.model.CertificateSummary;
import software.amazon.awssdk.services.acm.model.CertificateTransparencyLoggingPreference;
import software.amazon.awssdk.services.acm.model.CertificateType;
import software.amazon.awssdk.services.acm.model.DeleteCertificateRequest;
import software.amazon.awssdk.services.acm.model.DeleteCertificateResponse;
import software.amazon.awssdk.services.acm.model.DescribeCertificateRequest;
import software.amazon.awssdk.services.acm.model.DescribeCertificateResponse;
import software.amazon.awssdk.services.acm.model.GetCertificateRequest;
import software.amazon.awssdk.services.acm.model.GetCertificateResponse;
import software.amazon.awssdk.services.acm.model.ImportCertificateRequest;
import software.amazon.awssdk.services.acm.model.ImportCertificateResponse;
import software.amazon.awssdk.services.acm.model.ListCertificatesRequest;
import software.amazon.awssdk.services.acm.model.ListCertificatesResponse;
import software.amazon.awssdk.services.acm.model.RenewalEligibility;
import software.amazon.awssdk.services.acm.model.RequestCertificateRequest;
import software.amazon.awssdk.services.acm.model.RequestCertificateResponse;
import software.amazon.awssdk.services.acm.model.Tag;
import software.amazon.awssdk.services.acm.model.ValidationMethod;

/** Requested and imported certificates. Source: ACM API reference. */
final class CertificateApi {

  private static final Pattern DOMAIN =
      Pattern.compile(
          "(\\*\\.)?(((?!-)[A-Za-z0-9-]{0,62}[A-Za-z0-9])\\.)+((?!-)[A-Za-z0-9-]{1,62}[A-Za-z0-9])");
  private static final Set<String> ALGORITHMS = Set.of("RSA_2048", "EC_prime256v1", "EC_secp384r1");
  private static final int USUAL_PAGE = 1000;

  private final World world;
  private final Acm acm;
  private final Validation validation;

  CertificateApi(World world, Acm acm, Validation validation) {
    this.world = world;
    this.acm = acm;
    this.validation = validation;
  }

  public RequestCertificateResponse request(RequestCertificateRequest request) {
    if (request.validationMethod() != ValidationMethod.DNS) {
      throw AwsError.of(
          "ValidationException",
          "the twin validates by DNS only, not " + request.validationMethodAsString());
    }
    if (request.certificateAuthorityArn() != null || request.managedBy() != null) {
      throw AwsError.of(
          "ValidationException", "the twin has no private authority and no managing service");
    }
    if (request.hasDomainValidationOptions()) {
      throw AwsError.of("ValidationException", "the twin has no domain validation options");
    }
    if (request.options() != null && request.options().validationMethod() != null) {
      throw AwsError.of("ValidationException", "the twin has no option ValidationMethod");
    }
    String algorithm = Optional.ofNullable(request.keyAlgorithmAsString()).orElse("RSA_2048");
    if (!ALGORITHMS.contains(algorithm)) {
      throw AwsError.of("ValidationException", "the twin has no key algorithm " + algorithm);
    }
    Set<String> names = new LinkedHashSet<>();
    names.add(valid(request.domainName()));
    request.subjectAlternativeNames().forEach(name -> names.add(valid(name)));
    Optional<Row> same = sameRequest(request, names);
    if (same.isPresent()) {
      return RequestCertificateResponse.builder().certificateArn(same.get().arn()).build();
    }
    String arn = newArn();
    CertificateDetail detail =
        CertificateDetail.builder()
            .certificateArn(arn)
            .domainName(request.domainName())
            .subjectAlternativeNames(names)
            .domainValidationOptions(names.stream().map(validation::pending).toList())
            .subject("CN=" + request.domainName())
            .createdAt(world.now())
            .status(CertificateStatus.PENDING_VALIDATION)
            .keyAlgorithm(algorithm)
            .signatureAlgorithm(algorithm.startsWith("RSA") ? "SHA256WITHRSA" : "SHA256WITHECDSA")
            .type(CertificateType.AMAZON_ISSUED)
            .renewalEligibility(RenewalEligibility.INELIGIBLE)
            .options(
                request.options() != null
                    ? request.options()
                    : options(CertificateTransparencyLoggingPreference.ENABLED))
            .build();
    acm.rows().put(arn, new Row(detail, List.copyOf(request.tags()), "", "", ""));
    if (request.idempotencyToken() != null) {
      world.<String>table("acm.tokens").put(request.idempotencyToken(), arn);
    }
    return RequestCertificateResponse.builder().certificateArn(arn).build();
  }

  // Source: ACM API reference, RequestCertificate: the token counts for an hour.
  private Optional<Row> sameRequest(RequestCertificateRequest request, Set<String> names) {
    return Optional.ofNullable(request.idempotencyToken())
        .flatMap(token -> world.<String>table("acm.tokens").find(token))
        .flatMap(acm::look)
        .filter(row -> world.now().isBefore(row.detail().createdAt().plusSeconds(3600)))
        .filter(row -> row.detail().subjectAlternativeNames().equals(List.copyOf(names)));
  }

  public ImportCertificateResponse importCertificate(ImportCertificateRequest request) {
    String pem = text(request.certificate(), "certificate");
    List<X509Certificate> certificates = Pem.certificates(pem);
    if (certificates.size() != 1) {
      throw AwsError.of(
          "ValidationException",
          certificates.isEmpty()
              ? "The certificate field contains an invalid certificate or no PEM."
              : "The certificate field contains more than one certificate. You can specify only"
                  + " one certificate in this field.");
    }
    X509Certificate certificate = certificates.getFirst();
    PrivateKey key =
        Pem.privateKey(text(request.privateKey(), "privateKey"))
            .filter(found -> Pem.belongs(found, certificate))
            .orElseThrow(() ->
                AwsError.of(
                    "ValidationException",
                    "The private key is not supported or does not match the certificate."));
    Optional<Row> old = Optional.ofNullable(request.certificateArn()).map(acm::require);
    String arn = old.map(Row::arn).orElseGet(this::newArn);
    String chain =
        request.certificateChain() == null ? "" : text(request.certificateChain(), "chain");
    List<Tag> tags = old.map(Row::tags).orElse(List.copyOf(request.tags()));
    acm.rows()
        .put(arn, new Row(imported(arn, certificate), tags, pem(pem), pem(chain), Pem.pem(key)));
    return ImportCertificateResponse.builder().certificateArn(arn).build();
  }

  private CertificateDetail imported(String arn, X509Certificate certificate) {
    List<String> names = KeyMaterial.names(certificate);
    Instant end = certificate.getNotAfter().toInstant();
    return CertificateDetail.builder()
        .certificateArn(arn)
        .domainName(names.isEmpty() ? null : names.getFirst())
        .subjectAlternativeNames(names)
        .serial(Acm.serial(certificate))
        .subject(certificate.getSubjectX500Principal().getName())
        .issuer(certificate.getIssuerX500Principal().getName())
        .createdAt(world.now())
        .importedAt(world.now())
        .notBefore(certificate.getNotBefore().toInstant())
        .notAfter(end)
        .status(world.now().isAfter(end) ? CertificateStatus.EXPIRED : CertificateStatus.ISSUED)
        .keyAlgorithm(KeyMaterial.algorithm(certificate))
        .signatureAlgorithm(certificate.getSigAlgName().toUpperCase(java.util.Locale.ROOT))
        .type(CertificateType.IMPORTED)
        .renewalEligibility(RenewalEligibility.INELIGIBLE)
        .options(options(CertificateTransparencyLoggingPreference.DISABLED))
        .build();
  }

  public DescribeCertificateResponse describe(DescribeCertificateRequest request) {
    Row row = acm.require(request.certificateArn());
    return DescribeCertificateResponse.builder()
        .certificate(row.detail().toBuilder().inUseBy(InUse.by(world, row.arn())).build())
        .build();
  }

  public GetCertificateResponse get(GetCertificateRequest request) {
    Row row = acm.require(request.certificateArn());
    if (row.certificatePem().isEmpty()) {
      throw AwsError.of(
          "RequestInProgressException",
          "The certificate request is in progress and the certificate has not yet been issued.");
    }
    return GetCertificateResponse.builder()
        .certificate(row.certificatePem())
        .certificateChain(row.chainPem().isEmpty() ? null : row.chainPem())
        .build();
  }

  public ListCertificatesResponse list(ListCertificatesRequest request) {
    List<CertificateSummary> found = new ArrayList<>();
    for (Row row : acm.all()) {
      CertificateDetail detail = row.detail();
      if (request.certificateStatuses().isEmpty()
          || request.certificateStatuses().contains(detail.status())) {
        found.add(summary(row));
      }
    }
    Page<CertificateSummary> page =
        Page.of(found, request.nextToken(), request.maxItems(), USUAL_PAGE);
    return ListCertificatesResponse.builder()
        .certificateSummaryList(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  private CertificateSummary summary(Row row) {
    CertificateDetail detail = row.detail();
    return CertificateSummary.builder()
        .certificateArn(row.arn())
        .domainName(detail.domainName())
        .subjectAlternativeNameSummaries(detail.subjectAlternativeNames())
        .hasAdditionalSubjectAlternativeNames(false)
        .status(detail.status())
        .type(detail.type())
        .keyAlgorithm(detail.keyAlgorithm())
        .inUse(!InUse.by(world, row.arn()).isEmpty())
        .renewalEligibility(detail.renewalEligibility())
        .notBefore(detail.notBefore())
        .notAfter(detail.notAfter())
        .createdAt(detail.createdAt())
        .issuedAt(detail.issuedAt())
        .importedAt(detail.importedAt())
        .build();
  }

  public DeleteCertificateResponse delete(DeleteCertificateRequest request) {
    Row row = acm.require(request.certificateArn());
    if (!InUse.by(world, row.arn()).isEmpty()) {
      throw AwsError.of(
          "ResourceInUseException",
          "Certificate %s in account %s is in use.".formatted(row.arn(), world.account()));
    }
    acm.rows().remove(row.arn());
    return DeleteCertificateResponse.builder().build();
  }

  private String newArn() {
    return world.arn("acm", "certificate/" + world.ids().uuid());
  }

  private static String valid(String name) {
    if (name == null || name.length() > 253 || !DOMAIN.matcher(name).matches()) {
      throw AwsError.of(
          "ValidationException",
          "1 validation error detected: Value '%s' at 'domainName' failed to satisfy constraint: Member must satisfy regular expression pattern: %s"
              .formatted(name, DOMAIN.pattern()));
    }
    return name;
  }

  private static String text(SdkBytes bytes, String member) {
    if (bytes == null) {
      throw AwsError.of(
          "ValidationException",
          "1 validation error detected: Value null at '%s' failed to satisfy constraint: Member must not be null"
              .formatted(member));
    }
    return new String(bytes.asByteArray(), StandardCharsets.ISO_8859_1);
  }

  private static String pem(String text) {
    return text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
  }

  private static CertificateOptions options(CertificateTransparencyLoggingPreference logging) {
    return CertificateOptions.builder().certificateTransparencyLoggingPreference(logging).build();
  }
}
