package dev.slipway.twin.ecr.scan;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Makes the layers of images from files. */
public final class LayerFiles {

  private LayerFiles() {}

  /** A layer with text files. */
  public static byte[] tar(Map<String, String> files) {
    Map<String, byte[]> bytes = new TreeMap<>();
    files.forEach((path, text) -> bytes.put(path, text.getBytes(StandardCharsets.UTF_8)));
    return tarOfBytes(bytes);
  }

  /** A layer with any files. */
  public static byte[] tarOfBytes(Map<String, byte[]> files) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      for (Map.Entry<String, byte[]> file : new TreeMap<>(files).entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
        entry.setSize(file.getValue().length);
        tar.putArchiveEntry(entry);
        tar.write(file.getValue());
        tar.closeArchiveEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** A Java archive as Maven builds it, with another one in it if there is one. */
  public static byte[] jar(String group, String artifact, String version, byte[] nested) {
    String properties =
        "groupId=%s\nartifactId=%s\nversion=%s\n".formatted(group, artifact, version);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      String entry = "META-INF/maven/" + group + "/" + artifact + "/pom.properties";
      zip.putNextEntry(new ZipEntry(entry));
      zip.write(properties.getBytes(StandardCharsets.UTF_8));
      if (nested.length > 0) {
        zip.putNextEntry(new ZipEntry("BOOT-INF/lib/nested.jar"));
        zip.write(nested);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
