package dev.slipway.rehearsal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Leaves nothing behind when a run ends, or is ended: no process, no file. */
final class Cleanup {

  private static final int TRIES = 20;

  private final Path work;
  private final Thread hook;

  private Cleanup(Path work) {
    this.work = work;
    this.hook = Thread.ofPlatform().unstarted(this::sweep);
  }

  /** Cleans up when this process ends, however it ends, short of being killed. */
  static Cleanup atExit(Path work) {
    Cleanup cleanup = new Cleanup(work);
    Runtime.getRuntime().addShutdownHook(cleanup.hook);
    return cleanup;
  }

  /** Cleans up at once. */
  void now() {
    sweep();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already, and the hook with it.
    }
  }

  private void sweep() {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroy);
    // Whoever is just ending may write once more.
    for (int i = 0; i < TRIES && Files.exists(work); i++) {
      try (Stream<Path> files = Files.walk(work)) {
        files.sorted(Comparator.reverseOrder()).forEach(Cleanup::delete);
      } catch (IOException | UncheckedIOException e) {
        // Gone while it was looked at.
      }
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // A directory that was written to again: the next try.
    }
  }
}
