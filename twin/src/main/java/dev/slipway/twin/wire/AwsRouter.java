package dev.slipway.twin.wire;

import dev.slipway.twin.world.AwsError;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides which protocol a request speaks, and to which service and action it goes. The protocol is
 * a matter of the request, not of the service: clients of different ages call CloudWatch in three
 * of them. Sources: Smithy 2.0, "AWS protocols"; how the AWS SDKs and botocore send.
 */
final class AwsRouter {

  private static final Pattern CBOR_PATH =
      Pattern.compile("/service/([A-Za-z0-9_.]+)/operation/([A-Za-z0-9_]+)");
  private static final Pattern ACTION = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,127}");

  /** The route of a request. Never throws. */
  Route route(HttpCall call, SignatureScope scope) {
    if (call.header("smithy-protocol").filter("rpc-v2-cbor"::equals).isPresent()) {
      return cbor(call);
    }
    Optional<String> target = call.header("X-Amz-Target");
    if (target.isPresent()) {
      return json(call, target.get());
    }
    Optional<AwsService> signed = AwsService.bySigningName(scope.service());
    if (signed.isPresent() && signed.get().isRest()) {
      return RestCodec.route(signed.get(), call);
    }
    if (signed.isEmpty() && scope.service().isEmpty() && RestCodec.isS3Host(call)) {
      return RestCodec.route(AwsService.S3, call);
    }
    return form(call, signed, scope);
  }

  private static Route cbor(HttpCall call) {
    Matcher path = CBOR_PATH.matcher(call.path());
    if (!path.matches()) {
      return new Route.Refused(
          AwsProtocol.CBOR, "", "", new AwsError("UnknownOperationException", 404, ""));
    }
    String action = path.group(2);
    return AwsService.byTargetPrefix(path.group(1))
        .<Route>map(service -> new Route.ToAction(service, AwsProtocol.CBOR, action, Map.of()))
        .orElseGet(() -> noService(AwsProtocol.CBOR, path.group(1), action));
  }

  private static Route json(HttpCall call, String target) {
    AwsProtocol protocol =
        call.header("Content-Type").filter(type -> type.contains("json-1.0")).isPresent()
            ? AwsProtocol.JSON_1_0
            : AwsProtocol.JSON_1_1;
    int dot = target.lastIndexOf('.');
    String action = target.substring(dot + 1);
    if (dot < 0 || !ACTION.matcher(action).matches()) {
      return new Route.Refused(protocol, "", "", AwsError.of("UnknownOperationException", ""));
    }
    String prefix = target.substring(0, dot);
    return AwsService.byTargetPrefix(prefix)
        .<Route>map(service -> new Route.ToAction(service, protocol, action, Map.of()))
        .orElseGet(() -> noService(protocol, prefix, action));
  }

  private static Route form(HttpCall call, Optional<AwsService> signed, SignatureScope scope) {
    AwsProtocol protocol = signed.map(AwsService::formProtocol).orElse(AwsProtocol.QUERY);
    Map<String, String> form;
    try {
      form = pairs(call);
    } catch (AwsError e) {
      return new Route.Refused(protocol, scope.service(), "", e);
    }
    String action = form.getOrDefault("Action", "");
    if (action.isEmpty()) {
      return withoutAction(call, scope, protocol);
    }
    if (!ACTION.matcher(action).matches()) {
      return new Route.Refused(protocol, scope.service(), "", invalidAction("the request"));
    }
    return byVersion(scope, signed, protocol, action, form);
  }

  private static Route byVersion(
      SignatureScope scope,
      Optional<AwsService> signed,
      AwsProtocol protocol,
      String action,
      Map<String, String> form) {
    String version = form.getOrDefault("Version", "");
    Optional<AwsService> service =
        AwsService.byVersion(version)
            .filter(AwsService::hasForms)
            .filter(found -> signed.isEmpty() || signed.get() == found);
    if (service.isPresent()) {
      return new Route.ToAction(service.get(), service.get().formProtocol(), action, form);
    }
    if (signed.isEmpty() && !scope.service().isEmpty()) {
      return noService(protocol, scope.service(), action);
    }
    return new Route.Refused(
        protocol,
        scope.service(),
        action,
        AwsError.of(
            "InvalidAction",
            "Could not find operation " + action + " for version " + printable(version)));
  }

  // The body's pairs win over the URL's; a GET has the URL's alone.
  private static Map<String, String> pairs(HttpCall call) {
    boolean isForm =
        call.header("Content-Type")
            .map(type -> type.toLowerCase(Locale.ROOT))
            .filter(type -> type.startsWith("application/x-www-form-urlencoded"))
            .isPresent();
    Map<String, String> pairs = new LinkedHashMap<>();
    if (isForm && call.body().length > 0) {
      pairs.putAll(Forms.parse(new String(call.body(), StandardCharsets.UTF_8)));
    }
    if (!call.query().isEmpty()) {
      Forms.parse(call.query()).forEach(pairs::putIfAbsent);
    }
    return pairs;
  }

  private static Route withoutAction(HttpCall call, SignatureScope scope, AwsProtocol protocol) {
    boolean elsewhere =
        !scope.service().isEmpty() && AwsService.bySigningName(scope.service()).isEmpty();
    if (elsewhere) {
      return noService(protocol, scope.service(), call.method() + " " + call.path());
    }
    return new Route.Refused(
        protocol,
        scope.service(),
        "",
        AwsError.of("MissingAction", "The request must contain the parameter Action."));
  }

  private static AwsError invalidAction(String where) {
    return AwsError.of("InvalidAction", "The action of " + where + " is not valid.");
  }

  private static Route noService(AwsProtocol protocol, String service, String action) {
    String message =
        "the twin does not have the service " + printable(service) + " (" + printable(action) + ")";
    return new Route.Refused(
        protocol, printable(service), action, new AwsError("NotImplemented", 501, message));
  }

  private static String printable(String text) {
    String cut = text.length() > 128 ? text.substring(0, 128) : text;
    return cut.replaceAll("[^\\x20-\\x7e]", "?");
  }
}
