package dev.slipway.twin.ecs;

import dev.slipway.twin.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.ServiceEvent;

/**
 * Writes the events of a service: newest first, at most 100.
 *
 * <p>Source: ECS developer guide, service-event-messages: a message whose cause lasts is not
 * repeated until the cause clears or six hours pass.
 */
final class ServiceEvents {

  private static final int MOST = 100;
  private static final Duration REPEAT = Duration.ofHours(6);

  private final World world;

  ServiceEvents(World world) {
    this.world = world;
  }

  /** Adds an event; the prefix with the service's name is added here. */
  ServiceRow add(ServiceRow row, String message) {
    List<ServiceEvent> events = new ArrayList<>(row.service().events());
    Instant now = world.now();
    // Events of one moment stay in order for readers who sort by time.
    Instant last = events.isEmpty() ? Instant.MIN : events.getFirst().createdAt();
    Instant at = last.isBefore(now) ? now : last.plusMillis(1);
    events.addFirst(
        ServiceEvent.builder()
            .id(world.ids().uuid())
            .createdAt(at)
            .message("(service " + row.name() + ")" + message)
            .build());
    List<ServiceEvent> kept = events.size() > MOST ? events.subList(0, MOST) : events;
    return row.with(s -> s.events(kept));
  }

  /** Adds an event about something that lasts, unless it was said already. */
  ServiceRow addOnce(ServiceRow row, String message) {
    Instant written = row.standing().get(message);
    if (written != null && written.plus(REPEAT).isAfter(world.now())) {
      return row;
    }
    return add(row, message).standing(message, world.now());
  }
}
