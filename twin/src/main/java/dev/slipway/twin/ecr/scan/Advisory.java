package dev.slipway.twin.ecr.scan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A known vulnerability.
 *
 * @param software the package, its source package, or {@code groupId:artifactId}
 * @param fixedIn the first version without it, or an empty text when there is none yet
 * @param severity INFORMATIONAL, LOW, MEDIUM, HIGH, CRITICAL or UNDEFINED
 * @param ecosystem where it holds; everywhere when empty
 */
public record Advisory(
    String cve,
    String software,
    String fixedIn,
    String severity,
    Optional<Ecosystem> ecosystem,
    String description) {

  private static final Set<String> SEVERITIES =
      Set.of("INFORMATIONAL", "LOW", "MEDIUM", "HIGH", "CRITICAL", "UNDEFINED");

  private static final Set<String> MEMBERS =
      Set.of("cve", "package", "fixedIn", "severity", "ecosystem", "description");

  /** Whether a piece of software has it. */
  public boolean concerns(Software one) {
    return one.isNamed(software)
        && ecosystem.map(e -> e == one.ecosystem()).orElse(true)
        && (fixedIn.isEmpty() || one.ecosystem().isBefore(one.version(), fixedIn));
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException when it lacks a member or has one that is not known
   */
  static Advisory read(JsonNode json) {
    json.fieldNames()
        .forEachRemaining(name -> require(MEMBERS.contains(name), "unknown member " + name));
    String severity = text(json, "severity").toUpperCase(Locale.ROOT);
    require(SEVERITIES.contains(severity), "unknown severity " + severity);
    return new Advisory(
        text(json, "cve"),
        text(json, "package"),
        json.path("fixedIn").asText(""),
        severity,
        json.has("ecosystem")
            ? Optional.of(Ecosystem.valueOf(text(json, "ecosystem").toUpperCase(Locale.ROOT)))
            : Optional.empty(),
        json.path("description").asText(""));
  }

  private static String text(JsonNode json, String name) {
    String text = json.path(name).asText("");
    require(!text.isBlank(), "an advisory needs " + name);
    return text;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
