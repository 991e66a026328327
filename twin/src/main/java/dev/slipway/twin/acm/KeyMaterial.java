package dev.slipway.twin.acm;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes, reads and writes keys and certificates. */
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

  /** The certificates of a PEM text; empty when it is none. */
  static List<X509Certificate> certificates(String pem) {
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.ISO_8859_1)))
          .stream()
          .map(X509Certificate.class::cast)
          .toList();
    } catch (GeneralSecurityException e) {
      return List.of();
    }
  }

  /** The private key of a PEM text, PKCS#8, PKCS#1 or SEC 1; empty when it is none. */
  static Optional<PrivateKey> privateKey(String pem) {
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
      return switch (parser.readObject()) {
        case PrivateKeyInfo info -> Optional.of(converter.getPrivateKey(info));
        case PEMKeyPair pair -> Optional.of(converter.getKeyPair(pair).getPrivate());
        case null, default -> Optional.empty();
      };
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether the key is that of the certificate. */
  static boolean belongs(PrivateKey key, X509Certificate certificate) {
    byte[] sample = "sample".getBytes(StandardCharsets.US_ASCII);
    String algorithm = key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(sample);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(sample);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
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

  /** PEM of a certificate. */
  static String pem(X509Certificate certificate) {
    try {
      return pem("CERTIFICATE", certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** PKCS#8 PEM of a key. */
  static String pem(PrivateKey key) {
    return pem("PRIVATE KEY", key.getEncoded());
  }

  private static String pem(String label, byte[] encoded) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }

  private static X509Certificate x509(byte[] encoded) throws GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(encoded));
  }
}
