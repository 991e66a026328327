package dev.slipway.twin.emulators;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.twin.ecr.scan.LayerFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Pushes images whose program is a behaviour of the simulated runtime. */
final class PushedImages {

  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient client;
  private final String authorizationToken;

  PushedImages(HttpClient client, String authorizationToken) {
    this.client = client;
    this.authorizationToken = authorizationToken;
  }

  /** Pushes an image and gives its digest. */
  String push(String repositoryUri, String tag, String architecture, String behaviour) {
    String base = "http://" + repositoryUri.replaceFirst("/", "/v2/");
    byte[] config =
        json(
            Map.of(
                "architecture",
                architecture,
                "os",
                "linux",
                "config",
                Map.of("Cmd", List.of("app"), "Env", List.of("SLIPWAY_BEHAVIOUR=" + behaviour))));
    byte[] layer =
        LayerFiles.tar(Map.of("etc/os-release", "ID=debian\n", "app", "the program of " + tag));
    Map<String, Object> manifest =
        Map.of(
            "schemaVersion",
            2,
            "mediaType",
            "application/vnd.oci.image.manifest.v1+json",
            "config",
            descriptor("config.v1+json", blob(base, config), config.length),
            "layers",
            List.of(descriptor("layer.v1.tar", blob(base, layer), layer.length)));
    return send("PUT", base + "/manifests/" + tag, json(manifest))
        .headers()
        .firstValue("Docker-Content-Digest")
        .orElseThrow();
  }

  private static Map<String, Object> descriptor(String type, String digest, int size) {
    return Map.of("mediaType", "application/vnd.oci.image." + type, "digest", digest, "size", size);
  }

  private String blob(String base, byte[] content) {
    String digest = digest(content);
    send("POST", base + "/blobs/uploads/?digest=" + digest, content);
    return digest;
  }

  private HttpResponse<String> send(String method, String url, byte[] body) {
    try {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(URI.create(url))
                  .header("Authorization", "Basic " + authorizationToken)
                  .method(method, BodyPublishers.ofByteArray(body))
                  .build(),
              BodyHandlers.ofString());
      if (response.statusCode() != 201) {
        throw new AssertionError(url + " answered " + response.statusCode() + response.body());
      }
      return response;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static byte[] json(Object value) {
    try {
      return JSON.writeValueAsBytes(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(byte[] content) {
    try {
      return "sha256:"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
