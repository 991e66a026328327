package dev.slipway.twin.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.twin.RuntimeKind;
import dev.slipway.twin.Twin;
import dev.slipway.twin.TwinOptions;
import dev.slipway.twin.terraform.ProviderValues.Call;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The calls of the real provider over HTTP in its order: what it creates with, then reads back, and
 * at last destroys, type by type. Each is answered as AWS answers it.
 */
class ProviderCallsInOrderTest {

  private static final String FACTS = "SLIPWAY_PROVIDER_FACTS";
  private static final String ACCOUNT = "123456789012";
  private static final String NO_ERROR = "";
  private static final int LOOKS = 120;

  private final ProviderValues values = ProviderValues.read();
  private final Set<String> sent = new TreeSet<>();
  private final List<String> problems = new ArrayList<>();
  private JsonNode recorded;
  private Twin twin;
  private ProviderClient client;

  @Test
  void everyCallOfEveryTypeIsAnsweredAsAwsAnswersIt(@TempDir Path directory) throws Exception {
    String facts = System.getenv(FACTS);
    assumeTrue(facts != null, FACTS + " does not name a directory");
    recorded = new ObjectMapper().readTree(Files.readString(Path.of(facts, "calls.json")));
    List<String> types = new ArrayList<>();
    recorded.path("calls").fieldNames().forEachRemaining(t -> types.addAll(values.plays(t)));
    TwinOptions options = new TwinOptions(0, 1, "eu-west-1", directory, RuntimeKind.SIMULATED);
    try (Twin started = Twin.start(options);
        ProviderClient provider = new ProviderClient(started.endpoint(), ACCOUNT)) {
      twin = started;
      client = provider;
      for (String phase : List.of("ConfigureProvider", "read", "apply", "refresh")) {
        for (String type : types) {
          play(type, phase);
        }
      }
      for (String type : types.reversed()) {
        play(type, "destroy");
      }
    }

    assertThat(problems).isEmpty();
    assertThat(sent).containsAll(parameters());
  }

  private void play(String type, String phase) throws Exception {
    String base = type.replaceFirst("@.*", "");
    for (JsonNode name : recorded.path("calls").path(base).path(phase)) {
      Call call = new Call(type, phase, name.asText());
      Map<String, String> parameters = new LinkedHashMap<>();
      recorded
          .path("request_parameters")
          .path(call.name())
          .forEach(p -> {
            String parameter = p.asText().startsWith("<") ? "body" : p.asText();
            values
                .value(call, parameter)
                .ifPresent(v -> {
                  parameters.put(parameter, v);
                  sent.add(call.name() + " " + p.asText());
                });
          });
      ProviderClient.Answer answer = send(call, parameters);
      values.take(call, answer.body());
      String wanted = values.error(call).orElse(NO_ERROR);
      if (!answer.error().equals(wanted)) {
        problems.add(call + " " + parameters + ": " + answer);
      }
      values.pause(call).ifPresent(twin.clock()::advance);
    }
  }

  private ProviderClient.Answer send(Call call, Map<String, String> parameters) throws Exception {
    int dot = call.name().lastIndexOf('.');
    String service = call.name().substring(0, dot);
    String operation = call.name().substring(dot + 1);
    String gone = values.error(call).orElse(NO_ERROR);
    ProviderClient.Answer answer = client.send(service, operation, parameters);
    // The provider looks again until what it deleted is gone.
    boolean waits = call.phase().equals("destroy") && operation.startsWith("Describe");
    for (int i = 0; waits && i < LOOKS && !answer.error().equals(gone); i++) {
      twin.clock().advance(Duration.ofSeconds(10));
      answer = client.send(service, operation, parameters);
    }
    return answer;
  }

  private List<String> parameters() {
    return recorded.path("request_parameters").properties().stream()
        .flatMap(call ->
            StreamSupport.stream(call.getValue().spliterator(), false)
                .map(p -> call.getKey() + " " + p.asText()))
        .toList();
  }
}
