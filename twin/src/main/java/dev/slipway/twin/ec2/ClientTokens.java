package dev.slipway.twin.ec2;

import dev.slipway.twin.world.World;
import java.util.Optional;

/**
 * Which resource a create call with a client token made, so that a repeated call makes no other.
 */
record ClientTokens(World world) {

  <T> Optional<T> madeBefore(Store<T> store, String token) {
    return token == null
        ? Optional.empty()
        : world.<String>table("ec2.clientTokens").find(key(store, token)).flatMap(store::find);
  }

  void remember(Store<?> store, String token, String id) {
    if (token != null) {
      world.<String>table("ec2.clientTokens").put(key(store, token), id);
    }
  }

  private static String key(Store<?> store, String token) {
    return store.kind().prefix() + '/' + token;
  }
}
