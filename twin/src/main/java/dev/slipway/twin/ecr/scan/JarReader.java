package dev.slipway.twin.ecr.scan;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/** Reads which Maven artefacts lie in a Java archive, and in the archives within it. */
final class JarReader {

  private JarReader() {}

  /**
   * Reads an archive from a stream, which stays open.
   *
   * @param path the archive's path in the image
   */
  static List<Software> read(String path, InputStream content) throws IOException {
    List<Software> found = new ArrayList<>();
    try (ZipInputStream zip = new ZipInputStream(unclosed(content))) {
      ZipEntry entry;
      while ((entry = zip.getNextEntry()) != null) {
        String name = entry.getName();
        if (name.startsWith("META-INF/maven/") && name.endsWith("/pom.properties")) {
          found.addAll(artefact(path, zip));
        } else if (name.endsWith(".jar")) {
          found.addAll(read(path + "!/" + name, zip));
        }
      }
    } catch (ZipException | IllegalArgumentException notAnArchive) {
      return found;
    }
    return found;
  }

  private static List<Software> artefact(String path, InputStream content) throws IOException {
    Properties properties = new Properties();
    properties.load(content);
    String group = properties.getProperty("groupId", "");
    String artifact = properties.getProperty("artifactId", "");
    String version = properties.getProperty("version", "");
    if (group.isEmpty() || artifact.isEmpty() || version.isEmpty()) {
      return List.of();
    }
    String name = group + ":" + artifact;
    return List.of(new Software(Ecosystem.MAVEN, name, name, version, path));
  }

  private static InputStream unclosed(InputStream content) {
    return new FilterInputStream(content) {
      @Override
      public void close() {
        // Whoever opened it goes on reading behind the archive.
      }
    };
  }
}
