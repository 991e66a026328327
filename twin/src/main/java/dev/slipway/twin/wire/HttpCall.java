package dev.slipway.twin.wire;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * An HTTP request that was read whole.
 *
 * @param path the path without the query
 * @param query the raw query; empty when there is none
 * @param headers finds a header's first value by name without case, or null
 * @param body the body, unzipped
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and a copy would cost
record HttpCall(
    String method, String path, String query, UnaryOperator<String> headers, byte[] body) {

  /** A header's first value. */
  Optional<String> header(String name) {
    return Optional.ofNullable(headers.apply(name));
  }
}
