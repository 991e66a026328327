package dev.slipway.twin.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that was killed is listed by the system until somebody has asked how it ended. */
class RunDirectoryTest {

  private static final int BACKLOG = 1;

  @TempDir private Path path;

  private RunDirectory of(long pid, int port) throws IOException {
    RunDirectory directory = new RunDirectory(path);
    directory.write("twin.pid", Long.toString(pid));
    directory.write("twin.port", Integer.toString(port));
    return directory;
  }

  @Test
  void aTwinAnswersWhenItsPortAcceptsConnections() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress())) {
      assertThat(of(ProcessHandle.current().pid(), socket.getLocalPort()).answers()).isTrue();
    }
  }

  @Test
  void aTwinThatIsListedAndAcceptsNoConnectionDoesNotAnswer() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    RunDirectory directory = of(ProcessHandle.current().pid(), closed);
    assertThat(directory.process()).isPresent();
    assertThat(directory.answers()).isFalse();
  }

  @Test
  void noTwinAnswersInAnEmptyDirectory() {
    assertThat(new RunDirectory(path).answers()).isFalse();
  }
}
