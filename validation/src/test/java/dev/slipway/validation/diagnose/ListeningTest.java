package dev.slipway.validation.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListeningTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Listening on: http://0.0.0.0:8080                                                        | 8080 | false
          orders 1.0 on JVM started in 1.2s. Listening on: http://127.0.0.1:5000                    | 5000 | true
          Tomcat started on port(s): 8080 (http) with context path ''                              | 8080 | false
          Tomcat started on port 9090 (http)                                                       | 9090 | false
          server listening on localhost:5000                                                       | 5000 | true
          listening on 8080                                                                        | 8080 | false
          Listening on :8080                                                                       | 8080 | false
          listening at http://[::1]:5000                                                           | 5000 | true
          Server listening at http://[::]:5000                                                     | 5000 | false
          [INFO] Listening at: http://0.0.0.0:8000 (1)                                             | 8000 | false
          Uvicorn running on http://127.0.0.1:8000 (Press CTRL+C to quit)                          | 8000 | true
          Now listening on: http://[::]:8080                                                       | 8080 | false
          * Listening on tcp://0.0.0.0:3000                                                        | 3000 | false
          Example app listening on port 3000!                                                      | 3000 | false
          ready - started server on 0.0.0.0:3000, url: http://localhost:3000                       | 3000 | false
          """)
  void readsWhereFrameworksSayThatTheyListen(String line, int port, boolean loopback) {
    List<Listening> told = Listening.in(List.of("starting", line.strip()));
    assertThat(told).hasSize(1);
    assertThat(told.getFirst().port()).isEqualTo(port);
    assertThat(told.getFirst().loopback()).isEqualTo(loopback);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Started OrdersApplication in 3.012 seconds (process running for 5021)",
        "started 24 workers",
        "Running 12 migrations",
        "running on Linux 6100",
        "Listening for transport dt_socket at address: 5005",
        "started at 2026-11-25 12:30",
        "GET /health 200",
        "connected to database db.internal:5432",
      })
  void takesNothingElseForAPort(String line) {
    assertThat(Listening.in(List.of(line))).isEmpty();
  }

  @Test
  void readsTheNewestLineFirst() {
    assertThat(Listening.in(List.of("listening on 8080", "listening on 9090")))
        .extracting(Listening::port)
        .containsExactly(9090, 8080);
  }
}
