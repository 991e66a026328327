package dev.slipway.twin.ecr.scan;

/**
 * A piece of software in an image.
 *
 * @param name the package, or {@code groupId:artifactId} of a Java archive
 * @param source the source package that it was built from, which advisories may name as well
 * @param file where the image says so
 */
public record Software(
    Ecosystem ecosystem, String name, String source, String version, String file) {

  boolean isNamed(String text) {
    return name.equals(text) || source.equals(text);
  }
}
