package dev.slipway.twin.runtime.process;

import dev.slipway.twin.world.TwinClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Ends the hold on the clock when a starting process listens on one of its ports, or gives up. */
final class StartWatch {

  private static final int INTERVAL_MILLIS = 25;
  private static final int GIVE_UP_MILLIS = 30_000;

  private StartWatch() {}

  static void until(
      ContainerProcess process,
      InetAddress address,
      ScheduledExecutorService watch,
      TwinClock.Hold hold) {
    if (process.container().ports().isEmpty()) {
      hold.close();
      return;
    }
    new Probe(process, address, watch, hold).again(GIVE_UP_MILLIS / INTERVAL_MILLIS);
  }

  /** One look, and the next one later. */
  private record Probe(
      ContainerProcess process,
      InetAddress address,
      ScheduledExecutorService watch,
      TwinClock.Hold hold) {

    void again(int left) {
      var _ = watch.schedule(() -> look(left), INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look(int left) {
      if (left <= 0 || !process.isAlive() || listens(process, address)) {
        hold.close();
      } else {
        again(left - 1);
      }
    }
  }

  private static boolean listens(ContainerProcess process, InetAddress address) {
    return process.container().ports().stream().anyMatch(port -> connects(address, port));
  }

  private static boolean connects(InetAddress address, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), INTERVAL_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
