package dev.slipway.rehearsal.stage;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import dev.slipway.twin.runtime.simulated.BehavingProgram;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecr.EcrClient;

/** Builds images whose programs behave as they are told, and pushes them, without Docker. */
final class Images {

  private static final String ROOT = "/app";

  private final Path cache;
  private final FileEntriesLayer code;

  /** Images whose layers are cached in a directory. */
  Images(Path cache) throws IOException {
    this.cache = cache;
    this.code = code(Files.createDirectories(cache.resolve("program")));
    // Jib asks for this before it sends a password over plain HTTP, even to a loopback address.
    System.setProperty("sendCredentialsOverHttp", "true");
  }

  /**
   * The program that real processes run; servers of the simulated runtime do the same by
   * themselves.
   */
  private static FileEntriesLayer code(Path directory) throws IOException {
    FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("program");
    for (String name : BehavingProgram.classes()) {
      String path = name.replace('.', '/') + ".class";
      Path file = directory.resolve(path);
      Files.createDirectories(file.getParent());
      try (InputStream bytes = BehavingProgram.class.getClassLoader().getResourceAsStream(path)) {
        Files.write(file, bytes.readAllBytes());
      }
      layer.addEntry(file, AbsoluteUnixPath.get(ROOT).resolve(path));
    }
    return layer.build();
  }

  /**
   * What an image is made of.
   *
   * @param fitting what it needs to run where it shall
   * @param architecture the processor that it is built for
   * @param environment its variables
   * @param files texts that it holds beside, by their absolute paths
   */
  record Build(
      Fitting fitting,
      String architecture,
      Program program,
      Map<String, String> environment,
      Map<String, String> files) {

    /** Nothing but a program, for the processor that it fits. */
    static Build of(Fitting fitting, Program program, String revision) {
      return new Build(
          fitting, fitting.architecture(), program, Map.of("REVISION", revision), Map.of());
    }

    private List<String> entryPoint() {
      return fitting.entryPoint().isEmpty()
          ? List.of("java", "-cp", ROOT, BehavingProgram.class.getName())
          : fitting.entryPoint();
    }
  }

  /**
   * Builds and pushes an image.
   *
   * @param ecr the registry's account
   * @param repository the repository's name
   * @return its digest
   */
  String push(EcrClient ecr, String repository, String tag, Build build)
      throws IOException, InterruptedException {
    String address =
        ecr.describeRepositories(r -> r.repositoryNames(repository))
            .repositories()
            .getFirst()
            .repositoryUri();
    String token = ecr.getAuthorizationToken().authorizationData().getFirst().authorizationToken();
    String password =
        new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8).split(":", 2)[1];
    Path texts = Files.createTempDirectory(Files.createDirectories(cache), "files");
    try {
      JibContainerBuilder image =
          Jib.fromScratch()
              .setPlatforms(Set.of(new Platform(build.architecture(), "linux")))
              .addFileEntriesLayer(code)
              .setEntrypoint(build.entryPoint())
              .setEnvironment(build.environment())
              .addEnvironmentVariable(
                  "SLIPWAY_BEHAVIOUR", build.fitting().fit(build.program()).json());
      if (!build.files().isEmpty()) {
        image.addFileEntriesLayer(layer(texts, build.files()));
      }
      RegistryImage target =
          RegistryImage.named(address + ":" + tag).addCredential("AWS", password);
      return image
          .containerize(
              Containerizer.to(target)
                  .setAllowInsecureRegistries(true)
                  .setBaseImageLayersCache(cache.resolve("base"))
                  .setApplicationLayersCache(cache.resolve("layers")))
          .getDigest()
          .toString();
    } catch (InvalidImageReferenceException
        | RegistryException
        | CacheDirectoryCreationException e) {
      throw new IOException("the image cannot be pushed: " + e.getMessage(), e);
    } catch (ExecutionException e) {
      throw new IOException("the image cannot be pushed: " + e.getCause().getMessage(), e);
    } finally {
      try (Stream<Path> all = Files.list(texts)) {
        for (Path each : all.toList()) {
          Files.delete(each);
        }
      }
      Files.delete(texts);
    }
  }

  private static FileEntriesLayer layer(Path directory, Map<String, String> files)
      throws IOException {
    FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("files");
    int n = 0;
    for (Map.Entry<String, String> each : files.entrySet()) {
      Path text = Files.writeString(directory.resolve(String.valueOf(n++)), each.getValue());
      layer.addEntry(text, AbsoluteUnixPath.get(each.getKey()));
    }
    return layer.build();
  }
}
