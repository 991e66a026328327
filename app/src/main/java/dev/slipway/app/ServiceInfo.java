package dev.slipway.app;

/**
 * The answer of {@code GET /}. The verifier compares {@code revision} with the commit it was asked
 * to verify.
 *
 * @param service the name of the service
 * @param message a text for people
 * @param version the version of the project
 * @param revision the git revision that was built
 * @param buildTime ISO-8601 instant
 * @param taskId the ECS task that answered, null outside ECS
 * @param availabilityZone the zone of that task, null outside ECS
 */
public record ServiceInfo(
    String service,
    String message,
    String version,
    String revision,
    String buildTime,
    String taskId,
    String availabilityZone) {}
