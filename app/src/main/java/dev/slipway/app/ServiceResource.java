package dev.slipway.app;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Says what runs here: the end of the chain from a commit to a response. */
@Path("/")
public class ServiceResource {

  private final String service;
  private final String message;
  private final BuildInfo build;
  private final TaskMetadata task;

  ServiceResource(
      @ConfigProperty(name = "quarkus.application.name") String service,
      @ConfigProperty(name = "slipway.message") String message,
      BuildInfo build,
      TaskMetadata task) {
    this.service = service;
    this.message = message;
    this.build = build;
    this.task = task;
  }

  /** Never blocks: everything it tells is already known. */
  @GET
  @NonBlocking
  @Operation(summary = "What runs here", description = "Service, build and task that answered.")
  public ServiceInfo describe() {
    TaskIdentity identity = task.identity();
    return new ServiceInfo(
        service,
        message,
        build.version(),
        build.revision(),
        build.buildTime(),
        identity.taskId(),
        identity.availabilityZone());
  }
}
