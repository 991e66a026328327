package dev.slipway.twin.ecr.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerReaderTest {

  private static final String STATUS =
      """
      Package: libssl3
      Status: install ok installed
      Source: openssl (3.0.9-1)
      Version: 3.0.9-1
      Description: Secure Sockets Layer toolkit
       Version: not this one

      Package: gone
      Status: deinstall ok config-files
      Version: 1.0
      """;

  @TempDir Path directory;

  @Test
  void knowsThePackagesOfDebianWithTheirSources() throws IOException {
    Inventory inventory =
        read(
            LayerFiles.tar(
                Map.of(
                    "etc/os-release",
                    "NAME=\"Debian GNU/Linux\"\nID=debian\n",
                    "var/lib/dpkg/status",
                    STATUS)));

    assertThat(inventory.system()).isEqualTo("debian");
    assertThat(inventory.software())
        .containsExactly(
            new Software(Ecosystem.DEBIAN, "libssl3", "openssl", "3.0.9-1", "var/lib/dpkg/status"));
  }

  @Test
  void knowsThePackagesOfAlpineAndOfDistrolessImages() throws IOException {
    Inventory alpine =
        read(
            LayerFiles.tar(
                Map.of(
                    "./usr/lib/os-release",
                    "ID=alpine",
                    "lib/apk/db/installed",
                    "C:Q1x=\nP:busybox-binsh\nV:1.36.1-r2\no:busybox\n\nP:musl\nV:1.2.4-r1\n")));
    Inventory distroless =
        read(
            LayerFiles.tar(
                Map.of(
                    "var/lib/dpkg/status.d/base",
                    "Package: base-files\nVersion: 12.4\n",
                    "var/lib/dpkg/status.d/base.md5sums",
                    "Package: no\nVersion: 1\n")));

    assertThat(alpine.hasKnownSystem()).isTrue();
    assertThat(alpine.software())
        .extracting(Software::name)
        .containsExactly("busybox-binsh", "musl");
    assertThat(distroless.software()).extracting(Software::name).containsExactly("base-files");
  }

  @Test
  void knowsJavaArchivesWithinArchives() throws IOException {
    byte[] log4j = LayerFiles.jar("org.apache.logging.log4j", "log4j-core", "2.14.1", new byte[0]);
    Inventory inventory =
        read(
            LayerFiles.tarOfBytes(
                Map.of("app/app.jar", LayerFiles.jar("org.example", "app", "1.0", log4j))));

    assertThat(inventory.software())
        .extracting(Software::name)
        .containsExactlyInAnyOrder("org.example:app", "org.apache.logging.log4j:log4j-core");
  }

  @Test
  void letsALaterLayerReplaceFilesAndTakeThemAway() throws IOException {
    byte[] old = LayerFiles.jar("g", "a", "1", new byte[0]);
    byte[] renewed = LayerFiles.jar("g", "a", "2", new byte[0]);
    byte[] base =
        LayerFiles.tarOfBytes(
            Map.of("lib/a.jar", old, "lib/b.jar", old, "opt/c.jar", old, "opt/x/d.jar", old));
    byte[] next =
        LayerFiles.tarOfBytes(
            Map.of(
                "lib/a.jar",
                renewed,
                "lib/.wh.b.jar",
                new byte[0],
                "opt/.wh..wh..opq",
                new byte[0],
                "opt/e.jar",
                renewed));

    assertThat(read(base, next).software())
        .extracting(s -> s.file() + " " + s.version())
        .containsExactly("lib/a.jar 2", "opt/e.jar 2");
  }

  @Test
  void takesWhatIsNoArchiveForEmpty() throws IOException {
    byte[] text = "no archive".getBytes(StandardCharsets.UTF_8);

    assertThat(read(text).software()).isEmpty();
    assertThat(read(LayerFiles.tarOfBytes(Map.of("a.jar", text))).software()).isEmpty();
  }

  private Inventory read(byte[]... layers) throws IOException {
    List<Path> files = new ArrayList<>();
    for (byte[] layer : layers) {
      Path file = Files.createTempFile(directory, "layer", ".tar");
      files.add(Files.write(file, layer));
    }
    return LayerReader.read(files);
  }
}
