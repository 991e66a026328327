package dev.slipway.twin.tagging;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Operations;
import dev.slipway.twin.world.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;

/** Asks the services of a world through their own operations. */
final class Questions {

  private final World world;

  Questions(World world) {
    this.world = world;
  }

  /** The answer; empty when the world does not have the operation or the resource has gone. */
  <R extends SdkResponse> Optional<R> ask(SdkRequest request, Class<R> responseType) {
    if (!has(request)) {
      return Optional.empty();
    }
    try {
      return Optional.of(world.operations().call(request, responseType));
    } catch (AwsError e) {
      return Optional.empty();
    }
  }

  /**
   * All items of a paged listing.
   *
   * @param request makes the request for a token, which is null at first
   */
  <R extends SdkResponse, T> List<T> all(
      Function<String, SdkRequest> request,
      Class<R> responseType,
      Function<R, List<T>> items,
      Function<R, String> nextToken) {
    List<T> all = new ArrayList<>();
    String token = null;
    do {
      Optional<R> page = ask(request.apply(token), responseType);
      page.map(items).ifPresent(all::addAll);
      token = page.map(nextToken).orElse(null);
    } while (token != null);
    return all;
  }

  World world() {
    return world;
  }

  private boolean has(SdkRequest request) {
    String service = Operations.servicePackage(request.getClass());
    String simple = request.getClass().getSimpleName();
    String action = simple.substring(0, simple.length() - "Request".length());
    return world.operations().requestType(service, action).isPresent();
  }

  /** Tags by key. A tag without a value has an empty one; of two with one key the last counts. */
  static <T> Map<String, String> byKey(
      List<T> tags, Function<T, String> key, Function<T, String> value) {
    Map<String, String> byKey = new LinkedHashMap<>();
    tags.forEach(tag ->
        byKey.put(
            Objects.requireNonNullElse(key.apply(tag), ""),
            Objects.requireNonNullElse(value.apply(tag), "")));
    return byKey;
  }
}
