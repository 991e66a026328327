package dev.slipway.rehearsal.stage;

import dev.slipway.validation.observe.Aws;
import dev.slipway.validation.observe.Wanted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The stack of this repository.
 *
 * @param root its Terraform root, whose {@code foundation} makes the registry
 */
public record OwnStack(Path root) implements Origin {

  @Override
  public String region(Path work) {
    return "eu-central-1";
  }

  @Override
  public Brought bringUp(Materials with) throws IOException, InterruptedException {
    Terraform foundation =
        new Terraform(
            root.resolve("foundation"),
            with.work().resolve("tf-foundation"),
            with.account(),
            inputs(root.resolve("foundation")));
    Terraform stack =
        new Terraform(root, with.work().resolve("tf-stack"), with.account(), inputs(root));
    foundation.apply(Map.of());
    String commit = Release.commit(0);
    Aws aws = with.aws();
    String address = foundation.output("repository_url");
    Fitting fitting = new Fitting("amd64", List.of(), "", 200);
    String digest =
        with.images()
            .push(
                aws.ecr(),
                address.substring(address.indexOf('/') + 1),
                commit,
                Images.Build.of(fitting, Program.healthy(), commit));
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("image_digest", digest);
    variables.put("revision", commit);
    stack.apply(variables);
    Wanted wanted =
        Wanted.of(stack.output("cluster_name"), stack.output("service_name"))
            .withImageDigest(digest)
            .withRevision(stack.output("task_definition_arn"))
            .withCommit(commit);
    return new Brought(wanted, new Roots(List.of(stack, foundation), true), List.of());
  }

  private static Inputs inputs(Path of) {
    Path values = of.resolve("environments/twin.tfvars");
    return Files.exists(values) ? new Inputs(List.of(values), Map.of()) : Inputs.NONE;
  }
}
