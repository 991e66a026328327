package dev.slipway.twin.ecr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.twin.ecr.Images.Lookup;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageLookupTest {

  @TempDir Path directory;
  private RegistryServer server;

  @BeforeEach
  void start() {
    server = new RegistryServer(directory);
    server.createRepository("app");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void saysWhyAnImageCannotBeHad() {
    String digest = server.pushImage("app", "1", "arm64", "x");
    String host = server.host;

    assertThat(find(host + "/app:1")).isEqualTo(new Lookup.WrongPlatform("linux/amd64"));
    assertThat(find(host + "/app:2")).isEqualTo(new Lookup.NoImage("app", "2"));
    assertThat(find(host + "/other:1")).isEqualTo(new Lookup.NoRepository("other"));
    assertThat(find("nginx:1.27")).isEqualTo(new Lookup.OtherRegistry("docker.io"));
    assertThat(find("123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1"))
        .isEqualTo(new Lookup.OtherRegistry("123456789012.dkr.ecr.us-east-1.amazonaws.com"));
    assertThat(server.ecr.digestOf(host + "/app:1")).hasValue(digest);
  }

  @Test
  void findsByTagByDigestAndByTheNameThatAwsUses() {
    String digest = server.pushImage("app", "1", "amd64", "x");

    for (String reference :
        new String[] {
          server.host + "/app:1",
          server.host + "/app@" + digest,
          server.host + "/app:gone@" + digest,
          "123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1"
        }) {
      assertThat(find(reference))
          .isInstanceOfSatisfying(
              Lookup.Found.class,
              found -> {
                assertThat(found.image().digest()).isEqualTo(digest);
                assertThat(found.image().config().environment()).containsEntry("A", "b=c");
              });
    }
  }

  private Lookup find(String reference) {
    return server.ecr.find(reference, "linux/amd64");
  }
}
