package dev.slipway.twin.ecr.scan;

import dev.slipway.twin.ecr.LayerFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Reads what an image is made of from its layers, the way a file system lays them on top of one
 * another: a later layer replaces files and takes files away. Blocks.
 *
 * <p>Source: OCI image specification, layer, whiteouts.
 */
public final class LayerReader {

  private static final String WHITEOUT = ".wh.";
  private static final String OPAQUE = ".wh..wh..opq";

  private final Map<String, List<Software>> software = new TreeMap<>();
  private final Map<String, String> systems = new TreeMap<>();

  private LayerReader() {}

  /**
   * Reads an image. A layer that is no tar file holds nothing.
   *
   * @param layers its layers, lowest first
   */
  public static Inventory read(List<Path> layers) {
    LayerReader reader = new LayerReader();
    for (Path layer : layers) {
      reader.lay(layer);
    }
    String system =
        reader.systems.values().stream().filter(id -> !id.isEmpty()).findFirst().orElse("");
    return new Inventory(system, reader.software.values().stream().flatMap(List::stream).toList());
  }

  private void lay(Path layer) {
    Map<String, List<Software>> added = new TreeMap<>();
    try (TarArchiveInputStream tar = LayerFile.open(layer)) {
      TarArchiveEntry entry;
      while ((entry = tar.getNextEntry()) != null) {
        take(path(entry.getName()), entry, tar, added);
      }
    } catch (IOException notAnArchive) {
      // What was read up to here is all that can be told of it.
    }
    software.putAll(added);
  }

  private void take(
      String path,
      TarArchiveEntry entry,
      TarArchiveInputStream tar,
      Map<String, List<Software>> added)
      throws IOException {
    String name = path.substring(path.lastIndexOf('/') + 1);
    String parent = path.substring(0, path.length() - name.length());
    if (name.equals(OPAQUE)) {
      remove(parent);
    } else if (name.startsWith(WHITEOUT)) {
      String gone = parent + name.substring(WHITEOUT.length());
      remove(gone + "/");
      software.remove(gone);
      systems.remove(gone);
    } else if (entry.isFile()) {
      software.remove(path);
      switch (SoftwareFiles.kindOf(path)) {
        case SYSTEM -> systems.put(path, SoftwareFiles.systemId(text(tar)));
        case DPKG -> added.put(path, SoftwareFiles.dpkg(path, text(tar)));
        case APK -> added.put(path, SoftwareFiles.apk(path, text(tar)));
        case JAR -> added.put(path, new ArrayList<>(JarReader.read(path, tar)));
        case OTHER -> {}
      }
    }
  }

  private void remove(String prefix) {
    software.keySet().removeIf(path -> path.startsWith(prefix));
    systems.keySet().removeIf(path -> path.startsWith(prefix));
  }

  private static String path(String entry) {
    String path = entry.startsWith("./") ? entry.substring(2) : entry;
    return path.startsWith("/") ? path.substring(1) : path;
  }

  private static String text(InputStream content) throws IOException {
    return new String(content.readAllBytes(), StandardCharsets.UTF_8);
  }
}
