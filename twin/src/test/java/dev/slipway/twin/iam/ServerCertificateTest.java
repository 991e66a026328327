package dev.slipway.twin.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Ids;
import dev.slipway.twin.world.ManualClock;
import dev.slipway.twin.world.Pem;
import dev.slipway.twin.world.World;
import io.vertx.core.net.SelfSignedCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.iam.model.DeleteServerCertificateRequest;
import software.amazon.awssdk.services.iam.model.GetServerCertificateRequest;
import software.amazon.awssdk.services.iam.model.GetServerCertificateResponse;
import software.amazon.awssdk.services.iam.model.ListServerCertificatesRequest;
import software.amazon.awssdk.services.iam.model.ListServerCertificatesResponse;
import software.amazon.awssdk.services.iam.model.ServerCertificate;
import software.amazon.awssdk.services.iam.model.ServerCertificateMetadata;
import software.amazon.awssdk.services.iam.model.UpdateServerCertificateRequest;
import software.amazon.awssdk.services.iam.model.UploadServerCertificateRequest;
import software.amazon.awssdk.services.iam.model.UploadServerCertificateResponse;

/** Certificates that people keep in IAM. */
class ServerCertificateTest {

  private static final String ARN = "arn:aws:iam::123456789012:server-certificate/shop/front";

  private static String body;
  private static String key;
  private static String otherKey;

  private final World world =
      new World(
          "123456789012",
          "eu-west-1",
          new ManualClock(Instant.parse("2026-01-01T00:00:00Z")),
          new Ids(new Random(7)));
  private final Iam iam = new Iam(world);

  @BeforeAll
  static void makeCertificates() throws IOException {
    SelfSignedCertificate made = SelfSignedCertificate.create("shop.example.com");
    SelfSignedCertificate other = SelfSignedCertificate.create("other.example.com");
    try {
      body = Files.readString(Path.of(made.certificatePath()));
      key = Files.readString(Path.of(made.privateKeyPath()));
      otherKey = Files.readString(Path.of(other.privateKeyPath()));
    } finally {
      made.delete();
      other.delete();
    }
  }

  @BeforeEach
  void register() {
    iam.register(world.operations());
  }

  @Test
  void keepsACertificateAndNeverGivesItsKeyBack() {
    ServerCertificateMetadata uploaded =
        world
            .operations()
            .call(upload("front").build(), UploadServerCertificateResponse.class)
            .serverCertificateMetadata();

    assertThat(uploaded.arn()).isEqualTo(ARN);
    assertThat(uploaded.serverCertificateId()).matches("ASCA[A-Z0-9]{17}");
    assertThat(uploaded.uploadDate()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(uploaded.expiration()).isAfter(uploaded.uploadDate());
    ServerCertificate found = get("front");
    assertThat(found.certificateBody()).isEqualTo(body);
    assertThat(found.certificateChain()).isNull();
    assertThat(found.tags()).extracting(t -> t.key() + "=" + t.value()).containsExactly("a=b");
    assertThat(found.toString()).doesNotContain("PRIVATE KEY");
  }

  @Test
  void listenersGetTheCertificateWithItsKey() {
    world.operations().invoke(upload("front").build());

    Iam.ServerCertificate served = iam.serverCertificate(ARN).orElseThrow();

    assertThat(Pem.certificates(served.chainPem())).hasSize(1);
    assertThat(
            Pem.belongs(
                Pem.privateKey(served.keyPem()).orElseThrow(),
                Pem.certificates(served.chainPem()).getFirst()))
        .isTrue();
    assertThat(iam.serverCertificate(ARN + "s")).isEmpty();
  }

  @Test
  void listsByPathRenamesAndDeletes() {
    world.operations().invoke(upload("front").build());
    world.operations().invoke(upload("back").path(null).build());
    assertThat(names("/")).containsExactly("front", "back");
    assertThat(names("/shop/")).containsExactly("front");

    world
        .operations()
        .invoke(
            UpdateServerCertificateRequest.builder()
                .serverCertificateName("front")
                .newServerCertificateName("main")
                .newPath("/")
                .build());
    assertThat(get("main").serverCertificateMetadata().arn())
        .isEqualTo("arn:aws:iam::123456789012:server-certificate/main");
    assertThat(iam.serverCertificate(ARN)).isEmpty();

    world
        .operations()
        .invoke(DeleteServerCertificateRequest.builder().serverCertificateName("main").build());
    assertThat(names("/")).containsExactly("back");
    assertThatThrownBy(() -> get("main"))
        .isInstanceOfSatisfying(AwsError.class, e -> assertThat(e.code()).isEqualTo("NoSuchEntity"))
        .hasMessage("The Server Certificate with name main cannot be found.");
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of(
            upload("taken"),
            "EntityAlreadyExists",
            "The Server Certificate with name taken already exists."),
        Arguments.of(
            upload("x").certificateBody("no certificate"),
            "MalformedCertificate",
            "Unable to parse certificate. Please ensure the certificate is in PEM format."),
        Arguments.of(
            upload("x").privateKey("no key"),
            "MalformedCertificate",
            "Unable to parse key. Please ensure the key is in PEM format."),
        Arguments.of(
            upload("x").certificateChain("no chain"),
            "MalformedCertificate",
            "Unable to parse certificate chain. Please ensure the chain is in PEM format."),
        Arguments.of(
            upload("x").privateKey(otherKey),
            "KeyPairMismatch",
            "Public key and private key do not match."));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesWhatIamRefuses(
      UploadServerCertificateRequest.Builder request, String code, String message) {
    world.operations().invoke(upload("taken").build());

    assertThatThrownBy(() -> world.operations().invoke(request.build()))
        .isInstanceOfSatisfying(AwsError.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessage(message);
  }

  private static UploadServerCertificateRequest.Builder upload(String name) {
    return UploadServerCertificateRequest.builder()
        .path("/shop/")
        .serverCertificateName(name)
        .certificateBody(body)
        .privateKey(key)
        .tags(t -> t.key("a").value("b"));
  }

  private ServerCertificate get(String name) {
    return world
        .operations()
        .call(
            GetServerCertificateRequest.builder().serverCertificateName(name).build(),
            GetServerCertificateResponse.class)
        .serverCertificate();
  }

  private Stream<String> names(String prefix) {
    return world
        .operations()
        .call(
            ListServerCertificatesRequest.builder().pathPrefix(prefix).build(),
            ListServerCertificatesResponse.class)
        .serverCertificateMetadataList()
        .stream()
        .map(ServerCertificateMetadata::serverCertificateName);
  }
}
