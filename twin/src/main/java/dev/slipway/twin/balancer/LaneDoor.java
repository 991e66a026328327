package dev.slipway.twin.balancer;

import dev.slipway.twin.elbv2.Routing;
import dev.slipway.twin.elbv2.Routing.Transport;
import dev.slipway.twin.world.Differs;
import io.vertx.core.http.HttpServer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;

/** A load balancer's part on one lane: its listeners' servers and its connections to targets. */
@Differs(
    value = "a client that a security group or route shuts out is connected and never answered",
    because = "a program cannot drop the packets of a connection that the system accepts")
final class LaneDoor {

  private record Open(Transport transport, HttpServer server) {}

  private final FrontDoor door;
  private final Lane lane;
  private final Reception reception;
  private final Map<Integer, Open> servers = new HashMap<>();
  private final Map<Routing.Target, TargetPool> pools = new HashMap<>();
  private final Visitors visitors;
  private final LongConsumer sweep = this::closeIdle;

  LaneDoor(FrontDoor door, Lane lane) {
    this.door = door;
    this.lane = lane;
    Replies replies = new Replies(door.clock(), door.counts()::answered);
    this.visitors = new Visitors(replies, door.counts());
    this.reception = new Reception(door, lane, replies, visitors, this::pool);
    lane.run(() -> lane.addSweep(sweep));
  }

  private void closeIdle(long now) {
    RouteTable table = door.routes();
    if (table != null) {
      visitors.closeIdle(now, table.settings());
      pools.values().forEach(pool -> pool.closeIdle(now, table.settings().idleTimeout()));
    }
  }

  /** Makes servers and connections follow a new table. From any thread. */
  void apply(RouteTable table) {
    lane.run(() -> {
      servers
          .entrySet()
          .removeIf(open -> {
            boolean gone = !table.ports().contains(open.getKey());
            if (gone) {
              open.getValue().server().close();
            }
            return gone;
          });
      for (int port : table.ports()) {
        Transport wanted = table.transport(port);
        Open before = servers.get(port);
        if (before == null || !before.transport().equals(wanted)) {
          servers.put(port, new Open(wanted, serve(port, wanted, before)));
        }
      }
      pools
          .entrySet()
          .removeIf(entry -> {
            follow(table, entry.getKey(), entry.getValue());
            return !table.inService(entry.getKey()) && !table.draining(entry.getKey());
          });
    });
  }

  private static void follow(RouteTable table, Routing.Target target, TargetPool pool) {
    if (table.inService(target)) {
      pool.serve();
    } else if (table.draining(target)) {
      pool.drain();
    } else {
      pool.cut();
    }
  }

  private HttpServer serve(int port, Transport wanted, Open before) {
    if (before != null
        && before.transport() instanceof Transport.Tls had
        && wanted instanceof Transport.Tls tls
        && had.http2() == tls.http2()) {
      // Connections that exist keep the certificate that they began with.
      before.server().updateSSLOptions(Servers.tlsOptions(tls));
      return before.server();
    }
    if (before == null) {
      return Servers.open(lane, door.claim(), port, wanted, reception, visitors, door::nextNode);
    }
    before
        .server()
        .close()
        .onComplete(closed -> {
          Open current = servers.get(port);
          if (current != null && current.transport().equals(wanted)) {
            servers.put(
                port,
                new Open(
                    wanted,
                    Servers.open(
                        lane, door.claim(), port, wanted, reception, visitors, door::nextNode)));
          }
        });
    return before.server();
  }

  void close() {
    lane.run(() -> {
      lane.removeSweep(sweep);
      servers.values().forEach(open -> open.server().close());
      servers.clear();
      pools.values().forEach(TargetPool::cut);
      pools.clear();
    });
  }

  private TargetPool pool(Routing.Target target) {
    return pools.computeIfAbsent(target, t -> new TargetPool(lane, t, door.clock(), door.counts()));
  }
}
