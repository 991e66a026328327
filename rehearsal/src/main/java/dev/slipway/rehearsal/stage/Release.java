package dev.slipway.rehearsal.stage;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/**
 * The next deployment, as a pipeline would make it: an image is built and pushed, a task definition
 * registered, the service told to run it. A fault may change any of it before it is made.
 */
public final class Release {

  private final String commit;
  private Program program = Program.healthy();
  private String architecture = "";
  private String image = "";
  private String digest = "";
  private Map<String, String> files = Map.of();
  private boolean updates = true;
  private boolean byTerraform;
  private final Map<String, String> variables = new LinkedHashMap<>();
  private UnaryOperator<RegisterTaskDefinitionRequest.Builder> definition = d -> d;
  private UnaryOperator<ContainerDefinition.Builder> container = c -> c;
  private Consumer<UpdateServiceRequest.Builder> update = u -> {};
  private boolean plain = true;
  private String failure = "";
  private String plan = "";
  private Consumer<CreateServiceRequest.Builder> create = c -> {};

  Release(String commit) {
    this.commit = commit;
  }

  /** A git revision for each number. */
  static String commit(int number) {
    return String.format(Locale.ROOT, "%012x", 0x5eed_0000_0000L + number * 2_654_435_761L);
  }

  /** The git revision that it is built from. */
  public String commit() {
    return commit;
  }

  /** What its program does. */
  public Release program(Program other) {
    program = other;
    return this;
  }

  /**
   * The processor that its image is built for, in the words of OCI: amd64 or arm64; the one of the
   * task definition when nothing is said.
   */
  public Release architecture(String other) {
    architecture = other;
    return this;
  }

  /** What else its image holds: texts by their absolute paths. */
  public Release files(Map<String, String> texts) {
    files = Map.copyOf(texts);
    return this;
  }

  /** The image that the task definition names, whatever was pushed. */
  public Release image(String reference) {
    image = reference;
    return this;
  }

  /**
   * The image that the task definition names, and the digest that the pipeline knows it has: the
   * verifier is told the digest.
   */
  public Release image(String reference, String pushed) {
    digest = pushed;
    return image(reference);
  }

  /** The pipeline registers the task definition and forgets to update the service. */
  public Release withoutUpdate() {
    updates = false;
    plain = false;
    return this;
  }

  /** Has Terraform make the deployment, with a variable of the stack set. */
  public Release variable(String name, String value) {
    variables.put(name, value);
    return byTerraform();
  }

  /** Has Terraform make the deployment. */
  public Release byTerraform() {
    byTerraform = true;
    plain = false;
    return this;
  }

  /** Changes the task definition. */
  public Release definition(UnaryOperator<RegisterTaskDefinitionRequest.Builder> change) {
    UnaryOperator<RegisterTaskDefinitionRequest.Builder> before = definition;
    definition = d -> change.apply(before.apply(d));
    return this;
  }

  /** Changes the container that serves. */
  public Release container(UnaryOperator<ContainerDefinition.Builder> change) {
    UnaryOperator<ContainerDefinition.Builder> before = container;
    container = c -> change.apply(before.apply(c));
    return this;
  }

  /** Changes the update of the service. */
  public Release update(Consumer<UpdateServiceRequest.Builder> change) {
    update = update.andThen(change);
    plain = false;
    return this;
  }

  /** Changes the service that is created, on a first deployment. */
  public Release create(Consumer<CreateServiceRequest.Builder> change) {
    create = create.andThen(change);
    return this;
  }

  /** Whether any deployer could make it: the fault lies elsewhere than in how it is made. */
  public boolean isPlain() {
    return plain;
  }

  /** What the tool that should have made it said when it failed; empty when it did not. */
  public String failure() {
    return failure;
  }

  /** Terraform's plan of it as JSON, where Terraform planned it; else empty. */
  public String plan() {
    return plan;
  }

  void planned(String json) {
    plan = json;
  }

  void failed(String message) {
    failure = message;
  }

  Program program() {
    return program;
  }

  String architecture() {
    return architecture;
  }

  Map<String, String> files() {
    return files;
  }

  String image() {
    return image;
  }

  String digest() {
    return digest;
  }

  boolean updates() {
    return updates;
  }

  boolean isByTerraform() {
    return byTerraform;
  }

  Map<String, String> variables() {
    return variables;
  }

  RegisterTaskDefinitionRequest.Builder applied(RegisterTaskDefinitionRequest.Builder to) {
    return definition.apply(to);
  }

  ContainerDefinition.Builder applied(ContainerDefinition.Builder to) {
    return container.apply(to);
  }

  void applied(UpdateServiceRequest.Builder to) {
    update.accept(to);
  }

  void applied(CreateServiceRequest.Builder to) {
    create.accept(to);
  }
}
