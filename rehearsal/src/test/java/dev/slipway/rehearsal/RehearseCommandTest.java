package dev.slipway.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class RehearseCommandTest {

  private final StringWriter err = new StringWriter();

  private int rehearse(String... words) {
    return new CommandLine(new RehearseCommand()).setErr(new PrintWriter(err)).execute(words);
  }

  @Test
  void refusesAnUnknownFaultInFourParts() {
    assertThat(rehearse("--fault", "svc-desired-zer")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("no fault svc-desired-zer can be rehearsed")
        .contains("  seen    expected an id of the catalogue, for instance svc-")
        .contains("; got svc-desired-zer")
        .contains("  cause   a typing error, or a fault that no verifier can see")
        .contains("  try     slipway rehearse --fault ");
  }

  @Test
  void saysWhyNobodySeesAFaultThatIsNotRehearsed() {
    assertThat(rehearse("--fault", "pipe-exit-code-swallowed")).isEqualTo(2);
    assertThat(err.toString())
        .contains("the verifier exits with 1, and what a shell makes of that it cannot know");
  }

  @Test
  void keepsTheWorldOfOneFaultOnly() {
    assertThat(rehearse("--keep")).isEqualTo(2);
    assertThat(err.toString()).contains("expected one --fault; got 0");
  }
}
