package dev.slipway.validation.plan;

import dev.slipway.topology.Network;
import dev.slipway.validation.observe.FrontDoor;
import dev.slipway.validation.observe.Gap;
import dev.slipway.validation.observe.ImageName;
import dev.slipway.validation.observe.Registry;
import dev.slipway.validation.observe.Surroundings;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** An account of which everything is known that was said. */
final class KnownAccount implements Account {

  private final Map<String, Boolean> logGroups = new HashMap<>();
  private final Map<String, Surroundings.Role> roles = new HashMap<>();
  private final Map<String, String> existing = new HashMap<>();
  private Network network = Surroundings.NO_NETWORK;
  private FrontDoor frontDoor = FrontDoor.NONE;
  private boolean image = true;

  KnownAccount logGroup(String name, boolean exists) {
    logGroups.put(name, exists);
    return this;
  }

  KnownAccount role(Surroundings.Role role) {
    roles.put(role.arn(), role);
    return this;
  }

  KnownAccount network(Network known) {
    network = known;
    return this;
  }

  KnownAccount frontDoor(FrontDoor known) {
    frontDoor = known;
    return this;
  }

  /** Whether the registry has every image that it is asked for. */
  KnownAccount image(boolean exists) {
    image = exists;
    return this;
  }

  @Override
  public Map<String, Gap> gaps() {
    return Map.of();
  }

  @Override
  public Network network(Collection<String> subnets) {
    return network;
  }

  @Override
  public FrontDoor frontDoor(Service service) {
    return frontDoor;
  }

  @Override
  public Registry registry(Collection<TaskDefinition> definitions) {
    List<ImageName> images =
        definitions.stream()
            .flatMap(d -> d.containerDefinitions().stream())
            .map(c -> ImageName.parse(c.image()))
            .filter(i -> i.repository().contains(".dkr.ecr."))
            .toList();
    Map<ImageName, Registry.Lookup> answers = new HashMap<>();
    images.forEach(i ->
        answers.put(
            i,
            image
                ? new Registry.Lookup(true, ImageDetail.builder().build())
                : Registry.Lookup.ABSENT));
    return new Registry(
        images.stream()
            .map(i ->
                Repository.builder()
                    .repositoryName(i.repository().substring(i.repository().indexOf('/') + 1))
                    .repositoryUri(i.repository())
                    .build())
            .toList(),
        answers);
  }

  @Override
  public Map<String, Surroundings.Role> roles(Collection<String> arns) {
    Map<String, Surroundings.Role> found = new HashMap<>(roles);
    found.keySet().retainAll(arns);
    return found;
  }

  @Override
  public Map<String, Boolean> logGroups(Collection<TaskDefinition> definitions) {
    return logGroups;
  }

  KnownAccount has(String type, String name, String arn) {
    existing.put(type + " " + name, arn);
    return this;
  }

  @Override
  public Optional<String> existing(String type, String name, String cluster) {
    return Optional.ofNullable(existing.get(type + " " + name));
  }

  @Override
  public Optional<TaskDefinition> definition(String name) {
    return Optional.empty();
  }
}
