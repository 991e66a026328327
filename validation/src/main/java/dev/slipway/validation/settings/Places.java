package dev.slipway.validation.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where settings may stand: flags (or a test framework's parameters) before the environment, that
 * before a file, that before the outputs of Terraform.
 *
 * @param flags the flag of a setting or file, by its word; {@code null} when it is not given
 * @param flagNames what to call a flag in messages, by its word
 * @param environment the variables
 * @param directory what relative names of files start from
 * @param input what {@code -} means
 */
public record Places(
    Function<String, String> flags,
    Function<String, String> flagNames,
    Map<String, String> environment,
    Path directory,
    InputStream input) {

  /** The words of flags that name files. */
  static final String CONFIG = "config";

  static final String SERVICES_FILE = "services-file";
  static final String TERRAFORM_OUTPUT = "terraform-output";
  static final String ALL = "all";
  static final String THOROUGH = "thorough";
  private static final String SERVICES = "services";

  /** The layers, the strongest first. */
  Settings settings() throws WrongSetting {
    List<Layer> layers = new ArrayList<>();
    layers.add(new TextLayer(s -> flags.apply(s.word()), s -> flagNames.apply(s.word())));
    layers.add(TextLayer.environment(environment));
    Optional<FileLayer> config = config();
    config.ifPresent(layers::add);
    Optional<String> terraform = place(TERRAFORM_OUTPUT);
    if (terraform.isPresent()) {
      layers.add(TerraformLayer.of(node(terraform.get()), shown(terraform.get())));
    }
    return new Settings(List.copyOf(layers));
  }

  /** The list of services, with the name of the file that it stands in; absent when none does. */
  Optional<Listed> listed() throws WrongSetting {
    Optional<String> file = place(SERVICES_FILE);
    if (file.isPresent()) {
      Node node = node(file.get());
      String shown = shown(file.get());
      if (node instanceof Node.Mapping) {
        FileLayer whole = FileLayer.of(node, shown, List.of(SERVICES));
        return Optional.of(new Listed(whole.mapping().entries().get(SERVICES), shown));
      }
      return Optional.of(new Listed(node, shown));
    }
    return config()
        .filter(c -> c.mapping().entries().containsKey(SERVICES))
        .map(c -> new Listed(c.mapping().entries().get(SERVICES), c.shown()));
  }

  /** Whether a flag without a value is set, here or there. */
  boolean truth(String word) throws WrongSetting {
    Optional<Value> said = place(word).map(text -> new Value(text, placeName(word)));
    if (said.isEmpty()) {
      Optional<FileLayer> config = config();
      Node node = config.map(c -> c.mapping().entries().get(word)).orElse(null);
      if (node == null) {
        return false;
      }
      said =
          Optional.of(
              new Value(
                  node.kind(),
                  FileLayer.at(config.get().shown(), node.line()) + " (" + word + ")"));
    }
    String text = said.get().text();
    Rules.demand(List.of("true", "false").contains(text), said.get(), "true or false", "--" + word);
    return text.equals("true");
  }

  /** What to call the flag or variable that names a place. */
  String placeName(String word) {
    String flag = flags.apply(word);
    return flag == null || flag.isBlank() ? variable(word) : flagNames.apply(word);
  }

  private Optional<FileLayer> config() throws WrongSetting {
    Optional<String> file = place(CONFIG);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    List<String> known = new ArrayList<>(Setting.words());
    known.add(SERVICES);
    known.add(ALL);
    known.add(THOROUGH);
    return Optional.of(FileLayer.of(node(file.get()), shown(file.get()), List.copyOf(known)));
  }

  /** A file by its name in a setting. */
  Path file(String name) {
    return directory.resolve(name);
  }

  private Node node(String file) throws WrongSetting {
    if (!file.equals("-")) {
      return SettingsFile.read(directory.resolve(file), file);
    }
    try {
      return SettingsFile.parse(
          new String(input.readAllBytes(), StandardCharsets.UTF_8), shown(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<String> place(String word) {
    String flag = flags.apply(word);
    if (flag != null && !flag.isBlank()) {
      return Optional.of(flag.strip());
    }
    String variable = environment.get(variable(word));
    return variable == null || variable.isBlank()
        ? Optional.empty()
        : Optional.of(variable.strip());
  }

  private static String shown(String file) {
    return file.equals("-") ? "standard input" : file;
  }

  private static String variable(String word) {
    return "SLIPWAY_" + word.replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /**
   * A list of services as it stands in a file.
   *
   * @param node the list; {@code null} when the file has none
   * @param shown the file's name in messages
   */
  record Listed(Node node, String shown) {}
}
