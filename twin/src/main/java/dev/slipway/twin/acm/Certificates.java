package dev.slipway.twin.acm;

import java.util.List;
import java.util.Optional;

/** What others need of Certificate Manager. To be used under the world's lock. */
public interface Certificates {

  /**
   * A certificate with its private key, fit to serve TLS.
   *
   * @param arn its ARN
   * @param domainName the name that it was made for
   * @param names all names that it covers, wildcards among them
   * @param chainPem the certificate and, behind it, its chain
   * @param keyPem the private key, PKCS#8
   */
  record Issued(String arn, String domainName, List<String> names, String chainPem, String keyPem) {

    @Override
    public String toString() {
      return arn;
    }
  }

  /** Whether the account has a certificate of the ARN, issued or not. */
  boolean exists(String arn);

  /** The certificate of an ARN, once it is issued; nothing while it is pending or has failed. */
  Optional<Issued> find(String arn);
}
