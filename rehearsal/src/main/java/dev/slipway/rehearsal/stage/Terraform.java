package dev.slipway.rehearsal.stage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.twin.TwinAccount;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs the real Terraform, or OpenTofu, in one root and one account. Not thread safe. */
public final class Terraform {

  private static final JsonMapper JSON = new JsonMapper();

  private Path root;
  private final Path work;
  private final TwinAccount account;
  private final Inputs inputs;
  private boolean ready;
  private Rewriting rewriting;

  /**
   * A Terraform that keeps its data and state in a directory of its own.
   *
   * @param root the root module
   * @param work where its data and state go
   * @param account the account that it works in
   * @param inputs what the root is always given
   */
  Terraform(Path root, Path work, TwinAccount account, Inputs inputs) {
    this.root = root;
    this.work = work;
    this.account = account;
    this.inputs = inputs;
  }

  /** The same root for another account, which is a copy of this one's. */
  Terraform forked(TwinAccount other, Path otherWork) throws IOException {
    Files.createDirectories(otherWork);
    String state = Files.readString(state()).replace(account.id(), other.id());
    Terraform fork = new Terraform(root, otherWork, other, inputs);
    Files.writeString(fork.state(), state);
    return fork;
  }

  /** Applies the root with these variables. */
  public void apply(Map<String, String> variables) throws IOException, InterruptedException {
    run("apply", variables);
  }

  /** Destroys all that the root made. */
  public void destroy(Map<String, String> variables) throws IOException, InterruptedException {
    run("destroy", variables);
  }

  /** What would change, as {@code terraform show -json} tells it. */
  public String plan(Map<String, String> variables) throws IOException, InterruptedException {
    init();
    Path file = work.resolve("plan");
    List<String> arguments = new ArrayList<>(List.of("plan", "-no-color", "-out=" + file));
    arguments.addAll(inputs.words(variables));
    execute(arguments);
    return execute(List.of("show", "-json", file.toString()));
  }

  /** The state, as {@code terraform show -json} tells it. */
  public String show() throws IOException, InterruptedException {
    init();
    return execute(List.of("show", "-json"));
  }

  /** Takes resources whose type begins so out of the state, as somebody who gives them up does. */
  public void forget(String type) throws IOException, InterruptedException {
    init();
    List<String> forgotten = new ArrayList<>(List.of("state", "rm"));
    execute(List.of("state", "list"))
        .lines()
        .filter(a -> a.startsWith(type) || a.contains("." + type))
        .forEach(forgotten::add);
    if (forgotten.size() > 2) {
      execute(forgotten);
    }
  }

  /** An output of the root; empty when there is none. */
  public String output(String name) throws IOException {
    JsonNode outputs = JSON.readTree(Files.readString(state())).path("outputs");
    return outputs.path(name).path("value").asText("");
  }

  /**
   * Writes a resource otherwise, in a copy of the root that is this one's alone from now on.
   *
   * @param type its type
   * @param id its id or ARN in the state, by which it is found wherever it is written
   * @param body the arguments and blocks that take the place of those that are written
   */
  public void rewrite(String type, String id, String body)
      throws IOException, InterruptedException {
    copied().rewrite(type, id, body);
  }

  /** Writes something more into the module that has a resource. */
  public void add(String type, String id, String text) throws IOException, InterruptedException {
    copied().add(type, id, text);
  }

  /** Loses the state, as who works with a copy of long ago, or with none. */
  public void loseState() throws IOException {
    Files.delete(state());
  }

  private Rewriting copied() throws IOException, InterruptedException {
    if (rewriting == null) {
      init();
      try {
        root = StackCopy.of(root, work.resolve("rewritten"));
      } catch (StackRefused e) {
        throw new IOException("no copy of " + root, e);
      }
      rewriting =
          new Rewriting(root, state(), work.resolve("data").resolve("modules/modules.json"));
    }
    return rewriting;
  }

  private Path state() {
    return work.resolve("terraform.tfstate");
  }

  private void run(String command, Map<String, String> variables)
      throws IOException, InterruptedException {
    init();
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of(command, "-auto-approve", "-no-color", "-compact-warnings"));
    arguments.addAll(inputs.words(variables));
    execute(arguments);
  }

  private void init() throws IOException, InterruptedException {
    Files.createDirectories(work);
    if (!ready) {
      execute(
          List.of(
              "init",
              "-input=false",
              "-no-color",
              "-reconfigure",
              "-backend-config=path=" + state()));
      ready = true;
    }
  }

  private String execute(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program(), "-chdir=" + root));
    command.addAll(arguments);
    // Terraform kills the provider's process when it cannot dial it: it is given one that may be.
    Process guard = new ProcessBuilder("cat").start();
    Process process = null;
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      Map<String, String> environment = builder.environment();
      environment.keySet().removeIf(n -> n.startsWith("AWS_") || n.startsWith("TF_"));
      environment.put(
          "TF_REATTACH_PROVIDERS",
          account.twin().terraformReattachConfig(guard.pid(), account.id()));
      environment.put("TF_DATA_DIR", work.resolve("data").toString());
      environment.put("TF_IN_AUTOMATION", "1");
      environment.put("TF_INPUT", "0");
      environment.put("CHECKPOINT_DISABLE", "1");
      environment.put("TF_CLI_CONFIG_FILE", File.separatorChar == '/' ? "/dev/null" : "NUL");
      process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      Files.writeString(work.resolve("terraform.log"), output);
      if (code != 0) {
        throw new TerraformFailed(arguments.getFirst(), output);
      }
      return output;
    } finally {
      if (process != null) {
        process.destroy();
      }
      guard.getOutputStream().close();
      guard.destroy();
    }
  }

  /** The program that the environment names, else the first on the PATH. */
  private static String program() throws IOException {
    String named = System.getenv().getOrDefault("TERRAFORM", "");
    if (!named.isEmpty()) {
      return named;
    }
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .flatMap(d -> Stream.of(Path.of(d, "terraform"), Path.of(d, "tofu")))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst()
        .orElseThrow(() -> new IOException("neither terraform nor tofu is on the PATH"));
  }

  /** Terraform ended with an error. */
  public static final class TerraformFailed extends IOException {
    private static final int LONGEST = 600;
    private static final String PREFACE = "Error: Terraform encountered problems during";

    private final String output;

    TerraformFailed(String command, String output) {
      super("terraform " + command + " failed: " + firstError(output));
      this.output = output;
    }

    /** Its first error with what it said of it, in one line. */
    public String firstError() {
      List<String> lines =
          output
              .lines()
              .map(l -> l.replaceAll("[│╷╵]", "").strip())
              .dropWhile(l -> !l.startsWith("Error:") || l.startsWith(PREFACE))
              .toList();
      List<String> error = new ArrayList<>(lines.subList(0, Math.min(1, lines.size())));
      lines.stream()
          .skip(1)
          .takeWhile(l -> !l.startsWith("Error:"))
          .filter(l -> !l.isEmpty())
          .forEach(error::add);
      String text = String.join(" ", error);
      return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    /** All that it wrote. */
    public String output() {
      return output;
    }

    private static String firstError(String output) {
      return output
          .lines()
          .map(l -> l.replaceAll("[│╷╵]", "").strip())
          .filter(l -> l.startsWith("Error:"))
          .findFirst()
          .orElse("no error was named");
    }
  }
}
