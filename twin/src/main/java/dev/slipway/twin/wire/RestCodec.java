package dev.slipway.twin.wire;

import dev.slipway.twin.world.AwsError;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what a request to a REST service means. S3's buckets stand in the path or before the host's
 * name. Source: S3 user guide, "Virtual hosting of general purpose buckets".
 */
final class RestCodec {

  private static final Pattern BUCKET_HOST =
      Pattern.compile("(.+?)\\.(s3[.-].*|localhost(:\\d+)?|s3)");
  private static final Pattern S3_HOST = Pattern.compile("(.+\\.)?s3[.-].+");

  private RestCodec() {}

  /** Whether an unsigned request goes to S3 by its host. */
  static boolean isS3Host(HttpCall call) {
    return call.header("Host").filter(host -> S3_HOST.matcher(host).matches()).isPresent();
  }

  /** The route of a request to a REST service. */
  static Route route(AwsService service, HttpCall call) {
    try {
      Map<String, String> query = Forms.parse(call.query());
      Optional<RestPaths.Match> match =
          RestPaths.of(service).match(call, path(service, call), query);
      if (match.isEmpty()) {
        return new Route.Refused(
            AwsProtocol.REST_XML,
            service.signingName(),
            call.method(),
            new AwsError(
                "MethodNotAllowed",
                405,
                "The specified method is not allowed against this resource."));
      }
      Map<String, String> values = new LinkedHashMap<>(query);
      values.putAll(match.get().variables());
      return new Route.ToAction(service, AwsProtocol.REST_XML, match.get().action(), values);
    } catch (AwsError e) {
      return new Route.Refused(AwsProtocol.REST_XML, service.signingName(), call.method(), e);
    }
  }

  private static String path(AwsService service, HttpCall call) {
    if (service != AwsService.S3) {
      return call.path();
    }
    Matcher host = BUCKET_HOST.matcher(call.header("Host").orElse(""));
    return host.matches() ? "/" + host.group(1) + call.path() : call.path();
  }
}
