package dev.slipway.twin.wire;

import dev.slipway.twin.world.AwsError;
import java.util.Map;

/** Where a request leads. */
sealed interface Route {

  /** The protocol to answer in. */
  AwsProtocol protocol();

  /** The service's signing name, as far as it is known. */
  String serviceName();

  /** The action as the client spelled it, as far as it is known. */
  String action();

  /**
   * An action of a service that the twin knows.
   *
   * @param form the form's pairs; empty for the other protocols
   */
  record ToAction(AwsService service, AwsProtocol protocol, String action, Map<String, String> form)
      implements Route {
    @Override
    public String serviceName() {
      return service.signingName();
    }
  }

  /** A request that leads nowhere. */
  record Refused(AwsProtocol protocol, String serviceName, String action, AwsError error)
      implements Route {}
}
