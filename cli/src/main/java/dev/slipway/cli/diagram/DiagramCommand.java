package dev.slipway.cli.diagram;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws the architecture. */
@Command(name = "diagram", description = "Draw the architecture from terraform show -json.")
public final class DiagramCommand implements Callable<Integer> {

  @Parameters(description = "A file with what terraform show -json printed, of a plan or a state.")
  private Path document;

  @Option(names = "--out", defaultValue = "architecture.png", description = "The PNG to write.")
  private Path out;

  /** Made by picocli. */
  public DiagramCommand() {}

  @Override
  public Integer call() throws IOException {
    System.setProperty("java.awt.headless", "true");
    Stack stack;
    try {
      stack = Stack.of(new JsonMapper().readTree(document.toFile()));
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          String.join(
              System.lineSeparator(),
              "slipway diagram cannot draw " + document,
              "  seen    a file that terraform show -json did not write",
              "  cause   it is missing, or another document",
              "  try     scripts/terraform.sh stack show -json > " + document));
    }
    Path directory = out.toAbsolutePath().getParent();
    Files.createDirectories(directory);
    ImageIO.write(Drawing.of(stack), "png", out.toFile());
    System.out.println(out);
    return 0;
  }
}
