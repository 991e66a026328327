package dev.slipway.twin.acm;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes keys and certificates, and tells what is in them. */
final class KeyMaterial {

  private static final SecureRandom RANDOM = new SecureRandom();

  private KeyMaterial() {}

  /** A certificate with its private key. */
  record Pair(X509Certificate certificate, PrivateKey key) {}

  /**
   * A certificate for names, signed by its own key.
   *
   * @param algorithm as ACM writes it, for instance {@code RSA_2048}
   */
  static Pair issue(List<String> names, String algorithm, Instant from, Instant until) {
    try {
      KeyPair keys = generate(algorithm);
      X500Name subject = new X500Name("CN=" + names.getFirst());
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              subject,
              new BigInteger(120, RANDOM).setBit(120),
              Date.from(from),
              Date.from(until),
              subject,
              keys.getPublic());
      GeneralName[] general =
          names.stream()
              .map(name -> new GeneralName(GeneralName.dNSName, name))
              .toArray(GeneralName[]::new);
      builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(general));
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      boolean rsa = keys.getPrivate().getAlgorithm().equals("RSA");
      byte[] encoded =
          builder
              .build(
                  new JcaContentSignerBuilder(rsa ? "SHA256withRSA" : "SHA256withECDSA")
                      .build(keys.getPrivate()))
              .getEncoded();
      return new Pair(x509(encoded), keys.getPrivate());
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair generate(String algorithm) throws GeneralSecurityException {
    if (algorithm.startsWith("RSA_")) {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(Integer.parseInt(algorithm.substring(4)), RANDOM);
      return generator.generateKeyPair();
    }
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    String curve =
        switch (algorithm) {
          case "EC_prime256v1" -> "secp256r1";
          case "EC_secp384r1" -> "secp384r1";
          default -> throw new IllegalArgumentException(algorithm);
        };
    generator.initialize(new ECGenParameterSpec(curve), RANDOM);
    return generator.generateKeyPair();
  }

  /** The DNS names of a certificate: those it lists, or else its common name. */
  static List<String> names(X509Certificate certificate) {
    try {
      if (certificate.getSubjectAlternativeNames() != null) {
        return certificate.getSubjectAlternativeNames().stream()
            .filter(name -> name.getFirst().equals(GeneralName.dNSName))
            .map(name -> (String) name.get(1))
            .toList();
      }
    } catch (GeneralSecurityException e) {
      // Then its subject must do.
    }
    return Arrays.stream(certificate.getSubjectX500Principal().getName().split(",", -1))
        .filter(part -> part.startsWith("CN="))
        .map(part -> part.substring(3))
        .toList();
  }

  /** ACM's name of a key's kind. */
  static String algorithm(X509Certificate certificate) {
    return switch (certificate.getPublicKey()) {
      case java.security.interfaces.RSAPublicKey rsa -> "RSA_" + rsa.getModulus().bitLength();
      case java.security.interfaces.ECPublicKey ec ->
          ec.getParams().getCurve().getField().getFieldSize() == 384
              ? "EC_secp384r1"
              : "EC_prime256v1";
      default -> certificate.getPublicKey().getAlgorithm();
    };
  }

  private static X509Certificate x509(byte[] encoded) throws GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(encoded));
  }
}
