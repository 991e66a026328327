package dev.slipway.twin.acm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Ids;
import dev.slipway.twin.world.ManualClock;
import dev.slipway.twin.world.Pem;
import dev.slipway.twin.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.acm.model.CertificateDetail;
import software.amazon.awssdk.services.acm.model.CertificateStatus;
import software.amazon.awssdk.services.acm.model.DeleteCertificateRequest;
import software.amazon.awssdk.services.acm.model.DescribeCertificateRequest;
import software.amazon.awssdk.services.acm.model.DescribeCertificateResponse;
import software.amazon.awssdk.services.acm.model.GetCertificateRequest;
import software.amazon.awssdk.services.acm.model.ImportCertificateRequest;
import software.amazon.awssdk.services.acm.model.ImportCertificateResponse;
import software.amazon.awssdk.services.acm.model.RequestCertificateRequest;
import software.amazon.awssdk.services.acm.model.RequestCertificateResponse;
import software.amazon.awssdk.services.acm.model.ValidationMethod;

class AcmTest {

  private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final World world = new World("123456789012", "eu-west-1", clock, new Ids(new Random(1)));
  private final Acm acm = new Acm(world);

  @BeforeEach
  void register() {
    acm.register();
  }

  @Test
  void aRequestedCertificateWaitsForTheRecordsOfItsNames() {
    String arn = request("shop.example.com", "*.shop.example.com");

    CertificateDetail detail = describe(arn);
    assertThat(detail.status()).isEqualTo(CertificateStatus.PENDING_VALIDATION);
    assertThat(detail.domainValidationOptions()).hasSize(2);
    assertThat(detail.domainValidationOptions().get(0).resourceRecord())
        .as("a wildcard has the record of the name behind it")
        .isEqualTo(detail.domainValidationOptions().get(1).resourceRecord());
    assertThat(acm.find(arn)).isEmpty();
    assertThat(acm.exists(arn)).isTrue();
    assertThatThrownBy(() ->
            world.operations().invoke(GetCertificateRequest.builder().certificateArn(arn).build()))
        .isInstanceOfSatisfying(
            AwsError.class, e -> assertThat(e.code()).isEqualTo("RequestInProgressException"));
  }

  @Test
  void validationTimesOutAfterThreeDays() {
    String arn = request("shop.example.com");

    clock.advance(Duration.ofHours(73));

    assertThat(describe(arn).status()).isEqualTo(CertificateStatus.VALIDATION_TIMED_OUT);
  }

  @Test
  void anImportedCertificateIsIssuedAndServesItsKey() {
    KeyMaterial.Pair pair = pair("shop.example.com");

    String arn = importing(pair, pair);

    Certificates.Issued issued = acm.find(arn).orElseThrow();
    assertThat(issued.names()).containsExactly("shop.example.com");
    assertThat(Pem.certificates(issued.chainPem())).containsExactly(pair.certificate());
    assertThat(Pem.privateKey(issued.keyPem())).contains(pair.key());
    assertThat(describe(arn).typeAsString()).isEqualTo("IMPORTED");
  }

  @Test
  void refusesAKeyThatIsNotTheCertificates() {
    assertThatThrownBy(() -> importing(pair("a.example.com"), pair("b.example.com")))
        .isInstanceOfSatisfying(
            AwsError.class, e -> assertThat(e.code()).isEqualTo("ValidationException"));
  }

  @Test
  void forgetsADeletedCertificate() {
    String arn = request("shop.example.com");

    world.operations().invoke(DeleteCertificateRequest.builder().certificateArn(arn).build());

    assertThatThrownBy(() -> describe(arn))
        .hasMessage("Could not find certificate " + arn + " for account 123456789012.");
  }

  private String request(String name, String... others) {
    return world
        .operations()
        .call(
            RequestCertificateRequest.builder()
                .domainName(name)
                .subjectAlternativeNames(others)
                .validationMethod(ValidationMethod.DNS)
                .build(),
            RequestCertificateResponse.class)
        .certificateArn();
  }

  private CertificateDetail describe(String arn) {
    return world
        .operations()
        .call(
            DescribeCertificateRequest.builder().certificateArn(arn).build(),
            DescribeCertificateResponse.class)
        .certificate();
  }

  private String importing(KeyMaterial.Pair certificate, KeyMaterial.Pair key) {
    return world
        .operations()
        .call(
            ImportCertificateRequest.builder()
                .certificate(SdkBytes.fromUtf8String(Pem.pem(certificate.certificate())))
                .privateKey(SdkBytes.fromUtf8String(Pem.pem(key.key())))
                .build(),
            ImportCertificateResponse.class)
        .certificateArn();
  }

  private KeyMaterial.Pair pair(String name) {
    Instant now = clock.instant();
    return KeyMaterial.issue(List.of(name), "EC_prime256v1", now, now.plus(Duration.ofDays(90)));
  }
}
