package dev.slipway.twin.runtime.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Turns an image's command into one that runs on the host: the JVM is the host's, and absolute
 * paths that exist in the image lead into the image's unpacked files. Works on {@code -jar /x},
 * class paths {@code /a:/b/*}, {@code -Dkey=/path} and argument files {@code @/file}.
 *
 * @param root the image's unpacked files
 * @param scratch a directory of the task for files made on the way
 */
record CommandLine(Path root, Path scratch) {

  private static final Path HOST_JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  /**
   * The command for the host.
   *
   * @param jvmArguments what to add when the program is a JVM
   * @return empty when the image has no such program
   */
  Optional<List<String>> resolve(List<String> command, List<String> jvmArguments)
      throws IOException {
    String program = command.getFirst();
    List<String> resolved = new ArrayList<>();
    if (program.equals("java") || program.endsWith("/java")) {
      resolved.add(HOST_JAVA.toString());
      resolved.addAll(jvmArguments);
    } else {
      Path file = root.resolve(program.startsWith("/") ? program.substring(1) : program);
      if (!Files.isExecutable(file)) {
        return Optional.empty();
      }
      resolved.add(file.toString());
    }
    for (String argument : command.subList(1, command.size())) {
      resolved.add(argument(argument));
    }
    return Optional.of(resolved);
  }

  private String argument(String argument) throws IOException {
    if (argument.startsWith("@/")) {
      return argumentFile(argument);
    }
    int equals = argument.indexOf('=');
    if (argument.startsWith("-") && equals > 0) {
      return argument.substring(0, equals + 1) + pathList(argument.substring(equals + 1));
    }
    return pathList(argument);
  }

  private String argumentFile(String argument) throws IOException {
    Path file = inRoot(argument.substring(1));
    if (!Files.isRegularFile(file)) {
      return argument;
    }
    String content =
        Files.readString(file)
            .lines()
            .map(this::pathList)
            .collect(Collectors.joining(System.lineSeparator()));
    Path copy = scratch.resolve("arguments-" + file.getFileName());
    Files.writeString(copy, content);
    return "@" + copy;
  }

  private String pathList(String text) {
    return Arrays.stream(text.split(":", -1)).map(this::path).collect(Collectors.joining(":"));
  }

  private String path(String text) {
    if (!text.startsWith("/")) {
      return text;
    }
    boolean wildcard = text.endsWith("/*");
    Path inside = inRoot(wildcard ? text.substring(0, text.length() - 2) : text);
    return Files.exists(inside) ? inside + (wildcard ? "/*" : "") : text;
  }

  private Path inRoot(String absolute) {
    return root.resolve(absolute.substring(1)).normalize();
  }
}
