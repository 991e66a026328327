package dev.slipway.twin.ecr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.twin.world.Caller;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A signed permission to use the registry of an account and region.
 *
 * @param scope {@code *} for all of the registry, or the one {@code repository@digest}
 * @param expiresAt when it ends, in world time
 * @param caller who asked for it, and acts with it
 */
public record RegistryToken(
    String account, String region, String scope, Instant expiresAt, Caller caller) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A token and the proof that it carries. */
  record Signed(RegistryToken token, String payload, String signature) {

    boolean isGenuine(String key) {
      return MessageDigest.isEqual(
          signature.getBytes(StandardCharsets.UTF_8),
          sign(payload, key).getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The text that clients carry: Base64 of a JSON object, as ECR's passwords are. */
  String encode(String key) {
    String payload =
        String.join(
            "|",
            account,
            region,
            scope,
            "" + expiresAt.getEpochSecond(),
            caller.accessKeyId(),
            caller.arn(),
            caller.userId());
    String json =
        JSON.createObjectNode()
            .put("payload", payload)
            .put("datakey", sign(payload, key))
            .put("version", "2")
            .put("type", "DATA_KEY")
            .put("expiration", expiresAt.getEpochSecond())
            .toString();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads a text without judging it; empty when it is no token at all. */
  public static Optional<RegistryToken> peek(String text) {
    return decode(text).map(Signed::token);
  }

  static Optional<Signed> decode(String text) {
    try {
      JsonNode json = JSON.readTree(Base64.getUrlDecoder().decode(text));
      String payload = json.path("payload").asText("");
      String[] parts = payload.split("\\|", -1);
      if (parts.length != 7) {
        return Optional.empty();
      }
      RegistryToken token =
          new RegistryToken(
              parts[0],
              parts[1],
              parts[2],
              Instant.ofEpochSecond(Long.parseLong(parts[3])),
              new Caller(parts[4], parts[5], parts[6]));
      return Optional.of(new Signed(token, payload, json.path("datakey").asText("")));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String sign(String payload, String key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(payload.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
