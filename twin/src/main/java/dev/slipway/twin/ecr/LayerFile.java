package dev.slipway.twin.ecr;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Opens the layers of images. Source: OCI image specification, layer: a tar, mostly zipped. */
public final class LayerFile {

  private static final int BUFFER = 65_536;

  private LayerFile() {}

  /**
   * The entries of a layer, zipped or not.
   *
   * @throws IOException when the file cannot be read or is no zip that it begins as
   */
  public static TarArchiveInputStream open(Path layer) throws IOException {
    InputStream file = new BufferedInputStream(Files.newInputStream(layer));
    try {
      return new TarArchiveInputStream(plain(file));
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  private static InputStream plain(InputStream file) throws IOException {
    file.mark(2);
    int first = file.read();
    int second = file.read();
    file.reset();
    return first == 0x1f && second == 0x8b ? new GZIPInputStream(file, BUFFER) : file;
  }
}
