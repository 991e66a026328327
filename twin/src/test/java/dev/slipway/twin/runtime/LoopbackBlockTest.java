package dev.slipway.twin.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoopbackBlockTest {

  private static final int TASKS = 600;

  @Test
  void everyTaskCanListenOnAddressesOfItsOwn() throws IOException {
    Set<InetAddress> seen = new HashSet<>();
    try (LoopbackBlock block = LoopbackBlock.claim()) {
      for (int i = 0; i < TASKS; i++) {
        int number = block.take();
        for (InetAddress address : List.of(block.task(number), block.inner(number))) {
          assertThat(seen.add(address)).as("%s is given once", address).isTrue();
          // As the twin's process does: with IPv4 sockets the JDK refuses what ends in 255.
          try (var socket = ServerSocketChannel.open(StandardProtocolFamily.INET)) {
            socket.bind(new InetSocketAddress(address, 0));
          }
        }
      }
    }
  }
}
