package dev.slipway.twin;

import dev.slipway.twin.runtime.TaskRuntime;
import dev.slipway.twin.runtime.process.ProcessRuntime;
import dev.slipway.twin.runtime.simulated.SimulatedRuntime;
import dev.slipway.twin.world.TwinClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;

/** What runs the containers of tasks. */
public enum RuntimeKind {
  /** Processes of the host's JVM. */
  PROCESS {
    @Override
    TaskRuntime open(Path directory, TwinClock clock, Supplier<String> metadataBase)
        throws IOException {
      return new ProcessRuntime(directory, clock, metadataBase);
    }
  },
  /** Servers in the twin's JVM that follow a script in their image. */
  SIMULATED {
    @Override
    TaskRuntime open(Path directory, TwinClock clock, Supplier<String> metadataBase)
        throws IOException {
      return new SimulatedRuntime(clock);
    }
  };

  abstract TaskRuntime open(Path directory, TwinClock clock, Supplier<String> metadataBase)
      throws IOException;
}
