package dev.slipway.twin.command;

import dev.slipway.twin.Twin;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the twin in the foreground until it is told to end. */
@Command(name = "serve", description = "Run the twin in the foreground.")
final class ServeCommand implements Callable<Integer> {

  @Mixin private ServeOptions options;

  @Override
  public Integer call() throws IOException, InterruptedException {
    RunDirectory directory = options.directory();
    Twin twin = Twin.start(options.twin());
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(() -> {
                  twin.close();
                  ended.countDown();
                }));
    directory.write("env", EnvCommand.exports(twin.port(), options.region()));
    directory.write("reattach.json", twin.terraformReattachConfig(0));
    directory.write("terraform.port", Integer.toString(twin.terraformPort()));
    // Last, for whoever starts the twin waits for this file.
    directory.write("twin.port", Integer.toString(twin.port()));
    ended.await();
    return 0;
  }
}
