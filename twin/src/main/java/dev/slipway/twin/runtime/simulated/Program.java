package dev.slipway.twin.runtime.simulated;

import dev.slipway.twin.runtime.TaskRuntime.Container;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A container's program: its environment, command and behaviour. */
final class Program {

  private static final Pattern NAMED = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

  private final Container container;
  private final Map<String, String> environment = new LinkedHashMap<>();

  Program(Container container) {
    this.container = container;
    environment.putAll(container.image().config().environment());
    environment.putAll(container.environment());
  }

  /**
   * Why it cannot be started: an image holds one program, the first word of its own command.
   *
   * <p>Source: texts of the container runtime as ECS shows them in stoppedReason.
   */
  Optional<String> refusal() {
    String own = first(List.of(), List.of());
    String wanted = first(container.entryPoint(), container.command());
    if (wanted.isEmpty()) {
      return Optional.of("CannotStartContainerError: no command specified");
    }
    return wanted.equals(own)
        ? Optional.empty()
        : Optional.of(
            "CannotStartContainerError: exec: \""
                + wanted
                + "\": executable file not found in $PATH");
  }

  private String first(List<String> entryPoint, List<String> command) {
    var config = container.image().config();
    List<String> words = new ArrayList<>(entryPoint.isEmpty() ? config.entrypoint() : entryPoint);
    if (!command.isEmpty()) {
      words.addAll(command);
    } else if (entryPoint.isEmpty()) {
      words.addAll(config.command());
    }
    return words.isEmpty() ? "" : words.getFirst();
  }

  /**
   * Its behaviour.
   *
   * @throws IllegalArgumentException when the image carries something else
   */
  Behaviour behaviour() {
    return Behaviour.parse(environment.getOrDefault(Behaviour.VARIABLE, "{}"));
  }

  /** The variables that it needs and does not have. */
  List<String> missing(Behaviour behaviour) {
    return behaviour.requires().stream()
        .filter(name -> environment.getOrDefault(name, "").isEmpty())
        .toList();
  }

  /**
   * Where it listens.
   *
   * @throws IllegalArgumentException when its environment names no port
   */
  List<Integer> ports(Behaviour behaviour) {
    String named = environment.getOrDefault(behaviour.portFrom(), "");
    try {
      int port = named.isEmpty() ? behaviour.port() : Integer.parseInt(named);
      if (port < 0 || port > 65_535) {
        throw new NumberFormatException();
      }
      return port == 0 ? container.ports() : List.of(port);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(behaviour.portFrom() + " is no port: " + named, e);
    }
  }

  /** A text with the values of the variables that it names. */
  String filled(String text) {
    Matcher names = NAMED.matcher(text);
    return names.replaceAll(
        found -> Matcher.quoteReplacement(environment.getOrDefault(found.group(1), "")));
  }
}
