package dev.slipway.twin.runtime.process;

import dev.slipway.twin.ecr.Images;
import dev.slipway.twin.ecr.LayerFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The unpacked layers of images, one directory an image digest, shared by the tasks that run it.
 * Thread safe.
 */
final class RootFilesystem {

  private static final String WHITEOUT = ".wh.";
  private static final String OPAQUE = ".wh..wh..opq";

  private final Path directory;

  RootFilesystem(Path directory) {
    this.directory = directory;
  }

  /** The directory with the image's files, unpacked at first use. */
  synchronized Path of(Images.Image image) throws IOException {
    Path root = directory.resolve(image.digest().replace(':', '-'));
    if (Files.exists(root)) {
      return root;
    }
    Path partial = directory.resolve(root.getFileName() + ".partial");
    deleteTree(partial);
    Files.createDirectories(partial);
    for (Images.Layer layer : image.layers()) {
      unpack(layer.file(), partial);
    }
    return Files.move(partial, root, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void unpack(Path layer, Path root) throws IOException {
    try (TarArchiveInputStream tar = LayerFile.open(layer)) {
      TarArchiveEntry entry;
      while ((entry = tar.getNextEntry()) != null) {
        Path target = root.resolve(entry.getName()).normalize();
        if (!target.startsWith(root)) {
          throw new IOException("layer entry " + entry.getName() + " leads out of the image");
        }
        unpackEntry(tar, entry, target, root);
      }
    }
  }

  private static void unpackEntry(
      TarArchiveInputStream tar, TarArchiveEntry entry, Path target, Path root) throws IOException {
    String name = String.valueOf(target.getFileName());
    if (name.equals(OPAQUE)) {
      for (Path child : childrenOf(target.getParent())) {
        deleteTree(child);
      }
    } else if (name.startsWith(WHITEOUT)) {
      deleteTree(target.resolveSibling(name.substring(WHITEOUT.length())));
    } else if (entry.isDirectory()) {
      Files.createDirectories(target);
    } else {
      Files.createDirectories(target.getParent());
      deleteTree(target);
      if (entry.isSymbolicLink()) {
        link(entry, target, root);
      } else if (entry.isLink()) {
        Files.createLink(target, inside(root, root.resolve(relative(entry.getLinkName()))));
      } else {
        Files.copy(tar, target);
        if ((entry.getMode() & 0111) != 0) {
          target.toFile().setExecutable(true, false);
        }
      }
    }
  }

  /** Absolute links are made relative to the image, so that they never lead to the host's files. */
  private static void link(TarArchiveEntry entry, Path target, Path root) throws IOException {
    String to = entry.getLinkName();
    Path absolute = to.startsWith("/") ? root.resolve(relative(to)) : target.resolveSibling(to);
    Path destination = inside(root, absolute);
    Files.createSymbolicLink(target, target.getParent().relativize(destination));
  }

  private static Path inside(Path root, Path path) throws IOException {
    Path normal = path.normalize();
    if (!normal.startsWith(root)) {
      throw new IOException("a link of the image leads out of it: " + root.relativize(normal));
    }
    return normal;
  }

  private static String relative(String path) {
    return path.startsWith("/") ? path.substring(1) : path;
  }

  private static List<Path> childrenOf(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(directory)) {
      return children.toList();
    }
  }

  private static void deleteTree(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(path)) {
      for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
