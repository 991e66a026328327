package dev.slipway.twin.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.twin.RuntimeKind;
import dev.slipway.twin.Twin;
import dev.slipway.twin.TwinOptions;
import dev.slipway.twin.world.Operations;
import dev.slipway.twin.world.World;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests of every operation over HTTP, in every protocol of its service, spoilt at random: in the
 * body, the headers, the signature's scope. Each is answered, in the shape that clients read.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class WireFuzzTest {

  private static final long SEED = Long.getLong("slipway.fuzz.seed", 1);
  private static final int CASES = Integer.getInteger("slipway.fuzz.wire.cases", 6_000);

  private final Random random = new Random(SEED);
  private final Gibberish gibberish = new Gibberish(SEED);
  private final SpoiltRequests spoilt = new SpoiltRequests(random);
  private final Map<String, String> failures = new TreeMap<>();
  private int answered;

  @TempDir private Path directory;

  @Test
  void answersWhateverComesAndKeepsNoneOfIt() throws Exception {
    try (Twin twin =
            Twin.start(new TwinOptions(0, 1, "eu-central-1", directory, RuntimeKind.SIMULATED));
        HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      World world = twin.worlds().of("000000000000", "eu-central-1");
      List<Class<?>> types =
          world.operations().requestTypes().stream()
              .sorted(Comparator.<Class<?>, String>comparing(Class::getName))
              .toList();
      String uri = "http://127.0.0.1:" + twin.port();
      run(http, uri, types, CASES / 2);
      long before = used();
      run(http, uri, types, CASES / 2);
      long grown = used() - before;

      assertThat(failures).isEmpty();
      assertThat(answered).isGreaterThan(CASES / 100);
      // The call log and what the requests made take some; a body kept a call would be far more.
      assertThat(grown).isLessThan(48L * 1024 * 1024);
    }
  }

  private void run(HttpClient http, String uri, List<Class<?>> types, int cases) throws Exception {
    for (int i = 0; i < cases; i++) {
      Class<?> type = types.get(random.nextInt(types.size()));
      AwsService service = serviceOf(type);
      SpoiltRequests.Sent sent = spoilt.of(service, type, gibberish.request(type));
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(uri + sent.path()))
              .timeout(Duration.ofSeconds(20))
              .method(sent.method(), BodyPublishers.ofByteArray(sent.body()));
      sent.headers().forEach(request::header);
      HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
      check(type, sent, answer);
    }
  }

  private void check(Class<?> type, SpoiltRequests.Sent sent, HttpResponse<String> answer) {
    int status = answer.statusCode();
    if (status >= 200 && status < 300) {
      answered++;
      return;
    }
    boolean refusal = (status >= 300 && status < 500) || status == 501;
    boolean shaped =
        answer.headers().firstValue("x-amzn-RequestId").isPresent()
            && (sent.method().equals("HEAD")
                || status == 304
                || answer.headers().firstValue("x-amzn-ErrorType").isPresent()
                || answer.body().contains("<Code>"));
    if (!refusal || !shaped) {
      failures.putIfAbsent(
          Operations.servicePackage(type) + "." + type.getSimpleName(),
          status + " " + answer.body() + " for " + sent.method() + " " + sent.path());
    }
  }

  private static AwsService serviceOf(Class<?> type) {
    String name = Operations.servicePackage(type);
    return Arrays.stream(AwsService.values())
        .filter(service -> service.modelPackage().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
