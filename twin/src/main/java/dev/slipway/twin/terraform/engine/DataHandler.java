package dev.slipway.twin.terraform.engine;

import dev.slipway.twin.terraform.value.Attributes;

/** One data source: fills its attributes from what the API answers. Stateless. */
public interface DataHandler {

  /** The data source's type, for instance {@code aws_vpc}. */
  String type();

  /** What error messages call it. */
  String label();

  /** Reads into the configured attributes. */
  void read(Context context, Attributes attributes);
}
