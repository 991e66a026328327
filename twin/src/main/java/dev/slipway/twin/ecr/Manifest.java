package dev.slipway.twin.ecr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.twin.world.AwsError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What an image manifest or an index says. Texts that it does not carry are empty. */
public sealed interface Manifest {

  /** The media type of an OCI index. */
  String OCI_INDEX = "application/vnd.oci.image.index.v1+json";

  /** The media type of an OCI manifest. */
  String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";

  /** The media type of Docker's manifest list. */
  String DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";

  /** The media type of Docker's manifest, schema 2. */
  String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";

  /** A manifest is at most 4 MiB. Source: the ECR API model, type ImageManifest. */
  int MAX_BYTES = 4 * 1024 * 1024;

  /** The type of the document itself. */
  String mediaType();

  /** The type of the artifact, when it is no ordinary image. */
  String artifactType();

  /** The digest of the manifest that this one is about. */
  String subject();

  /** Annotations. */
  Map<String, String> annotations();

  /** An image or another artifact: a configuration and layers. */
  record Image(
      String mediaType,
      String artifactType,
      String subject,
      Map<String, String> annotations,
      Descriptor config,
      List<Descriptor> layers)
      implements Manifest {

    /** Every blob that must be in the repository before the manifest. */
    Stream<Descriptor> blobs() {
      return Stream.concat(Stream.of(config), layers.stream().filter(l -> !l.elsewhere()));
    }
  }

  /** A list of manifests, one for each platform. */
  record Index(
      String mediaType,
      String artifactType,
      String subject,
      Map<String, String> annotations,
      List<Descriptor> children)
      implements Manifest {}

  /**
   * A reference to content.
   *
   * @param platform {@code os/architecture}, or empty
   * @param elsewhere whether the content has to be fetched from URLs of its own
   */
  record Descriptor(
      String mediaType, String digest, long size, String platform, boolean elsewhere) {}

  /**
   * Reads a document.
   *
   * @param declaredType the media type that the client declares, or an empty text
   * @throws AwsError {@code InvalidParameterException} when it is no manifest
   */
  static Manifest parse(byte[] document, String declaredType) {
    JsonNode json = read(document);
    String type = json.path("mediaType").asText(declaredType);
    if (type.isEmpty()) {
      type = json.has("manifests") ? OCI_INDEX : OCI_MANIFEST;
    }
    if (!declaredType.isEmpty() && !declaredType.equals(type)) {
      throw invalid("its media type is " + type + " and it was declared as " + declaredType);
    }
    String subject = json.path("subject").path("digest").asText("");
    String artifactType = json.path("artifactType").asText("");
    Map<String, String> annotations = annotations(json);
    if (Set.of(OCI_INDEX, DOCKER_LIST).contains(type)) {
      return new Index(type, artifactType, subject, annotations, all(json, "manifests"));
    }
    if (!Set.of(OCI_MANIFEST, DOCKER_MANIFEST).contains(type)) {
      throw invalid("the media type " + type + " is not supported by the twin");
    }
    if (!json.path("config").isObject()) {
      throw invalid("it has no config");
    }
    Descriptor config = descriptor(json.path("config"));
    return new Image(
        type,
        artifactType.isEmpty() ? config.mediaType() : artifactType,
        subject,
        annotations,
        config,
        all(json, "layers"));
  }

  private static JsonNode read(byte[] document) {
    try {
      JsonNode json = new ObjectMapper().readTree(document);
      if (json.isObject() && json.path("schemaVersion").asInt() == 2) {
        return json;
      }
    } catch (IOException e) {
      throw invalid("it is not JSON");
    }
    throw invalid("it is not a JSON object of schema version 2");
  }

  private static List<Descriptor> all(JsonNode json, String field) {
    List<Descriptor> found = new ArrayList<>();
    json.path(field).forEach(item -> found.add(descriptor(item)));
    return List.copyOf(found);
  }

  private static Descriptor descriptor(JsonNode json) {
    String digest = json.path("digest").asText("");
    if (!BlobStore.isDigest(digest)) {
      throw invalid("'" + digest + "' is not a SHA-256 digest");
    }
    JsonNode platform = json.path("platform");
    return new Descriptor(
        json.path("mediaType").asText(""),
        digest,
        json.path("size").asLong(),
        platform.isObject()
            ? platform.path("os").asText() + "/" + platform.path("architecture").asText()
            : "",
        !json.path("urls").isEmpty());
  }

  private static Map<String, String> annotations(JsonNode json) {
    Map<String, String> found = new LinkedHashMap<>();
    json.path("annotations")
        .properties()
        .forEach(e -> found.put(e.getKey(), e.getValue().asText()));
    return Map.copyOf(found);
  }

  private static AwsError invalid(String why) {
    return AwsError.of(
        "InvalidParameterException",
        "Invalid parameter at 'ImageManifest' failed to satisfy constraint:"
            + " 'Invalid JSON syntax or unsupported manifest': "
            + why);
  }
}
