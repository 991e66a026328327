package dev.slipway.twin.balancer;

import dev.slipway.twin.elbv2.Routing;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.KeyManagerFactory;

/**
 * The certificates of an HTTPS listener: the one whose name a client asks for, or else the default
 * one. Source: ELB user guide, https-listener-certificates. Immutable.
 */
final class ServedCertificates implements KeyCertOptions {

  private record Served(List<String> names, PemKeyCertOptions pem) {}

  private static final int DNS_NAME = 2;

  private final List<Served> all;

  ServedCertificates(List<Routing.Certificate> certificates) {
    all = certificates.stream().map(ServedCertificates::served).toList();
  }

  private static Served served(Routing.Certificate certificate) {
    return new Served(
        names(certificate.chainPem()),
        new PemKeyCertOptions()
            .addCertValue(Buffer.buffer(certificate.chainPem()))
            .addKeyValue(Buffer.buffer(certificate.keyPem())));
  }

  private static List<String> names(String chainPem) {
    try {
      X509Certificate leaf =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(
                      new ByteArrayInputStream(chainPem.getBytes(StandardCharsets.US_ASCII)));
      List<String> names = new ArrayList<>();
      Collection<List<?>> alternatives = leaf.getSubjectAlternativeNames();
      if (alternatives != null) {
        alternatives.stream()
            .filter(name -> name.getFirst().equals(DNS_NAME))
            .forEach(name -> names.add(name.get(1).toString().toLowerCase(Locale.ROOT)));
      }
      return names.isEmpty() ? List.of(commonName(leaf)) : List.copyOf(names);
    } catch (CertificateException | InvalidNameException e) {
      // It is still served when it is the default one.
      return List.of();
    }
  }

  private static String commonName(X509Certificate leaf) throws InvalidNameException {
    return new LdapName(leaf.getSubjectX500Principal().getName())
        .getRdns().stream()
            .filter(part -> part.getType().equalsIgnoreCase("CN"))
            .map(part -> part.getValue().toString().toLowerCase(Locale.ROOT))
            .findFirst()
            .orElse("");
  }

  /** Whether a certificate's name, which may begin with {@code *.}, covers a host. */
  private static boolean covers(String name, String host) {
    return name.startsWith("*.")
        ? host.indexOf('.') > 0 && host.substring(host.indexOf('.')).equals(name.substring(1))
        : name.equals(host);
  }

  @Override
  public KeyCertOptions copy() {
    return this;
  }

  @Override
  public KeyManagerFactory getKeyManagerFactory(Vertx vertx) throws Exception {
    return all.getFirst().pem().getKeyManagerFactory(vertx);
  }

  @Override
  public Function<String, KeyManagerFactory> keyManagerFactoryMapper(Vertx vertx) {
    return asked -> {
      String host = asked.toLowerCase(Locale.ROOT);
      for (Served served : all) {
        if (served.names().stream().anyMatch(name -> covers(name, host))) {
          return factory(served, vertx);
        }
      }
      return factory(all.getFirst(), vertx);
    };
  }

  private static KeyManagerFactory factory(Served served, Vertx vertx) {
    try {
      return served.pem().getKeyManagerFactory(vertx);
    } catch (Exception e) {
      throw new IllegalStateException("a certificate that was checked cannot be served", e);
    }
  }
}
