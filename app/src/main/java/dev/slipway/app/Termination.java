package dev.slipway.app;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import sun.misc.Signal;

/**
 * Ends an asked-for stop with exit code 0. Without it the JVM ends with 143, which ECS shows for a
 * task that did not handle SIGTERM. Readiness and the drain delay are Quarkus's own part of the
 * shutdown.
 */
@ApplicationScoped
class Termination {

  void onStart(@Observes StartupEvent event) {
    Signal.handle(new Signal("TERM"), signal -> Quarkus.asyncExit(0));
  }
}
