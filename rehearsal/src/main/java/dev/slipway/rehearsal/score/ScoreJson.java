package dev.slipway.rehearsal.score;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The score as JSON. */
public final class ScoreJson {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private ScoreJson() {}

  /** Reads a score. */
  public static Score read(Path file) throws IOException {
    return JSON.readValue(Files.readString(file), Score.class);
  }

  /** Whether a file holds the score of somebody's own stack. */
  static boolean isOfStack(Path file) throws IOException {
    return JSON.readTree(Files.readString(file)).has("stack");
  }

  /** The score of somebody's own stack as text. */
  public static String text(StackScore score) throws IOException {
    return JSON.writeValueAsString(score) + "\n";
  }

  /** The score as text. */
  public static String text(Score score) throws IOException {
    return JSON.writeValueAsString(score) + "\n";
  }
}
