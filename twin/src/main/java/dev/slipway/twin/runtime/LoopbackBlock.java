package dev.slipway.twin.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A /16 of loopback addresses that belongs to one twin: {@code 127.<block>.0.0}. The claim is a
 * listening socket on the block's last address, so that twins on one machine never share a block
 * and a killed twin's block is free again. Thread safe.
 */
public final class LoopbackBlock implements AutoCloseable {

  private static final int CLAIM_PORT = 47_113;
  private static final int FIRST_BLOCK = 80;
  private static final int LAST_BLOCK = 239;
  private static final int LAST_OF_NET = 0x7f;

  private final ServerSocket claim;
  private final int block;
  private final Deque<Integer> free = new ArrayDeque<>();
  private int next = 1;

  private LoopbackBlock(ServerSocket claim, int block) {
    this.claim = claim;
    this.block = block;
  }

  /**
   * Claims a free block.
   *
   * @throws IOException when the system has only 127.0.0.1, or every block is taken
   */
  public static LoopbackBlock claim() throws IOException {
    IOException last = null;
    for (int block = FIRST_BLOCK; block <= LAST_BLOCK; block++) {
      ServerSocket socket = new ServerSocket();
      try {
        socket.bind(new InetSocketAddress(address(block, 255, 254), CLAIM_PORT));
        return new LoopbackBlock(socket, block);
      } catch (IOException e) {
        socket.close();
        last = e;
      }
    }
    throw new IOException(
        "no free loopback block 127."
            + FIRST_BLOCK
            + ".0.0 to 127."
            + LAST_BLOCK
            + ".0.0; two tasks on one port need addresses of their own, which this system lacks",
        last);
  }

  /** A number whose {@link #task} and {@link #inner} addresses are free. */
  public synchronized int take() {
    Integer reused = free.poll();
    if (reused != null) {
      return reused;
    }
    // An IPv4 socket of the JDK does not listen on loopback addresses that end in 255.
    if ((next & LAST_OF_NET) == LAST_OF_NET) {
      next++;
    }
    return next++;
  }

  /** Gives a number back. */
  public synchronized void giveBack(int number) {
    free.add(number);
  }

  /** The address where a task is reached. */
  public InetAddress task(int number) {
    return address(block, number >> 7, (number & LAST_OF_NET) * 2);
  }

  /** The address that stands for the task's own loopback. */
  public InetAddress inner(int number) {
    return address(block, number >> 7, (number & LAST_OF_NET) * 2 + 1);
  }

  private static InetAddress address(int block, int third, int fourth) {
    try {
      return InetAddress.getByAddress(new byte[] {127, (byte) block, (byte) third, (byte) fourth});
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    claim.close();
  }
}
