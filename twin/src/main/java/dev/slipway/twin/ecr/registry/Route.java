package dev.slipway.twin.ecr.registry;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a path of the registry protocol names.
 *
 * @param repository the repository, or empty
 * @param reference the tag, digest or upload id, or empty
 */
record Route(Kind kind, String repository, String reference) {

  /** The resources of the protocol, in the order in which their paths are tried. */
  enum Kind {
    PING("/v2/?"),
    CATALOG("/v2/_catalog"),
    UPLOADS("/v2/(.+)/blobs/uploads/?"),
    UPLOAD("/v2/(.+)/blobs/uploads/([^/]+)"),
    BLOB("/v2/(.+)/blobs/([^/]+)"),
    MANIFEST("/v2/(.+)/manifests/([^/]+)"),
    TAGS("/v2/(.+)/tags/list"),
    REFERRERS("/v2/(.+)/referrers/([^/]+)");

    private final Pattern path;

    Kind(String path) {
      this.path = Pattern.compile(path);
    }
  }

  private static final List<Kind> KINDS = List.of(Kind.values());

  static Optional<Route> of(String path) {
    for (Kind kind : KINDS) {
      Matcher matcher = kind.path.matcher(path);
      if (matcher.matches()) {
        int groups = matcher.groupCount();
        return Optional.of(
            new Route(
                kind, groups > 0 ? matcher.group(1) : "", groups > 1 ? matcher.group(2) : ""));
      }
    }
    return Optional.empty();
  }
}
