package dev.slipway.twin.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.twin.RuntimeKind;
import dev.slipway.twin.Twin;
import dev.slipway.twin.TwinOptions;
import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Operations;
import dev.slipway.twin.world.Payload;
import dev.slipway.twin.world.World;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;

/**
 * Every operation that the twin has, with requests that make no sense, against a world that fills
 * up with what they make: an answer or a refusal each time, never a failure of the twin's own.
 *
 * <p>{@code -Dslipway.fuzz.cases=N} tries so many a run, {@code -Dslipway.fuzz.seed=N} other ones.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class OperationFuzzTest {

  private static final long SEED = Long.getLong("slipway.fuzz.seed", 1);
  private static final int CASES = Integer.getInteger("slipway.fuzz.cases", 20_000);

  private final Gibberish gibberish = new Gibberish(SEED);
  private final Map<String, String> failures = new TreeMap<>();
  private final AwsJsonCodec json = new AwsJsonCodec();
  private int answered;

  @TempDir private Path directory;

  @Test
  void answersOrRefusesWhateverARequestHolds() throws Exception {
    try (Twin twin =
        Twin.start(new TwinOptions(0, 1, "eu-central-1", directory, RuntimeKind.SIMULATED))) {
      World world = twin.worlds().of("000000000000", "eu-central-1");
      List<Class<?>> types =
          world.operations().requestTypes().stream()
              .sorted(Comparator.<Class<?>, String>comparing(Class::getName))
              .toList();
      for (int i = 0; i < CASES; i++) {
        attempt(world, gibberish.request(types.get(i % types.size())));
      }
    }

    assertThat(failures).isEmpty();
    // Else the requests are such rubbish that they show nothing of the operations.
    assertThat(answered).isGreaterThan(CASES / 50);
  }

  private void attempt(World world, SdkRequest request) {
    try {
      SdkResponse response =
          ScopedValue.where(Payload.CURRENT, Payload.of(new byte[] {1, 2, 3}))
              .call(() -> world.operations().invoke(request));
      encode(request, response);
      gibberish.harvest(response);
      answered++;
    } catch (AwsError refusal) {
      boolean clientsFault = refusal.status() >= 300 && refusal.status() < 500;
      if (!clientsFault && refusal.status() != 501) {
        note(request, refusal);
      }
    } catch (RuntimeException | StackOverflowError e) {
      note(request, e);
    }
  }

  /** As the wire would; REST answers hold nothing that the XML of the others does not. */
  private void encode(SdkRequest request, SdkResponse response) {
    String service = Operations.servicePackage(request.getClass());
    for (AwsService known : AwsService.values()) {
      if (known.modelPackage().equals(service) && known.hasForms()) {
        AwsXmlWriter.encode(known, "Any", response, "id");
      } else if (known.modelPackage().equals(service) && !known.isRest()) {
        json.encode(AwsProtocol.JSON_1_1, response);
      }
    }
  }

  private void note(SdkRequest request, Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    String top = trace.toString().lines().limit(9).reduce("", (a, b) -> a + "\n" + b.strip());
    String operation =
        Operations.servicePackage(request.getClass()) + "." + request.getClass().getSimpleName();
    failures.putIfAbsent(operation, top);
  }
}
