package dev.slipway.twin.ecr;

import dev.slipway.twin.world.Caller;
import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;
import java.time.Duration;

/** Gives out and judges the tokens of one registry. Under the world's lock. */
final class TokenDesk {

  /** Source: ECR user guide, registry_auth: a token is valid for 12 hours. */
  static final Duration TOKEN_LIFETIME = Duration.ofHours(12);

  /** Source: ECR API reference, GetDownloadUrlForLayer: the URL is pre-signed; commonly an hour. */
  static final Duration URL_LIFETIME = Duration.ofHours(1);

  private final World world;

  TokenDesk(World world) {
    this.world = world;
  }

  RegistryToken token(String scope, Duration lifetime) {
    return new RegistryToken(
        world.account(),
        world.region(),
        scope,
        world.now().plus(lifetime),
        Caller.current(world.account()));
  }

  String encode(RegistryToken token) {
    return token.encode(key());
  }

  Ecr.Access judge(String text, String scope) {
    return RegistryToken.decode(text)
        .filter(signed -> signed.isGenuine(key()))
        .map(RegistryToken.Signed::token)
        .filter(token -> token.scope().equals("*") || token.scope().equals(scope))
        .map(token ->
            world.now().isBefore(token.expiresAt()) ? Ecr.Access.GRANTED : Ecr.Access.EXPIRED)
        .orElse(Ecr.Access.DENIED);
  }

  private String key() {
    Table<String> keys = world.table("ecr.tokenKeys");
    if (keys.find("key").isEmpty()) {
      keys.put("key", world.ids().hex(64));
    }
    return keys.find("key").orElseThrow();
  }
}
