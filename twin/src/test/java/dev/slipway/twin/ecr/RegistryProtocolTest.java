package dev.slipway.twin.ecr;

import static dev.slipway.twin.ecr.RegistryServer.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.twin.world.Caller;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;
import software.amazon.awssdk.services.ecr.model.PutImageTagMutabilityRequest;

class RegistryProtocolTest {

  private static final byte[] NOTHING = {};

  @TempDir Path directory;
  private RegistryServer server;

  @BeforeEach
  void start() {
    server = new RegistryServer(directory);
    server.createRepository("team/app");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void challengesWithBasicAuthentication() {
    HttpResponse<byte[]> response = server.sendAnonymously("GET", "/v2/");

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("Www-Authenticate"))
        .hasValue("Basic realm=\"http://" + server.host + "/\",service=\"ecr.amazonaws.com\"");
    assertThat(server.send("GET", "/v2/", NOTHING).statusCode()).isEqualTo(200);
  }

  @Test
  void refusesATokenAfterTwelveHoursAndAForgedOneAlways() {
    server.clock.advance(Duration.ofHours(12).minusSeconds(1));
    assertThat(server.send("GET", "/v2/", NOTHING).statusCode()).isEqualTo(200);

    server.clock.advance(Duration.ofSeconds(1));
    HttpResponse<byte[]> expired = server.send("GET", "/v2/", NOTHING);
    assertThat(expired.statusCode()).isEqualTo(403);
    assertThat(text(expired))
        .contains("DENIED", "Your authorization token has expired. Reauthenticate and try again.");

    RegistryToken forged =
        new RegistryToken(
            RegistryServer.ACCOUNT,
            "eu-west-1",
            "*",
            server.world.now().plusSeconds(60),
            Caller.root(RegistryServer.ACCOUNT, ""));
    assertThat(server.ecr.judge(forged.encode("another key"), "*")).isEqualTo(Ecr.Access.DENIED);
  }

  @Test
  void takesABlobInChunksAndRefusesOneOutOfOrder() throws Exception {
    String upload = location(server.send("POST", "/v2/team/app/blobs/uploads/", NOTHING));
    HttpResponse<byte[]> first =
        server.send("PATCH", upload, "hello ".getBytes(UTF_8), "Content-Range", "0-5");
    assertThat(first.statusCode()).isEqualTo(202);
    assertThat(first.headers().firstValue("Range")).hasValue("0-5");

    HttpResponse<byte[]> gap =
        server.send("PATCH", upload, "world".getBytes(UTF_8), "Content-Range", "7-11");
    assertThat(gap.statusCode()).isEqualTo(416);
    HttpResponse<byte[]> giant =
        server.send("PATCH", upload, "x".getBytes(UTF_8), "Content-Range", "9".repeat(40) + "-7");
    assertThat(giant.statusCode()).isEqualTo(416);
    HttpResponse<byte[]> wrongLength =
        server.send("PATCH", upload, "world".getBytes(UTF_8), "Content-Range", "6-7");
    assertThat(wrongLength.statusCode()).isEqualTo(400);
    HttpResponse<byte[]> status = server.send("GET", upload, NOTHING);
    assertThat(status.statusCode()).isEqualTo(204);
    assertThat(status.headers().firstValue("Range")).hasValue("0-5");

    String digest = Registry.digest("hello world".getBytes(UTF_8));
    HttpResponse<byte[]> put =
        server.send("PUT", upload + "?digest=" + digest, "world".getBytes(UTF_8));
    assertThat(put.statusCode()).isEqualTo(201);
    HttpResponse<byte[]> part = server.send("GET", location(put), NOTHING, "Range", "bytes=6-");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(text(part)).isEqualTo("world");
    try (var left = Files.list(directory.resolve("uploads"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void forgetsABlobWhoseDigestIsWrong() {
    String claimed = Registry.digest("other".getBytes(UTF_8));

    HttpResponse<byte[]> response =
        server.send(
            "POST", "/v2/team/app/blobs/uploads/?digest=" + claimed, "this".getBytes(UTF_8));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(text(response)).contains("DIGEST_INVALID");
    assertThat(server.send("HEAD", "/v2/team/app/blobs/" + claimed, NOTHING).statusCode())
        .isEqualTo(404);
  }

  @Test
  void givesTheLastBytesOfABlob() {
    String digest = server.pushBlob("team/app", "hello world".getBytes(UTF_8));
    String path = "/v2/team/app/blobs/" + digest;

    HttpResponse<byte[]> end = server.send("GET", path, NOTHING, "Range", "bytes=-5");

    assertThat(end.statusCode()).isEqualTo(206);
    assertThat(text(end)).isEqualTo("world");
    assertThat(end.headers().firstValue("Content-Range")).hasValue("bytes 6-10/11");
    assertThat(server.send("GET", path, NOTHING, "Range", "bytes=-50").statusCode()).isEqualTo(206);
    assertThat(server.send("GET", path, NOTHING, "Range", "bytes=-0").statusCode()).isEqualTo(416);
  }

  @Test
  void refusesAReferenceThatIsNeitherTagNorDigest() {
    HttpResponse<byte[]> digest =
        server.send("PUT", "/v2/team/app/manifests/sha256:short", "{}".getBytes(UTF_8));
    assertThat(digest.statusCode()).isEqualTo(400);
    assertThat(text(digest)).contains("DIGEST_INVALID");

    HttpResponse<byte[]> tag =
        server.send("PUT", "/v2/team/app/manifests/-x", "{}".getBytes(UTF_8));
    assertThat(tag.statusCode()).isEqualTo(400);
    assertThat(text(tag)).contains("TAG_INVALID");
  }

  @Test
  void neverCreatesARepositoryByPushing() {
    HttpResponse<byte[]> response = server.send("POST", "/v2/other/blobs/uploads/", NOTHING);

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(text(response))
        .contains(
            "NAME_UNKNOWN",
            "The repository with name 'other' does not exist in the registry with id"
                + " '123456789012'");
  }

  @Test
  void refusesAManifestWhoseLayersAreMissing() {
    String missing = Registry.digest("missing".getBytes(UTF_8));
    String config = server.pushBlob("team/app", "{}".getBytes(UTF_8));

    HttpResponse<byte[]> response =
        server.send("PUT", "/v2/team/app/manifests/1", RegistryServer.manifest(config, missing));

    assertThat(text(response))
        .contains("BLOB_UPLOAD_UNKNOWN", "Layers with digests '[" + missing + "]' required");
    assertThat(text(server.send("GET", "/v2/team/app/manifests/1", NOTHING)))
        .contains("MANIFEST_UNKNOWN", "Requested image not found");
  }

  @Test
  void keepsATagOfAnImmutableRepositoryOnItsImage() {
    server
        .world
        .operations()
        .invoke(
            PutImageTagMutabilityRequest.builder()
                .repositoryName("team/app")
                .imageTagMutability(ImageTagMutability.IMMUTABLE_WITH_EXCLUSION)
                .imageTagMutabilityExclusionFilters(f -> f.filter("dev-*").filterType("WILDCARD"))
                .build());
    String first = server.pushImage("team/app", "v1", "amd64", "one");

    assertThat(server.pushImage("team/app", "v1", "amd64", "one")).isEqualTo(first);
    assertThat(server.pushImage("team/app", "v1", "amd64", "two"))
        .contains(
            "TAG_INVALID",
            "The image tag 'v1' already exists in the 'team/app' repository and cannot be"
                + " overwritten because the repository is immutable.");
    server.pushImage("team/app", "dev-1", "amd64", "one");
    assertThat(server.pushImage("team/app", "dev-1", "amd64", "two")).startsWith("sha256:");
  }

  @Test
  void mountsABlobFromAnotherRepository() {
    server.createRepository("copy");
    String digest = server.pushBlob("team/app", "shared".getBytes(UTF_8));

    HttpResponse<byte[]> mounted =
        server.send("POST", "/v2/copy/blobs/uploads/?mount=" + digest + "&from=team/app", NOTHING);

    assertThat(mounted.statusCode()).isEqualTo(201);
    assertThat(text(server.send("GET", "/v2/copy/blobs/" + digest, NOTHING))).isEqualTo("shared");
  }

  @Test
  void listsTagsPageByPage() {
    for (String tag : new String[] {"c", "a", "b"}) {
      server.pushImage("team/app", tag, "amd64", "same");
    }

    HttpResponse<byte[]> page = server.send("GET", "/v2/team/app/tags/list?n=2", NOTHING);
    assertThat(text(page)).contains("[\"a\",\"b\"]");
    String next = page.headers().firstValue("Link").orElseThrow().replaceAll("<(.*)>.*", "$1");
    HttpResponse<byte[]> rest = server.send("GET", next, NOTHING);
    assertThat(text(rest)).contains("[\"c\"]");
    assertThat(rest.headers().firstValue("Link")).isEmpty();
  }

  private static String location(HttpResponse<byte[]> response) {
    return response.headers().firstValue("Location").orElseThrow();
  }
}
