package dev.slipway.rehearsal;

import dev.slipway.rehearsal.stage.ForeignStack;
import dev.slipway.rehearsal.stage.Inputs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** What says that somebody's own stack is rehearsed, and how it is made. */
final class StackOptions {

  @Option(
      names = "--stack",
      paramLabel = "DIRECTORY",
      description =
          "Rehearse on the ECS service that this Terraform root makes, not on Slipway's own: it is"
              + " copied and applied on the twin; AWS is not touched.")
  private Path stack;

  @Option(
      names = "--service",
      paramLabel = "NAME",
      description =
          "With --stack: which of its services, when it has several behind a load balancer.")
  private String service = "";

  @Option(
      names = "--var",
      paramLabel = "NAME=VALUE",
      description = "With --stack: a variable of Terraform; may be repeated.")
  private Map<String, String> variables = new LinkedHashMap<>();

  @Option(
      names = "--var-file",
      paramLabel = "FILE",
      description = "With --stack: a file of variables of Terraform; may be repeated.")
  private List<Path> files = new ArrayList<>();

  /** The stack, when there is one. */
  Optional<ForeignStack> stack() {
    if (stack == null) {
      return Optional.empty();
    }
    List<Path> found = new ArrayList<>();
    for (Path file : files) {
      found.add(file.toAbsolutePath());
    }
    return Optional.of(new ForeignStack(stack, new Inputs(found, variables), service));
  }

  /** An option that says something about a stack where there is none. */
  Optional<String> pointless() {
    if (stack != null) {
      return Optional.empty();
    }
    return Stream.of(
            service.isEmpty() ? "" : "--service",
            variables.isEmpty() ? "" : "--var",
            files.isEmpty() ? "" : "--var-file")
        .filter(option -> !option.isEmpty())
        .findFirst();
  }
}
