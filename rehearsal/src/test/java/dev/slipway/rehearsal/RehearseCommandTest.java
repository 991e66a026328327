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

  @Test
  void refusesAStackThatIsNotThere() {
    assertThat(rehearse("--stack", "no/such/directory")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("no Terraform in no/such/directory")
        .contains("  seen    expected a directory with *.tf; no/such/directory is not there")
        .contains("  cause   a typing error");
  }

  @Test
  void doesNotPutTheScoreOfAnotherStackInThePlaceOfOurs() {
    assertThat(rehearse("--stack", "src/test/resources/shop/live", "--score", "../docs"))
        .isEqualTo(2);
    assertThat(err.toString())
        .startsWith("the score of src/test/resources/shop/live is not written to ../docs")
        .contains("it has Slipway's own");
  }

  @Test
  void takesOnlyWhatMeansSomething() {
    assertThat(rehearse("--var", "a=b")).isEqualTo(2);
    assertThat(err.toString()).startsWith("--var cannot be used so");
    assertThat(rehearse("--stack", "src/test/resources/shop/live", "--pairs", "3")).isEqualTo(2);
    assertThat(err.toString()).contains("--pairs cannot be used so");
  }
}
