package dev.slipway.twin.terraform.resources;

import java.util.Map;

/**
 * The hosted zones of S3's website endpoints. Source: AWS general reference, "Amazon S3 endpoints
 * and quotas".
 */
final class S3Zones {

  private static final Map<String, String> ZONES =
      Map.ofEntries(
          Map.entry("us-east-1", "Z3AQBSTGFYJSTF"),
          Map.entry("us-east-2", "Z2O1EMRO9K5GLX"),
          Map.entry("us-west-1", "Z2F56UZL2M1ACD"),
          Map.entry("us-west-2", "Z3BJ6K6RIION7M"),
          Map.entry("ca-central-1", "Z1QDHH18159H29"),
          Map.entry("eu-central-1", "Z21DNDUVLTQW6Q"),
          Map.entry("eu-west-1", "Z1BKCTXD74EZPE"),
          Map.entry("eu-west-2", "Z3GKZC51ZF0DB4"),
          Map.entry("eu-west-3", "Z3R1K369G5AVDG"),
          Map.entry("eu-north-1", "Z3BAZG2TWCNX0D"),
          Map.entry("ap-south-1", "Z11RGJOFQNVJUP"),
          Map.entry("ap-southeast-1", "Z3O0J2DXBE1FTB"),
          Map.entry("ap-southeast-2", "Z1WCIGYICN2BYD"),
          Map.entry("ap-northeast-1", "Z2M4EHUR26P7ZW"),
          Map.entry("ap-northeast-2", "Z3W03O7B5YMIYP"),
          Map.entry("sa-east-1", "Z7KQH4QJS55SO"));

  private S3Zones() {}

  /** The zone of a region; empty for one that is not known here. */
  static String of(String region) {
    return ZONES.getOrDefault(region, "");
  }
}
