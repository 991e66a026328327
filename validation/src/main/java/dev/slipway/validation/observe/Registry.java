package dev.slipway.validation.observe;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.Repository;

/**
 * What the account's registry says of the images in use.
 *
 * @param repositories every repository, as DescribeRepositories
 * @param images what DescribeImages says of each image that was looked up; {@code Lookup.ABSENT}
 *     when it says that there is none
 */
public record Registry(List<Repository> repositories, Map<ImageName, Lookup> images) {

  /** Nothing read. */
  public static final Registry NONE = new Registry(List.of(), Map.of());

  /**
   * The repository of an image, by its URI: the longest URI that the image's name begins with. The
   * shape of the registry's host name is never looked at.
   */
  public Optional<Repository> repositoryOf(ImageName image) {
    return repositories.stream()
        .filter(r -> image.repository().equals(r.repositoryUri()))
        .findFirst();
  }

  /** What is known of an image. */
  public Optional<Lookup> lookup(ImageName image) {
    return Optional.ofNullable(images.get(image));
  }

  /**
   * The answer to "is this image there?".
   *
   * @param found whether it is
   * @param detail its description, when it is; else an empty one
   * @param architectures the processors that it is built for, as OCI names them; none when that was
   *     not asked
   */
  public record Lookup(boolean found, ImageDetail detail, List<String> architectures) {
    /** The registry says that there is no such image. */
    public static final Lookup ABSENT = new Lookup(false, ImageDetail.builder().build());

    /** The processors that it is built for were not asked. */
    public Lookup(boolean found, ImageDetail detail) {
      this(found, detail, List.of());
    }
  }
}
