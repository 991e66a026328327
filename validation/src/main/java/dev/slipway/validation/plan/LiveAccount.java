package dev.slipway.validation.plan;

import dev.slipway.topology.Network;
import dev.slipway.validation.observe.Ask;
import dev.slipway.validation.observe.FrontDoor;
import dev.slipway.validation.observe.Gap;
import dev.slipway.validation.observe.Preview;
import dev.slipway.validation.observe.Registry;
import dev.slipway.validation.observe.Surroundings;
import dev.slipway.validation.observe.Trouble;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/**
 * The account that credentials lead to. When it does not answer, nothing more is asked: a plan can
 * be looked at without. Used by one thread.
 */
public final class LiveAccount implements Account {

  private final Preview preview;
  private String silence = "";

  /** An account that has not been asked yet. */
  public LiveAccount(Preview preview) {
    this.preview = preview;
  }

  /** Why it does not answer; empty as long as it does. */
  public String silence() {
    return silence;
  }

  @Override
  public Map<String, Gap> gaps() {
    Map<String, Gap> all = new HashMap<>();
    preview
        .gaps()
        .forEach(
            (action, gap) -> all.put(action, new Gap(action, Trouble.PLANNED, gap.sentence())));
    if (!silence.isEmpty()) {
      String action = "ecr:DescribeImages";
      all.put(action, new Gap(action, Trouble.PLANNED, "the registry was not asked: " + silence));
    }
    return all;
  }

  @Override
  public Network network(Collection<String> subnets) {
    return ask(Surroundings.NO_NETWORK, () -> preview.network(List.copyOf(subnets)));
  }

  @Override
  public FrontDoor frontDoor(Service service) {
    return ask(FrontDoor.NONE, () -> preview.frontDoor(service));
  }

  @Override
  public Registry registry(Collection<TaskDefinition> definitions) {
    return definitions.isEmpty()
        ? Registry.NONE
        : ask(Registry.NONE, () -> preview.registry(definitions, ""));
  }

  @Override
  public Map<String, Surroundings.Role> roles(Collection<String> arns) {
    return ask(Map.of(), () -> preview.roles(arns));
  }

  @Override
  public Map<String, Boolean> logGroups(Collection<TaskDefinition> definitions) {
    return ask(Map.of(), () -> preview.logGroups(definitions));
  }

  @Override
  public Optional<String> existing(String type, String name, String cluster) {
    return ask(
        Optional.empty(),
        () ->
            switch (type) {
              case "aws_lb" -> preview.balancer(name);
              case "aws_lb_target_group" -> preview.targetGroup(name);
              case "aws_ecs_service" -> preview.service(name, cluster);
              default -> Optional.empty();
            });
  }

  @Override
  public Optional<TaskDefinition> definition(String name) {
    return ask(Optional.empty(), () -> preview.definition(name));
  }

  private <T> T ask(T otherwise, Supplier<T> question) {
    if (!silence.isEmpty()) {
      return otherwise;
    }
    try {
      return question.get();
    } catch (Ask.PollFailed e) {
      silence = e.getMessage().lines().findFirst().orElse("no answer");
      return otherwise;
    }
  }
}
