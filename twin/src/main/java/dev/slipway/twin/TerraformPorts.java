package dev.slipway.twin;

import dev.slipway.twin.terraform.TerraformProviderServer;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The Terraform provider on a port for each account that works without naming its account. A port
 * is opened when it is first asked for. Thread safe.
 */
final class TerraformPorts implements AutoCloseable {

  private record Open(TerraformProviderServer server, int port) {}

  private final Function<String, TerraformProviderServer> servers;
  private final Map<String, Open> open = new HashMap<>();
  private boolean closed;

  /**
   * No ports yet.
   *
   * @param servers makes the provider of an account
   */
  TerraformPorts(Function<String, TerraformProviderServer> servers) {
    this.servers = servers;
  }

  /** The port of an account's provider. */
  synchronized int port(String account) throws IOException {
    if (!account.matches("\\d{12}")) {
      throw new IllegalArgumentException("account must be the twelve digits of an account");
    }
    if (closed) {
      throw new IOException("the twin has ended");
    }
    Open found = open.get(account);
    if (found == null) {
      TerraformProviderServer server = servers.apply(account);
      found = new Open(server, server.start());
      open.put(account, found);
    }
    return found.port();
  }

  /** Answers what {@code TF_REATTACH_PROVIDERS} is for an account, but for the process id. */
  Handler<HttpServerRequest> handler(Vertx vertx) {
    return request -> {
      String account = request.getParam("account", "");
      vertx
          .executeBlocking(() -> TerraformProviderServer.reattachConfig(0, port(account)), false)
          .onSuccess(config ->
              request.response().putHeader("Content-Type", "application/json").end(config))
          .onFailure(failure -> {
            int status = failure instanceof IllegalArgumentException ? 400 : 500;
            request.response().setStatusCode(status).end(failure.getMessage());
          });
    };
  }

  @Override
  public synchronized void close() {
    closed = true;
    open.values().forEach(one -> one.server().close());
    open.clear();
  }
}
