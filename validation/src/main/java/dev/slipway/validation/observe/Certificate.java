package dev.slipway.validation.observe;

import java.time.Instant;
import java.util.List;

/**
 * A TLS certificate of a listener.
 *
 * @param arn its ARN
 * @param status as ACM says, for instance {@code ISSUED}
 * @param names the host names that it is for; a leading {@code *.} stands for one label
 * @param notAfter until when it is valid; null when unknown
 */
public record Certificate(String arn, String status, List<String> names, Instant notAfter) {

  /** Whether it is for a host name. Source: RFC 6125, section 6.4.3. */
  public boolean covers(String host) {
    String wanted = host.toLowerCase(java.util.Locale.ROOT);
    return names.stream()
        .map(n -> n.toLowerCase(java.util.Locale.ROOT))
        .anyMatch(n ->
            n.equals(wanted)
                || (n.startsWith("*.")
                    && wanted.indexOf('.') > 0
                    && wanted.substring(wanted.indexOf('.')).equals(n.substring(1))));
  }
}
