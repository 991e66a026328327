package dev.slipway.twin.iam;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.Parameters;
import dev.slipway.twin.world.Pem;
import dev.slipway.twin.world.Table;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.iam.model.DeleteServerCertificateRequest;
import software.amazon.awssdk.services.iam.model.DeleteServerCertificateResponse;
import software.amazon.awssdk.services.iam.model.GetServerCertificateRequest;
import software.amazon.awssdk.services.iam.model.GetServerCertificateResponse;
import software.amazon.awssdk.services.iam.model.ListServerCertificatesRequest;
import software.amazon.awssdk.services.iam.model.ListServerCertificatesResponse;
import software.amazon.awssdk.services.iam.model.ServerCertificateMetadata;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.UpdateServerCertificateRequest;
import software.amazon.awssdk.services.iam.model.UpdateServerCertificateResponse;
import software.amazon.awssdk.services.iam.model.UploadServerCertificateRequest;
import software.amazon.awssdk.services.iam.model.UploadServerCertificateResponse;

/** Certificates that listeners may have instead of those of ACM. Source: IAM API reference. */
@Differs(
    value = "A server certificate is deleted though a listener uses it, which keeps serving it.",
    because = "IAM of the twin belongs to no region and looks into none for listeners.")
final class ServerCertificateApi {

  private static final int LONGEST_NAME = 128;

  /**
   * A certificate with its key.
   *
   * @param chain the certificates that sign it; empty without
   * @param key PKCS#8
   */
  record Stored(
      String path,
      String name,
      String id,
      String arn,
      String body,
      String chain,
      String key,
      Instant uploaded,
      Instant expires,
      List<Tag> tags) {

    private ServerCertificateMetadata metadata() {
      return ServerCertificateMetadata.builder()
          .path(path)
          .serverCertificateName(name)
          .serverCertificateId(id)
          .arn(arn)
          .uploadDate(uploaded)
          .expiration(expires)
          .build();
    }
  }

  private final IamStore store;

  ServerCertificateApi(IamStore store) {
    this.store = store;
  }

  private Table<Stored> table() {
    return store.home().table("iam.serverCertificates");
  }

  /** The certificate of an ARN. */
  Optional<Stored> find(String arn) {
    return table().where(each -> each.arn().equals(arn)).stream().findFirst();
  }

  /** UploadServerCertificate. */
  public UploadServerCertificateResponse upload(UploadServerCertificateRequest request) {
    String name = named(request.serverCertificateName(), "serverCertificateName");
    String path = Names.path(request.path());
    X509Certificate certificate = certificate(given(request.certificateBody(), "certificateBody"));
    PrivateKey key =
        Pem.privateKey(given(request.privateKey(), "privateKey"))
            .orElseThrow(() ->
                AwsError.of(
                    "MalformedCertificate",
                    "Unable to parse key. Please ensure the key is in PEM format."));
    if (!Pem.belongs(key, certificate)) {
      throw AwsError.of("KeyPairMismatch", "Public key and private key do not match.");
    }
    String chain = request.certificateChain() == null ? "" : request.certificateChain();
    if (!chain.isEmpty() && Pem.certificates(chain).isEmpty()) {
      throw AwsError.of(
          "MalformedCertificate",
          "Unable to parse certificate chain. Please ensure the chain is in PEM format.");
    }
    requireFree(name);
    Stored stored =
        new Stored(
            path,
            name,
            store.id("ASCA"),
            store.arn("server-certificate", path, name),
            request.certificateBody(),
            chain,
            Pem.pem(key),
            store.home().now(),
            certificate.getNotAfter().toInstant(),
            Names.tags(List.of(), request.tags(), List.of()));
    table().put(name, stored);
    return UploadServerCertificateResponse.builder()
        .serverCertificateMetadata(stored.metadata())
        .tags(stored.tags().isEmpty() ? null : stored.tags())
        .build();
  }

  private static X509Certificate certificate(String pem) {
    List<X509Certificate> found = Pem.certificates(pem);
    if (found.size() != 1) {
      throw AwsError.of(
          "MalformedCertificate",
          "Unable to parse certificate. Please ensure the certificate is in PEM format.");
    }
    return found.getFirst();
  }

  /** GetServerCertificate; the key is never given back. */
  public GetServerCertificateResponse get(GetServerCertificateRequest request) {
    Stored stored = require(request.serverCertificateName());
    return GetServerCertificateResponse.builder()
        .serverCertificate(c ->
            c.serverCertificateMetadata(stored.metadata())
                .certificateBody(stored.body())
                .certificateChain(stored.chain().isEmpty() ? null : stored.chain())
                .tags(stored.tags().isEmpty() ? null : stored.tags()))
        .build();
  }

  /** ListServerCertificates. */
  public ListServerCertificatesResponse list(ListServerCertificatesRequest request) {
    String prefix = request.pathPrefix() == null ? "/" : request.pathPrefix();
    return ListServerCertificatesResponse.builder()
        .serverCertificateMetadataList(
            table().where(each -> each.path().startsWith(prefix)).stream()
                .map(Stored::metadata)
                .toList())
        .isTruncated(false)
        .build();
  }

  /** UpdateServerCertificate: another name, another path. */
  public UpdateServerCertificateResponse update(UpdateServerCertificateRequest request) {
    Stored old = require(request.serverCertificateName());
    String name =
        request.newServerCertificateName() == null
            ? old.name()
            : named(request.newServerCertificateName(), "newServerCertificateName");
    String path = request.newPath() == null ? old.path() : Names.path(request.newPath());
    if (!name.equals(old.name())) {
      requireFree(name);
    }
    table().remove(old.name());
    table()
        .put(
            name,
            new Stored(
                path,
                name,
                old.id(),
                store.arn("server-certificate", path, name),
                old.body(),
                old.chain(),
                old.key(),
                old.uploaded(),
                old.expires(),
                old.tags()));
    return UpdateServerCertificateResponse.builder().build();
  }

  /** DeleteServerCertificate. */
  public DeleteServerCertificateResponse delete(DeleteServerCertificateRequest request) {
    table().remove(require(request.serverCertificateName()).name());
    return DeleteServerCertificateResponse.builder().build();
  }

  private void requireFree(String name) {
    if (table().contains(name)) {
      throw IamErrors.exists("The Server Certificate with name " + name + " already exists.");
    }
  }

  private Stored require(String name) {
    return table()
        .find(named(name, "serverCertificateName"))
        .orElseThrow(() ->
            IamErrors.notFound("The Server Certificate with name " + name + " cannot be found."));
  }

  private static String named(String name, String field) {
    return Names.checked(name, field, LONGEST_NAME);
  }

  private static String given(String value, String field) {
    return Parameters.required(value, "ValidationError", field);
  }
}
