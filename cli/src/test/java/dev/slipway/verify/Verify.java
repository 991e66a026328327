package dev.slipway.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.twin.TwinAccount;
import dev.slipway.validation.VerifyCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** {@code slipway verify} in this process, pointed at an account of a twin. */
final class Verify {

  private final Map<String, String> settings;

  private Verify(Map<String, String> settings) {
    this.settings = settings;
  }

  static Verify at(TwinAccount account) {
    return as(account, account.accessKeyId(), account.secretAccessKey());
  }

  static Verify as(TwinAccount account, String key, String secret) {
    return new Verify(
        Map.of(
            "aws.endpointUrl",
            account.endpoint().toString(),
            "aws.region",
            account.region(),
            "aws.accessKeyId",
            key,
            "aws.secretAccessKey",
            secret));
  }

  /**
   * What a run left.
   *
   * @param code the exit code
   * @param out what it printed
   * @param err what it said
   * @param json its report; a missing node when there is none
   */
  record Result(int code, String out, String err, JsonNode json) {}

  Result run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    settings.forEach(System::setProperty);
    try {
      Path file = Files.createTempFile("report", ".json");
      Files.delete(file);
      List<String> all = new ArrayList<>(List.of(arguments));
      all.addAll(List.of("--json", file.toString()));
      int code =
          new CommandLine(new VerifyCommand())
              .setOut(new PrintWriter(out, true))
              .setErr(new PrintWriter(err, true))
              .execute(all.toArray(String[]::new));
      JsonMapper mapper = new JsonMapper();
      JsonNode json =
          Files.exists(file) ? mapper.readTree(Files.readString(file)) : mapper.missingNode();
      Files.deleteIfExists(file);
      return new Result(code, out.toString(), err.toString(), json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      settings.keySet().forEach(System::clearProperty);
    }
  }
}
