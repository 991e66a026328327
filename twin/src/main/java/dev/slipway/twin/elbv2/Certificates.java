package dev.slipway.twin.elbv2;

import java.util.Optional;

/**
 * Where listeners get their certificates from: Certificate Manager, or server certificates of IAM.
 * Under the world's lock.
 */
@FunctionalInterface
public interface Certificates {

  /** Whatever may be asked for, there is none. */
  Certificates NONE = arn -> Optional.empty();

  /** The certificate of an ARN, if it is there and issued. */
  Optional<Routing.Certificate> find(String arn);
}
