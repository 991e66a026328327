package dev.slipway.validation.observe;

import java.net.URI;

/** Sends requests through the front door. Called on a virtual thread; may block for seconds. */
@FunctionalInterface
public interface Prober {

  /**
   * One request, on a connection of its own.
   *
   * @param url what to ask
   * @param host the Host header, empty for the URL's own
   */
  Probe.Answer get(URI url, String host);
}
