package dev.slipway.twin.wire;

/** The wire protocols of AWS that the twin speaks. A client may choose, so it is a call's trait. */
enum AwsProtocol {
  JSON_1_0("application/x-amz-json-1.0"),
  JSON_1_1("application/x-amz-json-1.1"),
  CBOR("application/cbor"),
  QUERY("text/xml"),
  EC2("text/xml;charset=UTF-8"),
  REST_XML("application/xml");

  private final String contentType;

  AwsProtocol(String contentType) {
    this.contentType = contentType;
  }

  /** The content type of answers. */
  String contentType() {
    return contentType;
  }

  /** Whether requests are forms and answers XML. */
  boolean isForm() {
    return this == QUERY || this == EC2;
  }
}
