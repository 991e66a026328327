package dev.slipway.validation.observe;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.Repository;

/**
 * Which processors an image is built for. An index says it itself; a single image says it in its
 * configuration, which is fetched. Whatever cannot be read makes it unknown and no gap: nothing
 * depends on it but a foresight. Source: OCI image specification, image index and configuration;
 * ECR API, BatchGetImage, GetDownloadUrlForLayer.
 */
final class ArchitectureReader {

  private static final List<String> MANIFESTS =
      List.of(
          "application/vnd.oci.image.index.v1+json",
          "application/vnd.docker.distribution.manifest.list.v2+json",
          "application/vnd.oci.image.manifest.v1+json",
          "application/vnd.docker.distribution.manifest.v2+json");
  private static final int PATIENCE_MILLIS = 3000;
  private static final int LIMIT = 1024 * 1024;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Aws aws;

  ArchitectureReader(Aws aws) {
    this.aws = aws;
  }

  /**
   * The architectures as OCI names them, {@code amd64} or {@code arm64}; none when nothing could be
   * read, and {@code unknown} alone for an index of nothing but attestations.
   */
  List<String> architectures(Ask ask, Repository repository, ImageIdentifier id) {
    String manifest =
        ask.quietly(
            "",
            () ->
                aws
                    .ecr()
                    .batchGetImage(r ->
                        r.registryId(repository.registryId())
                            .repositoryName(repository.repositoryName())
                            .imageIds(id)
                            .acceptedMediaTypes(MANIFESTS))
                    .images()
                    .stream()
                    .map(i -> i.imageManifest())
                    .findFirst()
                    .orElse(""));
    JsonNode read = json(manifest);
    Set<String> found = new LinkedHashSet<>();
    for (JsonNode each : read.path("manifests")) {
      found.add(each.path("platform").path("architecture").asText(""));
    }
    String configuration = read.path("config").path("digest").asText("");
    if (!configuration.isEmpty()) {
      found.add(configuration(ask, repository, configuration));
    }
    // Attestations stand in an index beside the images, for no processor.
    found.removeIf(String::isEmpty);
    if (found.size() > 1) {
      found.remove("unknown");
    }
    return List.copyOf(found);
  }

  private String configuration(Ask ask, Repository repository, String digest) {
    String url =
        ask.quietly(
            "",
            () ->
                aws.ecr()
                    .getDownloadUrlForLayer(r ->
                        r.registryId(repository.registryId())
                            .repositoryName(repository.repositoryName())
                            .layerDigest(digest))
                    .downloadUrl());
    return url.isEmpty() ? "" : json(fetched(url)).path("architecture").asText("");
  }

  private static String fetched(String url) {
    try {
      URLConnection connection = URI.create(url).toURL().openConnection();
      connection.setConnectTimeout(PATIENCE_MILLIS);
      connection.setReadTimeout(PATIENCE_MILLIS);
      try (InputStream in = connection.getInputStream()) {
        return new String(in.readNBytes(LIMIT), StandardCharsets.UTF_8);
      }
    } catch (IOException | IllegalArgumentException e) {
      return "";
    }
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JacksonException e) {
      return JSON.createObjectNode();
    }
  }
}
