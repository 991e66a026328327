package dev.slipway.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Stacks that cannot be rehearsed, and what is said of them. */
@Tag("e2e")
class StackCommandTest {

  private static final String SHOP = "src/test/resources/shop/live";

  private final StringWriter err = new StringWriter();

  @TempDir private Path directory;

  private int rehearse(String... words) {
    return new CommandLine(new RehearseCommand()).setErr(new PrintWriter(err)).execute(words);
  }

  private String stack(String terraform) throws IOException {
    Files.writeString(directory.resolve("main.tf"), terraform);
    return directory.toString();
  }

  @Test
  void saysWhichVariableIsMissing() {
    assertThat(rehearse("--stack", SHOP)).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("the stack in " + SHOP + " cannot be planned")
        .contains("No value for required variable")
        .contains("\"release\"")
        .contains("  try     slipway rehearse --stack " + SHOP + " --var name=value");
  }

  @Test
  void saysThatThereIsNoService() throws Exception {
    String stack = stack("resource \"aws_vpc\" \"v\" {\n  cidr_block = \"10.1.0.0/24\"\n}\n");

    assertThat(rehearse("--stack", stack)).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("the stack in " + stack + " has no ECS service behind a load balancer")
        .contains("it has no service at all");
  }

  @Test
  void asksWhichOfSeveralServicesIsMeant() {
    String[] shop = {"--stack", SHOP, "--var", "release=v1", "--var", "second=true"};

    assertThat(rehearse(shop)).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("the stack in " + SHOP + " has several services behind a load balancer")
        .contains("  seen    expected one; it has basket, basket-1")
        .contains("--service basket");
  }

  @Test
  void refusesAStackThatNamesItsAccount() throws Exception {
    String stack =
        stack(
            """
            provider "aws" {
              region     = "eu-west-1"
              access_key = "123456789012"
              secret_key = "x"
            }
            resource "aws_vpc" "v" {
              cidr_block = "10.1.0.0/24"
            }
            """);

    assertThat(rehearse("--stack", stack)).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("the stack in " + stack + " names the account that it works in")
        .contains("  cause   access_key or assume_role in the provider block");
  }

  @Test
  void tellsWhatTerraformSaidOfAResourceThatTheTwinLacks() throws Exception {
    String stack = stack("resource \"aws_quantum_computer\" \"q\" {\n  qubits = 3\n}\n");

    assertThat(rehearse("--stack", stack)).isEqualTo(2);
    assertThat(err.toString())
        .contains("cannot be planned")
        .contains("Error: Invalid resource type")
        .contains("aws_quantum_computer");
  }

  @Test
  void saysWhyTheWorldOfAFaultCannotBeKept() {
    String[] words = {"--keep", "--fault", "net-nat-gateway-deleted"};
    String[] shop = {"--stack", SHOP, "--var", "release=v1"};

    assertThat(rehearse(Stream.of(words, shop).flatMap(Stream::of).toArray(String[]::new)))
        .isEqualTo(2);
    assertThat(err.toString())
        .startsWith("fault net-nat-gateway-deleted cannot be made in this stack")
        .contains("its tasks have no NAT gateway on their way out");
  }
}
