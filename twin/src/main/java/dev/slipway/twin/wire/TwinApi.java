package dev.slipway.twin.wire;

import dev.slipway.twin.world.TwinClock;
import dev.slipway.twin.world.Worlds;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.function.Predicate;

/** The twin's own API: health, clock, calls and faults. */
final class TwinApi implements Handler<HttpServerRequest> {

  private static final int CALLS_SHOWN = 1000;

  private final Shortages shortages;
  private final TwinClock clock;
  private final CallLog calls;
  private final Faults faults;
  private volatile Runnable shutdown;

  TwinApi(Worlds worlds, String region, TwinClock clock, CallLog calls, Faults faults) {
    this.shortages = new Shortages(worlds, region);
    this.clock = clock;
    this.calls = calls;
    this.faults = faults;
  }

  void onShutdown(Runnable action) {
    shutdown = action;
  }

  /** A refusal of this API. */
  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;

    Refusal(int status, String message) {
      super(message, null, false, false);
      this.status = status;
    }
  }

  @Override
  public void handle(HttpServerRequest request) {
    HttpBody.read(
        request,
        (body, error) -> {
          try {
            if (error != null) {
              throw new Refusal(error.status(), error.getMessage());
            }
            answer(request, 200, perform(request, new String(body, StandardCharsets.UTF_8)));
          } catch (IllegalArgumentException e) {
            answer(request, 400, new JsonObject().put("error", e.getMessage()));
          } catch (Refusal refusal) {
            answer(request, refusal.status, new JsonObject().put("error", refusal.getMessage()));
          }
        });
  }

  private JsonObject perform(HttpServerRequest request, String body) {
    String call = request.method().name() + " " + request.path();
    return switch (call) {
      case "GET /_twin/health" -> new JsonObject().put("status", "ok");
      case "GET /_localstack/health" -> localstackHealth();
      case "GET /_twin/clock" -> time();
      case "POST /_twin/clock" -> setClock(json(body));
      case "GET /_twin/calls" -> calls(request);
      case "DELETE /_twin/calls" -> {
        calls.clear();
        yield new JsonObject();
      }
      case "GET /_twin/faults" -> faults();
      case "POST /_twin/faults" -> addFault(json(body));
      case "DELETE /_twin/faults" -> {
        faults.clear();
        shortages.clear();
        yield faults();
      }
      case "POST /_twin/shutdown" -> shutdown(request);
      default -> throw new Refusal(404, "no such path or method: " + call);
    };
  }

  private JsonObject time() {
    return new JsonObject().put("now", clock.instant().toString()).put("scale", clock.scale());
  }

  private JsonObject setClock(JsonObject wish) {
    Fields.only(wish, "scale", "advance");
    Double scale = Fields.number(wish, "scale");
    if (scale != null) {
      if (!(scale > 0) || scale > 1e6) {
        throw new IllegalArgumentException("scale must be above 0 and at most 1000000");
      }
      clock.setScale(scale);
    }
    Object advance = wish.getValue("advance");
    if (advance != null) {
      clock.advance(duration(advance));
    }
    return time();
  }

  private static Duration duration(Object value) {
    try {
      Duration duration =
          value instanceof Number seconds
              ? Duration.ofMillis(Math.round(seconds.doubleValue() * 1000))
              : Duration.parse(value.toString());
      if (!duration.isNegative()) {
        return duration;
      }
    } catch (DateTimeParseException | ArithmeticException e) {
      // refused below
    }
    throw new IllegalArgumentException("advance must be seconds or a duration such as PT1M");
  }

  private JsonObject calls(HttpServerRequest request) {
    String service = request.getParam("service");
    String action = request.getParam("action");
    String account = request.getParam("account");
    Predicate<CallLog.Call> wanted =
        call ->
            (service == null || service.equals(call.service()))
                && (account == null || account.equals(call.account()))
                && (action == null || action.equals(call.action()));
    JsonArray list = new JsonArray();
    calls.newest(limit(request.getParam("limit")), wanted).forEach(call -> list.add(json(call)));
    return new JsonObject().put("total", calls.total()).put("calls", list);
  }

  private static int limit(String text) {
    if (text == null) {
      return CALLS_SHOWN;
    }
    if (!text.matches("\\d{1,6}")) {
      throw new IllegalArgumentException("limit must be a number");
    }
    return Integer.parseInt(text);
  }

  private static JsonObject json(CallLog.Call call) {
    return new JsonObject()
        .put("number", call.number())
        .put("at", call.at().toString())
        .put("account", call.account())
        .put("region", call.region())
        .put("service", call.service())
        .put("action", call.action())
        .put("status", call.status())
        .put("errorCode", call.errorCode())
        .put("accessKeyId", call.accessKeyId())
        .put("userAgent", call.userAgent());
  }

  private JsonObject addFault(JsonObject wish) {
    if (!shortages.add(wish)) {
      faults.add(FaultJson.read(wish));
    }
    return faults();
  }

  private JsonObject faults() {
    JsonArray list = new JsonArray();
    faults.all().forEach(fault -> list.add(FaultJson.write(fault)));
    shortages.all().forEach(list::add);
    return new JsonObject().put("faults", list);
  }

  private JsonObject shutdown(HttpServerRequest request) {
    Runnable action = shutdown;
    if (action == null) {
      throw new Refusal(501, "this twin cannot be shut down by a request");
    }
    request.response().endHandler(ended -> action.run());
    return new JsonObject().put("status", "stopping");
  }

  // The shape that LocalStack's own tools wait for.
  private static JsonObject localstackHealth() {
    JsonObject services = new JsonObject();
    for (AwsService service : AwsService.values()) {
      services.put(
          switch (service) {
            case CLOUDWATCH -> "cloudwatch";
            case ELBV2 -> "elbv2";
            case TAGGING -> "resourcegroupstaggingapi";
            default -> service.signingName();
          },
          "available");
    }
    return new JsonObject()
        .put("services", services)
        .put("edition", "slipway-twin")
        .put("version", "4.0.0");
  }

  private static JsonObject json(String body) {
    try {
      return new JsonObject(body);
    } catch (DecodeException e) {
      throw new IllegalArgumentException("the body must be a JSON object");
    }
  }

  private static void answer(HttpServerRequest request, int status, JsonObject body) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(body.encode() + "\n");
  }
}
