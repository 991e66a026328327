package dev.slipway.verify;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ecr.EcrClient;

/** Images of nothing but a behaviour, in the repository {@code app}. */
final class TinyImage {

  private final EcrClient ecr;

  TinyImage(EcrClient ecr) {
    this.ecr = ecr;
  }

  /** Pushes one whose program behaves so. */
  void push(String tag, String behaviour) {
    byte[] config =
        new JsonMapper()
            .valueToTree(
                Map.of(
                    "architecture",
                    "amd64",
                    "os",
                    "linux",
                    "rootfs",
                    Map.of("type", "layers", "diff_ids", List.of()),
                    "config",
                    Map.of(
                        "Entrypoint",
                        List.of("serve"),
                        "Env",
                        List.of("SLIPWAY_BEHAVIOUR=" + behaviour))))
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    String upload = ecr.initiateLayerUpload(r -> r.repositoryName("app")).uploadId();
    ecr.uploadLayerPart(r ->
        r.repositoryName("app")
            .uploadId(upload)
            .partFirstByte(0L)
            .partLastByte(config.length - 1L)
            .layerPartBlob(SdkBytes.fromByteArray(config)));
    ecr.completeLayerUpload(
        r -> r.repositoryName("app").uploadId(upload).layerDigests(digest(config)));
    String manifest =
        """
        {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
         "config": {"mediaType": "application/vnd.oci.image.config.v1+json", "digest": "%s",
         "size": %d}, "layers": []}\
        """
            .formatted(digest(config), config.length);
    ecr.putImage(r -> r.repositoryName("app").imageTag(tag).imageManifest(manifest));
  }

  private static String digest(byte[] bytes) {
    try {
      return "sha256:"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
