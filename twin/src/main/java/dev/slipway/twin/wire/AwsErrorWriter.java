package dev.slipway.twin.wire;

import dev.slipway.twin.world.AwsError;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Renders errors. Sources: Smithy 2.0, "AWS JSON 1.1 protocol" (operation error serialization),
 * "AWS query protocol", "AWS EC2 query protocol", "awsQueryCompatible trait".
 */
final class AwsErrorWriter {

  /**
   * CloudWatch's exception classes, which JSON and CBOR name, and the codes of its Query days,
   * which its clients still compare. Source: the service model's {@code awsQueryError} traits.
   */
  private static final Map<String, String> CLOUDWATCH_CODES =
      Map.ofEntries(
          Map.entry("DashboardInvalidInputError", "InvalidParameterInput"),
          Map.entry("InternalServiceFault", "InternalServiceError"),
          Map.entry("InvalidFormatFault", "InvalidFormat"),
          Map.entry("InvalidParameterCombinationException", "InvalidParameterCombination"),
          Map.entry("InvalidParameterValueException", "InvalidParameterValue"),
          Map.entry("LimitExceededFault", "LimitExceeded"),
          Map.entry("MissingRequiredParameterException", "MissingParameter"));

  // Shares its code with the exception class ResourceNotFound, so it has no way back.
  private static final Map<String, String> CLOUDWATCH_ONE_WAY =
      Map.of("DashboardNotFoundError", "ResourceNotFound");

  private static final Map<String, String> CLOUDWATCH_CLASSES = inverse(CLOUDWATCH_CODES);

  private final AwsJsonCodec json;

  AwsErrorWriter(AwsJsonCodec json) {
    this.json = json;
  }

  /** The answer for an error of a route. */
  AwsAnswer write(Route route, AwsError error, String requestId) {
    AwsProtocol protocol = route.protocol();
    AwsService service = route instanceof Route.ToAction to ? to.service() : null;
    boolean cloudWatch = service == AwsService.CLOUDWATCH;
    String message = error.getMessage() == null ? "" : error.getMessage();
    String queryCode = cloudWatch ? queryCode(error.code()) : error.code();
    Map<String, String> headers = new LinkedHashMap<>();
    byte[] body =
        switch (protocol) {
          case QUERY ->
              AwsXmlWriter.queryError(
                  service, fault(error, "Receiver"), queryCode, message, requestId);
          case REST_XML ->
              service == AwsService.ROUTE53
                  ? AwsXmlWriter.queryError(
                      service, fault(error, "Receiver"), error.code(), message, requestId)
                  : AwsXmlWriter.s3Error(error.code(), message, requestId);
          case EC2 -> AwsXmlWriter.ec2Error(error.code(), message, requestId);
          case JSON_1_0, JSON_1_1, CBOR -> {
            String type =
                cloudWatch
                    ? CLOUDWATCH_CLASSES.getOrDefault(error.code(), error.code())
                    : error.code();
            headers.put("x-amzn-ErrorType", type);
            if (cloudWatch) {
              headers.put("x-amzn-query-error", queryCode + ";" + fault(error, "Receiver"));
            }
            yield json.encodeError(protocol, type, message);
          }
        };
    if (protocol == AwsProtocol.REST_XML) {
      headers.put("Content-Type", protocol.contentType());
    }
    return new AwsAnswer(error.status(), headers, body, error.code());
  }

  private static String queryCode(String code) {
    String oneWay = CLOUDWATCH_ONE_WAY.get(code);
    return oneWay != null ? oneWay : CLOUDWATCH_CODES.getOrDefault(code, code);
  }

  private static String fault(AwsError error, String server) {
    return error.status() >= 500 ? server : "Sender";
  }

  private static Map<String, String> inverse(Map<String, String> map) {
    Map<String, String> inverse = new HashMap<>();
    map.forEach((key, value) -> inverse.put(value, key));
    return Map.copyOf(inverse);
  }
}
