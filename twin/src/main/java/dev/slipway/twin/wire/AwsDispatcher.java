package dev.slipway.twin.wire;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Caller;
import dev.slipway.twin.world.Payload;
import dev.slipway.twin.world.World;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;

/** Performs a routed call in a world: decodes, invokes, encodes. Whatever happens, it answers. */
final class AwsDispatcher {

  private static final Logger LOG = System.getLogger(AwsDispatcher.class.getName());

  private final AwsJsonCodec json = new AwsJsonCodec();
  private final AwsFormReader forms = new AwsFormReader();
  private final RestReader restReader = new RestReader();
  private final RestWriter restWriter = new RestWriter();
  private final AwsErrorWriter errors = new AwsErrorWriter(json);

  /** Performs a call. Only the operation itself runs under the world's lock. */
  AwsAnswer dispatch(
      Route.ToAction route, Supplier<World> worldOfCall, Caller caller, HttpCall call) {
    try {
      World world = worldOfCall.get();
      Class<?> requestType =
          world
              .operations()
              .requestType(route.service().modelPackage(), route.action())
              .orElseThrow(() -> notThere(route));
      if (route.protocol() == AwsProtocol.REST_XML) {
        return rest(route, world, requestType, caller, call);
      }
      SdkRequest request =
          route.protocol().isForm()
              ? forms.decode(requestType, route.form())
              : json.decode(route.protocol(), requestType, call.body());
      UnreadMembers.refuse(request);
      SdkResponse response = world.operations().perform(caller, request);
      return success(route, response);
    } catch (AwsError error) {
      return refuse(route, error);
    } catch (RuntimeException | StackOverflowError e) {
      LOG.log(Level.ERROR, "failed: " + route.serviceName() + " " + route.action(), e);
      return refuse(
          route,
          new AwsError("InternalFailure", 500, "the twin failed on this call; its log says why"));
    }
  }

  private AwsAnswer rest(
      Route.ToAction route, World world, Class<?> requestType, Caller caller, HttpCall call) {
    ChunkedBody body =
        ChunkedBody.is(call)
            ? ChunkedBody.read(call.body())
            : new ChunkedBody(call.body(), Map.of());
    SdkRequest request =
        restReader.decode(
            requestType, call.withTrailers(body.trailers()), route.form(), body.content());
    UnreadMembers.refuse(request);
    Payload payload = Payload.of(body.content());
    SdkResponse response =
        ScopedValue.where(Payload.CURRENT, payload)
            .call(() -> world.operations().perform(caller, request));
    String requestId = requestId();
    return withHeaders(
        route.protocol(),
        restWriter.encode(route, call.method(), response, payload.answered()),
        requestId);
  }

  /** The answer for an error. */
  AwsAnswer refuse(Route route, AwsError error) {
    String requestId = requestId();
    return withHeaders(route.protocol(), errors.write(route, error, requestId), requestId);
  }

  private AwsAnswer success(Route.ToAction route, SdkResponse response) {
    String requestId = requestId();
    byte[] body =
        route.protocol().isForm()
            ? AwsXmlWriter.encode(route.service(), route.action(), response, requestId)
            : json.encode(route.protocol(), response);
    return withHeaders(route.protocol(), new AwsAnswer(200, Map.of(), body, ""), requestId);
  }

  private static AwsAnswer withHeaders(AwsProtocol protocol, AwsAnswer answer, String requestId) {
    Map<String, String> headers = new LinkedHashMap<>(answer.headers());
    if (protocol == AwsProtocol.REST_XML) {
      headers.put("x-amz-request-id", requestId);
      headers.put("x-amz-id-2", requestId);
    } else {
      headers.put("Content-Type", protocol.contentType());
    }
    headers.put("x-amzn-RequestId", requestId);
    if (protocol == AwsProtocol.CBOR) {
      headers.put("smithy-protocol", "rpc-v2-cbor");
    }
    return new AwsAnswer(answer.status(), headers, answer.body(), answer.errorCode());
  }

  private static AwsError notThere(Route.ToAction route) {
    if (ModelClasses.hasOperation(route.service().modelPackage(), route.action())) {
      return new AwsError(
          "NotImplemented",
          501,
          "the twin does not have " + route.serviceName() + " " + route.action());
    }
    if (route.protocol().isForm()) {
      return AwsError.of(
          "InvalidAction",
          "Could not find operation "
              + route.action()
              + " for version "
              + route.service().version());
    }
    int status = route.protocol() == AwsProtocol.CBOR ? 404 : 400;
    return new AwsError("UnknownOperationException", status, "");
  }

  // Not from the world's ids: those are drawn in the order in which a simulation asks for them.
  private static String requestId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new UUID(
            (random.nextLong() & ~0xF000L) | 0x4000L,
            (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L)
        .toString();
  }
}
