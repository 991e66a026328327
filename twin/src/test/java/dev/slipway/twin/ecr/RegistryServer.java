package dev.slipway.twin.ecr;

import dev.slipway.twin.ecr.registry.RegistryHandler;
import dev.slipway.twin.ecr.scan.Advisories;
import dev.slipway.twin.world.Ids;
import dev.slipway.twin.world.ManualClock;
import dev.slipway.twin.world.World;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.GetAuthorizationTokenRequest;
import software.amazon.awssdk.services.ecr.model.GetAuthorizationTokenResponse;

/** A registry on a free port, its world, and a client that has logged in. */
final class RegistryServer implements AutoCloseable {

  static final String ACCOUNT = "123456789012";

  final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
  final World world = new World(ACCOUNT, "eu-west-1", clock, new Ids(new Random(1)));
  final Advisories advisories = new Advisories();
  final Ecr ecr;
  final String host;
  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private String login;

  RegistryServer(Path directory) {
    AtomicReference<RegistryHandler> handler = new AtomicReference<>();
    server =
        vertx
            .createHttpServer()
            .requestHandler(request -> handler.get().handle(request))
            .listen(0, "127.0.0.1")
            .await();
    host = "127.0.0.1:" + server.actualPort();
    ecr = new Ecr(world, new BlobStore(directory), host, advisories, Runnable::run);
    ecr.register();
    handler.set(
        new RegistryHandler(
            vertx,
            host,
            (account, region) ->
                account.equals(ACCOUNT) && region.equals("eu-west-1")
                    ? Optional.of(ecr)
                    : Optional.empty()));
    logIn();
  }

  void logIn() {
    login =
        world
            .operations()
            .call(
                GetAuthorizationTokenRequest.builder().build(), GetAuthorizationTokenResponse.class)
            .authorizationData()
            .getFirst()
            .authorizationToken();
  }

  String password() {
    return new String(Base64.getDecoder().decode(login), StandardCharsets.UTF_8)
        .substring("AWS:".length());
  }

  void createRepository(String name) {
    world.operations().invoke(CreateRepositoryRequest.builder().repositoryName(name).build());
  }

  HttpResponse<byte[]> send(String method, String path, byte[] body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : "http://" + host + path))
            .header("Authorization", "Basic " + login)
            .method(method, BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  HttpResponse<byte[]> sendAnonymously(String method, String path) {
    return send(
        HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : "http://" + host + path))
            .method(method, BodyPublishers.noBody())
            .build());
  }

  private HttpResponse<byte[]> send(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofByteArray());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Pushes a blob in one go and gives its digest. */
  String pushBlob(String repository, byte[] content) {
    String digest = Registry.digest(content);
    send("POST", "/v2/" + repository + "/blobs/uploads/?digest=" + digest, content);
    return digest;
  }

  /** Pushes an image for a platform and gives its digest. */
  String pushImage(String repository, String tag, String architecture, String content) {
    return pushImage(repository, tag, architecture, content.getBytes(StandardCharsets.UTF_8));
  }

  /** The same with a layer of any bytes. */
  String pushImage(String repository, String tag, String architecture, byte[] content) {
    String config =
        pushBlob(
            repository,
            """
            {"architecture":"%s","os":"linux","config":{"Entrypoint":["java"],"Cmd":["-jar"],
             "Env":["A=b=c"],"Labels":{"commit":"abc"}}}\
            """
                .formatted(architecture)
                .getBytes(StandardCharsets.UTF_8));
    String layer = pushBlob(repository, content);
    byte[] manifest = manifest(config, layer);
    String reference = tag.isEmpty() ? Registry.digest(manifest) : tag;
    HttpResponse<byte[]> pushed =
        send(
            "PUT",
            "/v2/" + repository + "/manifests/" + reference,
            manifest,
            "Content-Type",
            Manifest.OCI_MANIFEST);
    return pushed.headers().firstValue("Docker-Content-Digest").orElse(text(pushed));
  }

  /** Pushes an index of one image. */
  void pushIndex(String repository, String tag, String digest) {
    String index =
        """
        {"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[
         {"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"%s","size":1,
          "platform":{"os":"linux","architecture":"amd64"}}]}\
        """
            .formatted(digest);
    send(
        "PUT",
        "/v2/" + repository + "/manifests/" + tag,
        index.getBytes(StandardCharsets.UTF_8),
        "Content-Type",
        Manifest.OCI_INDEX);
  }

  static byte[] manifest(String config, String layer) {
    return """
    {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
     "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":2},
     "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"%s","size":3}]}\
    """
        .formatted(config, layer)
        .getBytes(StandardCharsets.UTF_8);
  }

  static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.close().await();
    vertx.close().await();
    client.close();
  }
}
