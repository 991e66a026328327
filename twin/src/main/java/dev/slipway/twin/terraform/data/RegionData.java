package dev.slipway.twin.terraform.data;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.DataHandler;
import dev.slipway.twin.terraform.value.Attributes;
import java.util.Map;

/** {@code aws_region}: the provider's own region, or one that is named. */
final class RegionData implements DataHandler {

  /** What the provider calls the regions that AWS enables for every account. */
  private static final Map<String, String> DESCRIPTIONS =
      Map.ofEntries(
          Map.entry("ap-northeast-1", "Asia Pacific (Tokyo)"),
          Map.entry("ap-northeast-2", "Asia Pacific (Seoul)"),
          Map.entry("ap-northeast-3", "Asia Pacific (Osaka)"),
          Map.entry("ap-south-1", "Asia Pacific (Mumbai)"),
          Map.entry("ap-southeast-1", "Asia Pacific (Singapore)"),
          Map.entry("ap-southeast-2", "Asia Pacific (Sydney)"),
          Map.entry("ca-central-1", "Canada (Central)"),
          Map.entry("eu-central-1", "Europe (Frankfurt)"),
          Map.entry("eu-north-1", "Europe (Stockholm)"),
          Map.entry("eu-west-1", "Europe (Ireland)"),
          Map.entry("eu-west-2", "Europe (London)"),
          Map.entry("eu-west-3", "Europe (Paris)"),
          Map.entry("sa-east-1", "South America (Sao Paulo)"),
          Map.entry("us-east-1", "US East (N. Virginia)"),
          Map.entry("us-east-2", "US East (Ohio)"),
          Map.entry("us-west-1", "US West (N. California)"),
          Map.entry("us-west-2", "US West (Oregon)"));

  @Override
  public String type() {
    return "aws_region";
  }

  @Override
  public String label() {
    return "Region";
  }

  @Override
  public void read(Context context, Attributes attributes) {
    String region = attributes.text("region", attributes.text("name", context.region()));
    if (attributes.has("endpoint")) {
      region = attributes.text("endpoint").replaceFirst("^ec2\\.([^.]+)\\..*$", "$1");
    }
    attributes
        .set("id", region)
        .set("name", region)
        .set("region", region)
        .set("description", DESCRIPTIONS.getOrDefault(region, region))
        .set("endpoint", "ec2." + region + ".amazonaws.com");
  }
}
