package dev.slipway.twin.ecr;

import java.time.Instant;

/**
 * The lifecycle policy of a repository.
 *
 * @param lastRun when it was last evaluated; the moment of its making before the first time
 * @param nextRun when it is evaluated next
 */
record LifecycleRow(String repositoryName, String text, Instant lastRun, Instant nextRun) {}
