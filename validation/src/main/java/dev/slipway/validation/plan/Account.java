package dev.slipway.validation.plan;

import dev.slipway.topology.Network;
import dev.slipway.validation.observe.FrontDoor;
import dev.slipway.validation.observe.Gap;
import dev.slipway.validation.observe.Registry;
import dev.slipway.validation.observe.Surroundings;
import dev.slipway.validation.observe.Trouble;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** What is in the account already and is not of the plan. Each question may stay unanswered. */
public interface Account {

  /** Nobody is asked: only what the plan itself tells is known. */
  Account UNASKED =
      new Account() {
        @Override
        public Map<String, Gap> gaps() {
          return Map.of(
              "ecr:DescribeImages",
              new Gap("ecr:DescribeImages", Trouble.PLANNED, "the registry was not asked"));
        }

        @Override
        public Network network(Collection<String> subnets) {
          return Surroundings.NO_NETWORK;
        }

        @Override
        public FrontDoor frontDoor(Service service) {
          return FrontDoor.NONE;
        }

        @Override
        public Registry registry(Collection<TaskDefinition> definitions) {
          return Registry.NONE;
        }

        @Override
        public Map<String, Surroundings.Role> roles(Collection<String> arns) {
          return Map.of();
        }

        @Override
        public Map<String, Boolean> logGroups(Collection<TaskDefinition> definitions) {
          return Map.of();
        }

        @Override
        public Optional<String> existing(String type, String name, String cluster) {
          return Optional.empty();
        }

        @Override
        public Optional<TaskDefinition> definition(String name) {
          return Optional.empty();
        }
      };

  /** What could not be read, by IAM action. */
  Map<String, Gap> gaps();

  /** The networks of these subnets. */
  Network network(Collection<String> subnets);

  /** The target groups of a service and what leads to them. */
  FrontDoor frontDoor(Service service);

  /** What the registry knows of the images of these definitions. */
  Registry registry(Collection<TaskDefinition> definitions);

  /** Those of these roles that could be read, by ARN. */
  Map<String, Surroundings.Role> roles(Collection<String> arns);

  /** Whether the log groups of these definitions exist, by name. */
  Map<String, Boolean> logGroups(Collection<TaskDefinition> definitions);

  /**
   * The ARN of what has a name that only one may have.
   *
   * @param type Terraform's: a target group, a load balancer or a service
   * @param cluster of a service; else empty
   */
  Optional<String> existing(String type, String name, String cluster);

  /** A task definition by its ARN, {@code family:revision} or family. */
  Optional<TaskDefinition> definition(String name);
}
