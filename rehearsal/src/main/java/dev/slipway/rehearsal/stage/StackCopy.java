package dev.slipway.rehearsal.stage;

import dev.slipway.validation.report.Message;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A copy of somebody's Terraform, so that nothing is written to what is theirs. Its state is kept
 * in a file, wherever theirs is; modules and files beside the root are copied along.
 */
final class StackCopy {

  private static final Pattern UP = Pattern.compile("(?:\\.\\./)+[\\w./-]*|\\.\\.(?=\")");
  private static final Pattern MODULE = Pattern.compile("source\\s*=\\s*\"(\\.\\.?/?[^\"]*)\"");
  private static final Set<String> LEFT_OUT =
      Set.of(".git", ".terraform", ".terragrunt-cache", "node_modules", "target", ".venv");
  private static final String BACKEND = "terraform {\n  backend \"local\" {}\n}\n";
  private static final int FARTHEST = 5;
  private static final long LONGEST = 5_000_000;

  private StackCopy() {}

  /**
   * Copies a root.
   *
   * @param to a directory that is made
   * @return the copy of the root itself
   * @throws StackRefused when it is no Terraform root
   */
  static Path of(Path directory, Path to) throws IOException, StackRefused {
    if (!Files.isDirectory(directory)) {
      throw refused(
          directory,
          Files.exists(directory) ? "is no directory" : "is not there",
          "a typing error");
    }
    if (sources(directory).isEmpty()) {
      throw refused(
          directory, "holds no *.tf", "it is the directory above the root, or another one");
    }
    Path root = directory.toRealPath();
    Path wanted = top(root, new HashSet<>());
    Path highest = highest(root);
    Path top = wanted.startsWith(highest) ? wanted : highest;
    copy(top, to);
    Path copied = to.resolve(top.relativize(root).toString());
    Files.writeString(copied.resolve("slipway_rehearsal_override.tf"), BACKEND);
    return copied;
  }

  private static StackRefused refused(Path directory, String seen, String cause) {
    return new StackRefused(
        new Message(
            "no Terraform in " + directory,
            "expected a directory with *.tf; " + directory + " " + seen,
            cause,
            List.of("slipway rehearse --stack path/to/terraform")));
  }

  private static List<Path> sources(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(f -> f.toString().endsWith(".tf") || f.toString().endsWith(".tf.json"))
          .toList();
    }
  }

  /** The directory that holds all that a module, and the modules that it uses, refer to. */
  private static Path top(Path module, Set<Path> seen) throws IOException {
    Path top = module;
    if (!seen.add(module)) {
      return top;
    }
    for (Path file : sources(module)) {
      String text = Files.readString(file);
      for (Matcher up = UP.matcher(text); up.find(); ) {
        top = common(top, module.resolve(up.group()).normalize());
      }
      for (Matcher used = MODULE.matcher(text); used.find(); ) {
        Path other = module.resolve(used.group(1)).normalize();
        if (Files.isDirectory(other)) {
          top = common(top, top(other, seen));
        }
      }
    }
    return top;
  }

  /** Nothing above a repository is theirs to be copied, and what goes far up is a mistake. */
  private static Path highest(Path root) {
    Path highest = root;
    for (int i = 0; i < FARTHEST && highest.getParent() != null; i++) {
      if (Files.exists(highest.resolve(".git")) || highest.getParent().getNameCount() == 0) {
        return highest;
      }
      highest = highest.getParent();
    }
    return highest;
  }

  private static Path common(Path one, Path other) {
    Path common = one;
    while (!other.startsWith(common) && common.getParent() != null) {
      common = common.getParent();
    }
    return common;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes)
              throws IOException {
            if (LEFT_OUT.contains(dir.getFileName().toString()) && !dir.equals(from)) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(to.resolve(from.relativize(dir).toString()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            String name = file.getFileName().toString();
            boolean state = name.contains(".tfstate") || name.equals(".terraform.lock.hcl");
            if (attributes.isRegularFile() && !state && attributes.size() <= LONGEST) {
              Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
