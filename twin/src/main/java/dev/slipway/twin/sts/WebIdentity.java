package dev.slipway.twin.sts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.twin.world.AwsError;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The claims of a web identity token. Source: STS API reference, AssumeRoleWithWebIdentity.
 *
 * @param issuer the URL of the provider without its scheme
 */
record WebIdentity(String issuer, JsonNode claims) {

  private static final JsonMapper JSON = new JsonMapper();

  static WebIdentity read(String token) {
    String[] parts = token == null ? new String[0] : token.split("\\.", -1);
    try {
      if (parts.length == 3) {
        JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
        return new WebIdentity(claims.path("iss").asText().replaceFirst("^https://", ""), claims);
      }
    } catch (IOException | IllegalArgumentException e) {
      // Falls through to the refusal.
    }
    throw AwsError.of(
        "InvalidIdentityToken",
        "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access"
            + " Token)");
  }

  /** Refuses a token for somebody else, and one that has expired. */
  void check(List<String> audiences, Instant now) {
    if (claim("aud").stream().noneMatch(audiences::contains)) {
      throw AwsError.of("InvalidIdentityToken", "Incorrect token audience");
    }
    Instant expires = Instant.ofEpochSecond(claims.path("exp").asLong(Long.MAX_VALUE / 1_000_000));
    if (!now.isBefore(expires)) {
      throw AwsError.of(
          "ExpiredTokenException",
          "Token expired: current date/time %d must be before the expiration date/time %d"
              .formatted(now.getEpochSecond(), expires.getEpochSecond()));
    }
  }

  List<String> claim(String name) {
    return texts(claims.path(name));
  }

  /** The claims as the condition keys of a trust policy, such as {@code <issuer>:sub}. */
  Map<String, List<String>> conditionKeys() {
    Map<String, List<String>> keys = new TreeMap<>();
    claims.properties().forEach(c -> keys.put(issuer + ":" + c.getKey(), texts(c.getValue())));
    return keys;
  }

  private static List<String> texts(JsonNode json) {
    List<String> found = new ArrayList<>();
    if (json.isArray()) {
      json.forEach(item -> found.add(item.asText()));
    } else if (json.isValueNode()) {
      found.add(json.asText());
    }
    return List.copyOf(found);
  }
}
