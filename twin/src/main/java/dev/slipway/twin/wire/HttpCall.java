package dev.slipway.twin.wire;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * An HTTP request that was read whole.
 *
 * @param path the path without the query
 * @param query the raw query; empty when there is none
 * @param headers finds a header's first value by name without case, or null
 * @param headerNames the names of all headers, as they were sent
 * @param body the body, unzipped
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and a copy would cost
record HttpCall(
    String method,
    String path,
    String query,
    UnaryOperator<String> headers,
    Supplier<Set<String>> headerNames,
    byte[] body) {

  /** A request of which nobody will ask for all headers. */
  HttpCall(String method, String path, String query, UnaryOperator<String> headers, byte[] body) {
    this(method, path, query, headers, Set::of, body);
  }

  /** This request with headers that came behind its body. */
  HttpCall withTrailers(Map<String, String> trailers) {
    if (trailers.isEmpty()) {
      return this;
    }
    UnaryOperator<String> both =
        name -> {
          String trailer = trailers.get(name.toLowerCase(Locale.ROOT));
          return trailer == null ? headers.apply(name) : trailer;
        };
    return new HttpCall(method, path, query, both, headerNames, body);
  }

  /** A header's first value. */
  Optional<String> header(String name) {
    return Optional.ofNullable(headers.apply(name));
  }
}
