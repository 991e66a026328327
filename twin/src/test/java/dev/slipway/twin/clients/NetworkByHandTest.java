package dev.slipway.twin.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks that a person makes, changes, breaks and takes down with the AWS SDK for Python. */
@Tag("e2e")
class NetworkByHandTest {

  private static final String SCRIPT =
      "twin/src/test/resources/dev/slipway/twin/clients/network_by_hand.py";

  @Test
  void everyResourceOfANetworkIsMadeChangedAndTakenDown(@TempDir Path directory) {
    RunningTwin.need(RunningTwin.python());
    try (RunningTwin twin = new RunningTwin(directory, 60)) {
      String said =
          twin.run(
              Map.of(),
              List.of(RunningTwin.python().toString(), RunningTwin.file(SCRIPT).toString()));

      assertThat(said).contains("endpoints changed", "nothing is left");
    }
  }
}
