package dev.slipway.twin.terraform.data;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.DataHandler;
import dev.slipway.twin.terraform.value.Attributes;

/** {@code aws_partition}: the twin is of the commercial partition. */
final class PartitionData implements DataHandler {

  @Override
  public String type() {
    return "aws_partition";
  }

  @Override
  public String label() {
    return "Partition";
  }

  @Override
  public void read(Context context, Attributes attributes) {
    attributes
        .set("id", "aws")
        .set("partition", "aws")
        .set("dns_suffix", "amazonaws.com")
        .set("reverse_dns_prefix", "com.amazonaws");
  }
}
