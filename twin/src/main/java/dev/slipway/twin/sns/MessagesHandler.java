package dev.slipway.twin.sns;

import dev.slipway.twin.world.World;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * {@code GET /_twin/messages?account=&region=&topic=}: what was published to the topics of an
 * account and region, oldest first; of one topic alone when its ARN or name is given.
 */
public final class MessagesHandler implements Handler<HttpServerRequest> {

  private final BiFunction<String, String, World> worlds;
  private final String account;
  private final String region;

  /** A handler that looks into the worlds of accounts and regions; the last two are the usual. */
  public MessagesHandler(BiFunction<String, String, World> worlds, String account, String region) {
    this.worlds = worlds;
    this.account = account;
    this.region = region;
  }

  @Override
  public void handle(HttpServerRequest request) {
    if (!request.method().name().equals("GET")) {
      answer(request, 405, new JsonObject().put("error", "messages are read with GET"));
      return;
    }
    String where = parameter(request, "account", account);
    String there = parameter(request, "region", region);
    if (!where.matches("\\d{12}") || !there.matches("[a-z]{2}(-[a-z]+)+-\\d")) {
      answer(
          request,
          400,
          new JsonObject().put("error", "account and region must be an account's and a region's"));
      return;
    }
    World world = worlds.apply(where, there);
    String topic = parameter(request, "topic", "");
    JsonArray messages = new JsonArray();
    world.call(() -> List.copyOf(world.<Message>table(Message.TABLE).all())).stream()
        .filter(m -> topic.isEmpty() || m.topicArn().equals(topic) || name(m).equals(topic))
        .map(MessagesHandler::shown)
        .forEach(messages::add);
    answer(request, 200, new JsonObject().put("messages", messages));
  }

  private static String parameter(HttpServerRequest request, String name, String otherwise) {
    String value = request.getParam(name);
    return value == null ? otherwise : value;
  }

  private static String name(Message message) {
    return message.topicArn().substring(message.topicArn().lastIndexOf(':') + 1);
  }

  private static JsonObject shown(Message message) {
    return new JsonObject()
        .put("MessageId", message.id())
        .put("TopicArn", message.topicArn())
        .put("Subject", message.subject())
        .put("Message", message.text())
        .put("Timestamp", message.at().toString())
        .put("MessageAttributes", new JsonObject(Map.copyOf(message.attributes())));
  }

  private static void answer(HttpServerRequest request, int status, JsonObject body) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(body.toBuffer());
  }
}
