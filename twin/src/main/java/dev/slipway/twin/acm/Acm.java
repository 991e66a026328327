package dev.slipway.twin.acm;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Certificate Manager of one account and region. */
public final class Acm implements Certificates {

  private static final Pattern PAIRS = Pattern.compile("(..)(?=.)");

  private final World world;
  private final Validation validation;

  /** The certificates of a world. */
  public Acm(World world) {
    this.world = world;
    this.validation = new Validation(world);
  }

  /** Registers the API's operations at the world, once somebody calls one. */
  public void register() {
    world
        .operations()
        .registerLater(
            "acm",
            () -> {
              world.operations().register(new CertificateApi(world, this, validation));
              world.operations().register(new CertificateTagApi(this));
            });
  }

  @Override
  public boolean exists(String arn) {
    return rows().contains(arn);
  }

  @Override
  public Optional<Issued> find(String arn) {
    return look(arn)
        .filter(Row::isIssued)
        .map(row ->
            new Issued(
                arn,
                row.detail().domainName(),
                row.detail().subjectAlternativeNames(),
                row.certificatePem() + row.chainPem(),
                row.keyPem()));
  }

  Table<Row> rows() {
    return world.table(Row.TABLE);
  }

  /** The row as it stands now. */
  Optional<Row> look(String arn) {
    Optional<Row> found = rows().find(arn);
    found.ifPresent(row -> {
      Row now = validation.look(row);
      if (now != row) {
        rows().put(arn, now);
      }
    });
    return rows().find(arn);
  }

  List<Row> all() {
    rows().all().forEach(row -> look(row.arn()));
    return rows().all();
  }

  /** The row of an ARN. */
  Row require(String arn) {
    if (arn == null || !arn.startsWith("arn:aws:acm:")) {
      throw AwsError.of("InvalidArnException", "The certificate ARN '" + arn + "' is invalid.");
    }
    return look(arn)
        .orElseThrow(() ->
            AwsError.of(
                "ResourceNotFoundException",
                "Could not find certificate %s for account %s.".formatted(arn, world.account())));
  }

  /** A serial number in pairs of hex digits, as ACM shows it. */
  static String serial(X509Certificate certificate) {
    String hex = certificate.getSerialNumber().toString(16);
    return PAIRS.matcher(hex.length() % 2 == 0 ? hex : "0" + hex).replaceAll("$1:");
  }
}
