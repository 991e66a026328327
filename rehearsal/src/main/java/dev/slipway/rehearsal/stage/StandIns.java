package dev.slipway.rehearsal.stage;

import dev.slipway.twin.TwinAccount;
import dev.slipway.validation.observe.Aws;
import dev.slipway.validation.observe.ImageName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageNotFoundException;
import software.amazon.awssdk.services.ecr.model.RepositoryAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/**
 * Images that answer, for those of somebody's own services, which cannot be pulled here. Where a
 * service names an image by tag in a repository of the account, the stand-in is pushed under that
 * tag; else the service is deployed again with one. What is there already is left alone.
 */
final class StandIns {

  private static final String REPOSITORY = "stand-in";
  private static final String LATEST = "latest";

  private final TwinAccount account;
  private final Aws aws;
  private final Images images;
  private final Set<String> notes = new LinkedHashSet<>();

  StandIns(TwinAccount account, Aws aws, Images images) {
    this.account = account;
    this.aws = aws;
    this.images = images;
  }

  /** What was put in whose place, so far. */
  synchronized List<String> notes() {
    return List.copyOf(notes);
  }

  /** Looks at all services that there are by now. */
  void look() throws IOException, InterruptedException {
    for (Service service : Services.all(aws.ecs())) {
      TaskDefinition definition =
          aws.ecs()
              .describeTaskDefinition(r -> r.taskDefinition(service.taskDefinition()))
              .taskDefinition();
      List<ContainerDefinition> containers = new ArrayList<>();
      for (ContainerDefinition each : definition.containerDefinitions()) {
        containers.add(provided(service, definition, each));
      }
      if (!containers.equals(definition.containerDefinitions())) {
        deploy(service, definition, containers);
      }
    }
  }

  private ContainerDefinition provided(
      Service service, TaskDefinition definition, ContainerDefinition container)
      throws IOException, InterruptedException {
    ImageName name = ImageName.parse(container.image());
    String repository = name.repository().substring(name.repository().indexOf('/') + 1);
    boolean own = own(name.repository()) && exists(repository);
    String tag = name.tag().isEmpty() ? LATEST : name.tag();
    if (own && has(repository, name, tag)) {
      return container;
    }
    Fitting fitting = Fitting.of(aws, service, definition, container.name());
    Images.Build build = Images.Build.of(fitting, Program.healthy(), Release.commit(0));
    if (own && name.digest().isEmpty()) {
      images.push(aws.ecr(), repository, tag, build);
      note("%s holds a stand-in, pushed before anything ran", repository + ":" + tag);
      return container;
    }
    String place = own ? repository : REPOSITORY + "/" + service.serviceName();
    if (!own) {
      make(place);
    }
    String digest = images.push(aws.ecr(), place, container.name() + "-stand-in", build);
    String address = own ? name.repository() : uri(place);
    note(
        "%s cannot be pulled here: container "
            + container.name()
            + " of service "
            + service.serviceName()
            + " runs a stand-in from "
            + place,
        container.image());
    return container.toBuilder().image(address + "@" + digest).build();
  }

  private void deploy(
      Service service, TaskDefinition definition, List<ContainerDefinition> containers) {
    String revision =
        aws.ecs()
            .registerTaskDefinition(
                Revisions.like(definition).containerDefinitions(containers).build())
            .taskDefinition()
            .taskDefinitionArn();
    aws.ecs()
        .updateService(r ->
            r.cluster(service.clusterArn())
                .service(service.serviceName())
                .taskDefinition(revision));
  }

  /** Whether a repository's address is one of this account's registry. */
  private boolean own(String repository) {
    String host = repository.contains("/") ? repository.substring(0, repository.indexOf('/')) : "";
    return host.equals(account.endpoint().getAuthority())
        || host.equals(account.id() + ".dkr.ecr." + account.region() + ".amazonaws.com");
  }

  private boolean exists(String repository) {
    try {
      return !aws.ecr()
          .describeRepositories(r -> r.repositoryNames(repository))
          .repositories()
          .isEmpty();
    } catch (RepositoryNotFoundException e) {
      return false;
    }
  }

  private boolean has(String repository, ImageName name, String tag) {
    ImageIdentifier id =
        name.digest().isEmpty()
            ? ImageIdentifier.builder().imageTag(tag).build()
            : ImageIdentifier.builder().imageDigest(name.digest()).build();
    try {
      aws.ecr().describeImages(r -> r.repositoryName(repository).imageIds(id));
      return true;
    } catch (ImageNotFoundException e) {
      return false;
    }
  }

  private void make(String repository) {
    try {
      aws.ecr().createRepository(r -> r.repositoryName(repository));
    } catch (RepositoryAlreadyExistsException e) {
      // Another container of the service has one too.
    }
  }

  private String uri(String repository) {
    return aws.ecr()
        .describeRepositories(r -> r.repositoryNames(repository))
        .repositories()
        .getFirst()
        .repositoryUri();
  }

  private synchronized void note(String format, String image) {
    notes.add(format.formatted(image));
  }
}
