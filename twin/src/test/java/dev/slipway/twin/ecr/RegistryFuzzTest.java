package dev.slipway.twin.ecr;

import static dev.slipway.twin.ecr.RegistryServer.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pushes and pulls with spoilt digests, ranges, manifests and uploads: always an answer in form.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class RegistryFuzzTest {

  private static final long SEED = Long.getLong("slipway.fuzz.seed", 1);
  private static final int CASES = Integer.getInteger("slipway.fuzz.registry.cases", 3_000);
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "PUT", "POST", "PATCH", "DELETE");
  private static final String GIANT = "9".repeat(40);
  private static final List<String> RANGES =
      List.of(
          "0-5",
          "bytes=0-5",
          "6-" + GIANT,
          GIANT + "-" + GIANT,
          "-1",
          "5-0",
          "x",
          "bytes=-0",
          "bytes=-999999999999999999",
          "bytes=0-0,2-3",
          "0-999999999999999999");
  private static final List<String> TYPES =
      List.of(
          "application/vnd.oci.image.manifest.v1+json",
          "application/json",
          "x",
          ";;",
          "application/vnd.oci.image.index.v1+json");

  private final Random random = new Random(SEED);
  private final List<String> uploads = new ArrayList<>();
  private final List<String> digests = new ArrayList<>();
  private final Set<String> failures = new TreeSet<>();

  @TempDir private Path directory;

  @Test
  void answersInFormWhateverIsPushedOrPulled() {
    try (RegistryServer server = new RegistryServer(directory)) {
      server.createRepository("team/app");
      digests.add(server.pushImage("team/app", "latest", "amd64", "layer"));
      digests.add(server.pushBlob("team/app", "blob".getBytes(UTF_8)));
      byte[] manifest = RegistryServer.manifest(digests.getLast(), digests.getLast());
      for (int i = 0; i < CASES; i++) {
        String method = METHODS.get(random.nextInt(METHODS.size()));
        String path = path();
        byte[] body = method.equals("GET") || method.equals("HEAD") ? new byte[0] : body(manifest);
        HttpResponse<byte[]> answer =
            server.send(
                method,
                path,
                body,
                pick(List.of("Range", "Content-Range")),
                pick(RANGES),
                "Content-Type",
                pick(TYPES));
        answer
            .headers()
            .firstValue("Location")
            .filter(at -> at.contains("/uploads/"))
            .ifPresent(uploads::add);
        check(method + " " + path, answer, method.equals("HEAD"));
      }
      assertThat(failures).isEmpty();
      assertThat(uploads).isNotEmpty();
    }
  }

  private void check(String what, HttpResponse<byte[]> answer, boolean head) {
    int status = answer.statusCode();
    boolean fine = status >= 200 && status < 300;
    boolean refused = status >= 400 && status < 500;
    boolean shaped = head || text(answer).contains("\"errors\":[{\"code\":\"");
    if (!fine && !(refused && shaped)) {
      failures.add(status + " " + text(answer) + " for " + what);
    }
  }

  private String path() {
    String repository = pick(List.of("team/app", "team/app", "none", "a/b/c", "%2e%2e", "UPPER"));
    return switch (random.nextInt(8)) {
      case 0 -> "/v2/";
      case 1 -> "/v2/_catalog?n=" + pick(List.of("-1", GIANT, "2", "x")) + "&last=%00";
      case 2 -> "/v2/" + repository + "/tags/list?n=" + pick(List.of("0", GIANT, "1"));
      case 3 ->
          "/v2/" + repository + "/manifests/" + pick(List.of("latest", "x".repeat(400), digest()));
      case 4 -> "/v2/" + repository + "/referrers/" + digest();
      case 5 -> "/v2/" + repository + "/blobs/" + digest();
      case 6 ->
          "/v2/"
              + repository
              + "/blobs/uploads/?digest="
              + digest()
              + "&mount="
              + pick(List.of("", digest()))
              + "&from="
              + pick(List.of("", "none", "team/app"));
      default ->
          (uploads.isEmpty() ? "/v2/team/app/blobs/uploads/x" : pick(uploads))
              + "?digest="
              + digest();
    };
  }

  private String digest() {
    return switch (random.nextInt(5)) {
      case 0 -> "sha256:" + "0".repeat(64);
      case 1 -> pick(List.of("sha256:", "sha512:" + "0".repeat(128), "sha256:%2e%2e%2fetc", "%00"));
      default -> pick(digests);
    };
  }

  private byte[] body(byte[] manifest) {
    byte[] spoilt = manifest.clone();
    switch (random.nextInt(4)) {
      case 0 -> spoilt = "[".repeat(random.nextInt(20_000)).getBytes(UTF_8);
      case 1 -> random.nextBytes(spoilt);
      case 2 -> spoilt[random.nextInt(spoilt.length)] = (byte) random.nextInt(256);
      default -> {}
    }
    return spoilt;
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
