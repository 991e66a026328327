package dev.slipway.validation.observe;

/**
 * The name of a container image: {@code repository[:tag][@digest]}.
 *
 * @param repository host and path
 * @param tag the tag, empty when there is none
 * @param digest the digest, empty when there is none
 */
public record ImageName(String repository, String tag, String digest) {

  /** Takes a name apart. A colon before a slash belongs to the host's port. */
  public static ImageName parse(String image) {
    int at = image.indexOf('@');
    String digest = at < 0 ? "" : image.substring(at + 1);
    String name = at < 0 ? image : image.substring(0, at);
    int colon = name.lastIndexOf(':');
    boolean tagged = colon > name.lastIndexOf('/');
    return new ImageName(
        tagged ? name.substring(0, colon) : name, tagged ? name.substring(colon + 1) : "", digest);
  }

  /** The same repository's image with this digest. */
  public ImageName at(String otherDigest) {
    return new ImageName(repository, "", otherDigest);
  }

  @Override
  public String toString() {
    return repository + (tag.isEmpty() ? "" : ":" + tag) + (digest.isEmpty() ? "" : "@" + digest);
  }
}
