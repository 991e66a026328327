package dev.slipway.twin.balancer;

import dev.slipway.twin.world.Differs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;

/**
 * Gives each load balancer a loopback address of its own, from {@code 127.64.0.0/12}. A claim is a
 * listening socket, so that twins on one machine never share an address and a killed twin's
 * addresses are free again. Thread safe.
 */
@Differs(
    value =
        "a load balancer's DNS name is a loopback address, with a port where 80 is not to be had",
    because = "names such as *.elb.amazonaws.com cannot be made to resolve without rights")
final class FrontAddresses {

  private static final System.Logger LOG = System.getLogger(FrontAddresses.class.getName());
  private static final int CLAIM_PORT = 47_112;
  private static final int FIRST_BLOCK = 64;
  private static final int BLOCKS = 16;
  private static final int HTTP = 80;

  private int next = 2;

  /** Claims an address; the one of the name when it is free. */
  synchronized Claim claim(String preferredName) {
    String host = preferredName.replaceFirst(":\\d+$", "");
    if (host.matches("127\\.\\d+\\.\\d+\\.\\d+")) {
      ServerSocket socket = tryBind(address(host), CLAIM_PORT);
      if (socket != null) {
        return claimed(socket);
      }
    }
    for (int tried = 0; tried < BLOCKS << 8; tried++) {
      int number = next;
      next = next + 1 & (BLOCKS << 16) - 1;
      if ((number & 255) == 0 || (number & 255) == 255) {
        continue;
      }
      ServerSocket socket = tryBind(address(number), CLAIM_PORT);
      if (socket != null) {
        return claimed(socket);
      }
    }
    LOG.log(
        System.Logger.Level.INFO,
        "this system has no loopback address but 127.0.0.1: load balancers share it, each on"
            + " ports of its own");
    return new Claim(InetAddress.getLoopbackAddress(), null, freePort(address("127.0.0.1")));
  }

  private static Claim claimed(ServerSocket socket) {
    InetAddress address = socket.getInetAddress();
    int port = portFor(address, HTTP);
    return new Claim(address, socket, port);
  }

  /** The port itself when it may be bound, and any other one otherwise. */
  static int portFor(InetAddress address, int port) {
    ServerSocket trial = tryBind(address, port);
    if (trial == null) {
      return freePort(address);
    }
    close(trial);
    return port;
  }

  private static int freePort(InetAddress address) {
    ServerSocket trial = tryBind(address, 0);
    if (trial == null) {
      throw new IllegalStateException("no port can be bound on " + address.getHostAddress());
    }
    int port = trial.getLocalPort();
    close(trial);
    return port;
  }

  private static ServerSocket tryBind(InetAddress address, int port) {
    try {
      ServerSocket socket = new ServerSocket();
      try {
        socket.bind(new InetSocketAddress(address, port));
        return socket;
      } catch (IOException e) {
        socket.close();
        return null;
      }
    } catch (IOException e) {
      return null;
    }
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "closing a socket", e);
    }
  }

  private static InetAddress address(int number) {
    return address(
        "127." + (FIRST_BLOCK + (number >> 16)) + "." + (number >> 8 & 255) + "." + (number & 255));
  }

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An address and the ports on it, for one load balancer. */
  static final class Claim {
    private final InetAddress address;
    private final ServerSocket socket;
    private final Map<Integer, Integer> ports = new HashMap<>();

    private Claim(InetAddress address, ServerSocket socket, int httpPort) {
      this.address = address;
      this.socket = socket;
      ports.put(HTTP, httpPort);
    }

    /** The address. */
    InetAddress address() {
      return address;
    }

    /** The port on which a listener of the given port really listens. */
    synchronized int portOf(int listenerPort) {
      return ports.computeIfAbsent(listenerPort, port -> portFor(address, port));
    }

    /** The bare address, or address and port where port 80 is another. */
    String dnsName() {
      int port = portOf(HTTP);
      return port == HTTP ? address.getHostAddress() : address.getHostAddress() + ":" + port;
    }

    /** Gives the address back. */
    void release() {
      if (socket != null) {
        close(socket);
      }
    }
  }
}
