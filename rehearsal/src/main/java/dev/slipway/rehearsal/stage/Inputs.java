package dev.slipway.rehearsal.stage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a Terraform root is always given.
 *
 * @param files files of variables
 * @param values variables by name
 */
public record Inputs(List<Path> files, Map<String, String> values) {

  /** Nothing. */
  public static final Inputs NONE = new Inputs(List.of(), Map.of());

  /** A copy that does not change. */
  public Inputs {
    files = List.copyOf(files);
    values = Map.copyOf(values);
  }

  /** The words for Terraform, with more variables after these. */
  List<String> words(Map<String, String> more) {
    List<String> words = new ArrayList<>();
    files.forEach(file -> words.add("-var-file=" + file));
    values.forEach((name, value) -> words.add("-var=" + name + "=" + value));
    more.forEach((name, value) -> words.add("-var=" + name + "=" + value));
    return words;
  }
}
