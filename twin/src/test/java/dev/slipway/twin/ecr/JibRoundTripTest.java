package dev.slipway.twin.ecr;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JibRoundTripTest {

  @TempDir Path directory;
  private RegistryServer server;

  @BeforeEach
  void start() {
    // Jib asks for this before it sends a password over plain HTTP, even to a loopback address.
    System.setProperty("sendCredentialsOverHttp", "true");
    server = new RegistryServer(directory.resolve("registry"));
    server.createRepository("team/app");
  }

  @AfterEach
  void stop() {
    System.clearProperty("sendCredentialsOverHttp");
    server.close();
  }

  @Test
  void pushesAnImageWithJibAndBuildsOnItAgain() throws Exception {
    Path file = Files.write(directory.resolve("big"), randomBytes(3_000_000));
    JibContainer pushed =
        push(
            Jib.fromScratch()
                .addLayer(List.of(file), AbsoluteUnixPath.get("/app"))
                .setEntrypoint("java", "-jar", "app.jar")
                .setEnvironment(Map.of("PORT", "5000"))
                .addLabel("commit", "abc"),
            "v1");

    Images.Lookup found = server.ecr.find(server.host + "/team/app:v1", "linux/amd64");
    assertThat(found)
        .isInstanceOfSatisfying(
            Images.Lookup.Found.class,
            it -> {
              assertThat(it.image().digest()).isEqualTo(pushed.getDigest().toString());
              assertThat(it.image().config().entrypoint())
                  .containsExactly("java", "-jar", "app.jar");
              assertThat(it.image().config().environment()).containsEntry("PORT", "5000");
              assertThat(it.image().config().labels()).containsEntry("commit", "abc");
              assertThat(it.image().layers())
                  .singleElement()
                  .satisfies(layer -> assertThat(layer.file()).exists());
              assertThat(it.image().sizeInBytes()).isGreaterThan(3_000_000);
            });

    // Building on it pulls the manifest, the configuration and the layer through the protocol.
    push(
        Jib.from(
                RegistryImage.named(server.host + "/team/app:v1")
                    .addCredential("AWS", server.password()))
            .addLabel("more", "yes"),
        "v2");
    assertThat(server.ecr.registry().tags("team/app")).containsExactly("v1", "v2");
  }

  @Test
  void findsTheImageOfAPlatformInAnIndex() throws Exception {
    JibContainer index =
        push(
            Jib.fromScratch()
                .setPlatforms(
                    Set.of(new Platform("amd64", "linux"), new Platform("arm64", "linux")))
                .setEntrypoint("run"),
            "multi");

    String reference = server.host + "/team/app:multi";
    assertThat(server.ecr.find(reference, "linux/arm64")).isInstanceOf(Images.Lookup.Found.class);
    assertThat(server.ecr.find(reference, "linux/s390x"))
        .isEqualTo(new Images.Lookup.WrongPlatform("linux/s390x"));
    assertThat(server.ecr.digestOf(reference)).hasValue(index.getDigest().toString());
  }

  private JibContainer push(JibContainerBuilder image, String tag) throws Exception {
    RegistryImage target =
        RegistryImage.named(server.host + "/team/app:" + tag)
            .addCredentialRetriever(() -> Optional.of(Credential.from("AWS", server.password())));
    return image.containerize(
        Containerizer.to(target)
            .setAllowInsecureRegistries(true)
            .setBaseImageLayersCache(directory.resolve("base-cache"))
            .setApplicationLayersCache(directory.resolve("cache")));
  }

  private static byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    new Random(7).nextBytes(bytes);
    return bytes;
  }
}
