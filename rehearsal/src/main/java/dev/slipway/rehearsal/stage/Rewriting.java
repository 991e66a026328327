package dev.slipway.rehearsal.stage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.StreamSupport;

/**
 * Writes resources of a root otherwise, in its override files. Source: Terraform language, override
 * files.
 *
 * @param root the root, which is nobody else's
 * @param state its state
 * @param modules where Terraform notes which module lies where
 */
record Rewriting(Path root, Path state, Path modules) {

  private static final JsonMapper JSON = new JsonMapper();

  /** Has other arguments and blocks take the place of a resource's own. */
  void rewrite(String type, String id, String body) throws IOException {
    JsonNode resource = find(type, id);
    String block =
        "resource \"%s\" \"%s\" {%n%s%n}%n"
            .formatted(
                resource.path("type").asText(),
                resource.path("name").asText(),
                body.strip().indent(2).stripTrailing());
    append(directory(resource).resolve("rehearsal_fault_override.tf"), block);
  }

  /** Writes something more beside a resource. */
  void add(String type, String id, String text) throws IOException {
    append(directory(find(type, id)).resolve("rehearsal_fault.tf"), text + "\n");
  }

  private static void append(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private JsonNode find(String type, String id) throws IOException {
    JsonNode all = JSON.readTree(Files.readString(state)).path("resources");
    return StreamSupport.stream(all.spliterator(), false)
        .filter(r -> r.path("mode").asText().equals("managed"))
        .filter(r -> r.path("type").asText().replace("aws_alb", "aws_lb").equals(type))
        .filter(r ->
            StreamSupport.stream(r.path("instances").spliterator(), false)
                .map(i -> i.path("attributes"))
                .anyMatch(
                    a -> a.path("arn").asText().equals(id) || a.path("id").asText().equals(id)))
        .findFirst()
        .orElseThrow(() -> new IOException("the state has no %s %s".formatted(type, id)));
  }

  /** Where a resource is written. */
  private Path directory(JsonNode resource) throws IOException {
    String module = resource.path("module").asText("").replaceAll("\\[[^]]*]", "");
    if (module.isEmpty()) {
      return root;
    }
    String key = module.replaceFirst("^module\\.", "").replace(".module.", ".");
    JsonNode all = JSON.readTree(Files.readString(modules)).path("Modules");
    return StreamSupport.stream(all.spliterator(), false)
        .filter(m -> m.path("Key").asText().equals(key))
        .map(m -> root.resolve(m.path("Dir").asText()))
        .findFirst()
        .orElseThrow(() -> new IOException("Terraform knows no module " + module));
  }
}
