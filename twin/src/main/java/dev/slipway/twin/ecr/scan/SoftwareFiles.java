package dev.slipway.twin.ecr.scan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The files in which an image says what it is made of. Sources: deb-status of dpkg(1); the APK
 * installed database, Alpine wiki; os-release(5).
 */
final class SoftwareFiles {

  /** What a file tells. */
  enum Kind {
    /** Which system it is. */
    SYSTEM,
    /** Packages of Debian. */
    DPKG,
    /** Packages of Alpine. */
    APK,
    /** A Java archive. */
    JAR,
    /** Nothing. */
    OTHER
  }

  private SoftwareFiles() {}

  static Kind kindOf(String path) {
    if (Set.of("etc/os-release", "usr/lib/os-release").contains(path)) {
      return Kind.SYSTEM;
    }
    // Distroless images have one file a package.
    if (path.equals("var/lib/dpkg/status")
        || path.startsWith("var/lib/dpkg/status.d/") && !path.endsWith(".md5sums")) {
      return Kind.DPKG;
    }
    if (Set.of("lib/apk/db/installed", "usr/lib/apk/db/installed").contains(path)) {
      return Kind.APK;
    }
    return path.endsWith(".jar") || path.endsWith(".war") ? Kind.JAR : Kind.OTHER;
  }

  static String systemId(String osRelease) {
    return osRelease
        .lines()
        .filter(line -> line.startsWith("ID="))
        .map(line -> line.substring(3).replace("\"", "").strip())
        .findFirst()
        .orElse("");
  }

  static List<Software> dpkg(String path, String text) {
    List<Software> found = new ArrayList<>();
    for (Map<String, String> stanza : stanzas(text)) {
      String name = stanza.getOrDefault("Package", "");
      String version = stanza.getOrDefault("Version", "");
      String status = stanza.getOrDefault("Status", "ok installed");
      // A package that was removed keeps its stanza while its settings stay.
      if (!name.isEmpty() && !version.isEmpty() && status.endsWith(" installed")) {
        String source = stanza.getOrDefault("Source", name).split(" ", 2)[0];
        found.add(new Software(Ecosystem.DEBIAN, name, source, version, path));
      }
    }
    return found;
  }

  static List<Software> apk(String path, String text) {
    List<Software> found = new ArrayList<>();
    for (Map<String, String> stanza : stanzas(text)) {
      String name = stanza.getOrDefault("P", "");
      String version = stanza.getOrDefault("V", "");
      if (!name.isEmpty() && !version.isEmpty()) {
        String source = stanza.getOrDefault("o", name);
        found.add(new Software(Ecosystem.ALPINE, name, source, version, path));
      }
    }
    return found;
  }

  /** Fields in stanzas, with an empty line in between. A line that begins with a space goes on. */
  private static List<Map<String, String>> stanzas(String text) {
    List<Map<String, String>> all = new ArrayList<>();
    Map<String, String> stanza = new HashMap<>();
    for (String line : (text + "\n\n").split("\n", -1)) {
      int colon = line.indexOf(':');
      if (line.isBlank()) {
        all.add(stanza);
        stanza = new HashMap<>();
      } else if (colon > 0 && !Character.isWhitespace(line.charAt(0))) {
        stanza.putIfAbsent(line.substring(0, colon), line.substring(colon + 1).strip());
      }
    }
    return all;
  }
}
