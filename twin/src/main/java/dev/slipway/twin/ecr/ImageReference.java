package dev.slipway.twin.ecr;

/**
 * An image's name taken apart, as container runtimes do.
 *
 * @param host the registry; {@code docker.io} when the text names none
 * @param tag the tag; {@code latest} when the text has neither tag nor digest
 * @param digest the digest, or empty; it wins over the tag
 */
record ImageReference(String host, String repository, String tag, String digest) {

  static ImageReference parse(String text) {
    int at = text.indexOf('@');
    String digest = at < 0 ? "" : text.substring(at + 1);
    String name = at < 0 ? text : text.substring(0, at);
    int slash = name.indexOf('/');
    String first = slash < 0 ? "" : name.substring(0, slash);
    boolean hasHost = first.contains(".") || first.contains(":") || first.equals("localhost");
    String path = hasHost ? name.substring(slash + 1) : name;
    int colon = path.lastIndexOf(':');
    boolean tagged = colon > path.lastIndexOf('/');
    String tag = tagged ? path.substring(colon + 1) : digest.isEmpty() ? "latest" : "";
    return new ImageReference(
        hasHost ? first : "docker.io", tagged ? path.substring(0, colon) : path, tag, digest);
  }

  /** What to look for in the repository. */
  String wanted() {
    return digest.isEmpty() ? tag : digest;
  }
}
