package dev.slipway.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.twin.snapshot.Snapshot;
import dev.slipway.twin.world.World;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecs.model.Service;

class SnapshotTest {

  private static final String ACCOUNT = "111122223333";
  private static final String OTHER = "444455556666";

  @TempDir private Path directory;
  private final HttpClient http = HttpClient.newHttpClient();

  private Twin start(String name) throws IOException {
    return Twin.start(
        TwinOptions.in(directory.resolve(name))
            .withScale(600)
            .withRegion("eu-central-1")
            .withRuntime(RuntimeKind.SIMULATED));
  }

  private HttpResponse<String> post(Twin twin, String path, String body) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + twin.port() + path);
    return http.send(
        HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  private String get(URI uri) throws Exception {
    return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
  }

  private void awaitServed(Stack stack) {
    await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptions()
        .until(() -> get(stack.url()), "1"::equals);
  }

  @Test
  void bringsAServiceBackInAnotherTwinSteadyAndServed() throws Exception {
    String snapshot;
    Service before;
    try (Twin first = start("first")) {
      Stack stack = new Stack(first.port(), ACCOUNT);
      stack.create();
      before = stack.service();
      snapshot = post(first, "/_twin/snapshot?account=" + ACCOUNT, "").body();
    }
    try (Twin second = start("second")) {
      assertThat(post(second, "/_twin/restore", snapshot).statusCode()).isEqualTo(200);
      Stack stack = new Stack(second.port(), ACCOUNT);
      stack.awaitSteady();
      awaitServed(stack);
      Service after = stack.service();
      assertThat(after.serviceArn()).isEqualTo(before.serviceArn());
      assertThat(after.createdAt()).isEqualTo(before.createdAt());
      assertThat(after.deployments().getFirst().id())
          .isEqualTo(before.deployments().getFirst().id());
      assertThat(stack.ecs().listTasks(r -> r.cluster("prod")).taskArns()).hasSize(2);
      // What was restored goes on living: a scaling needs the image's blobs and a free address.
      stack.ecs().updateService(r -> r.cluster("prod").service("web").desiredCount(3));
      await().atMost(Duration.ofMinutes(1)).until(() -> stack.service().runningCount() == 3);
    }
  }

  @Test
  void everyTableOfAWorldInUseComesBackAsItWas() throws Exception {
    try (Twin twin = start("one")) {
      new Stack(twin.port(), ACCOUNT).create();
      twin.clock().setScale(0.0001);
      Snapshot again = Snapshot.parse(twin.snapshots().take(ACCOUNT, true).toJson());
      for (World world : twin.worlds().all()) {
        Map<String, Map<String, Object>> state = world.state();
        state.values().removeIf(Map::isEmpty);
        assertThat(state).isNotEmpty();
        assertThat(twin.snapshots().tables(again, world.region())).containsAllEntriesOf(state);
      }
    }
  }

  @Test
  void takesAnAccountBackInPlace() throws Exception {
    try (Twin twin = start("one")) {
      Stack stack = new Stack(twin.port(), ACCOUNT);
      stack.create();
      String snapshot = post(twin, "/_twin/snapshot?blobs=false&account=" + ACCOUNT, "").body();
      URI url = stack.url();
      stack.ecs().updateService(r -> r.cluster("prod").service("web").desiredCount(0));
      await().atMost(Duration.ofMinutes(1)).until(() -> stack.service().runningCount() == 0);
      assertThat(post(twin, "/_twin/restore", snapshot).statusCode()).isEqualTo(200);
      stack.awaitSteady();
      assertThat(stack.url()).isEqualTo(url);
      awaitServed(stack);
      await().during(Duration.ofMillis(500)).until(stack::steady);
    }
  }

  @Test
  void forksAnAccountIntoAnotherThatLivesOnItsOwn() throws Exception {
    try (Twin twin = start("one")) {
      Stack stack = new Stack(twin.port(), ACCOUNT);
      stack.create();
      twin.snapshots().fork(ACCOUNT, OTHER);
      Stack fork = new Stack(twin.port(), OTHER);
      fork.awaitSteady();
      awaitServed(fork);
      assertThat(fork.url()).isNotEqualTo(stack.url());
      assertThat(fork.service().serviceArn())
          .isEqualTo("arn:aws:ecs:eu-central-1:" + OTHER + ":service/prod/web");
      fork.ecs().updateService(r -> r.cluster("prod").service("web").desiredCount(0));
      await().atMost(Duration.ofMinutes(1)).until(() -> fork.service().runningCount() == 0);
      assertThat(stack.steady()).isTrue();
      awaitServed(stack);
    }
  }

  @Test
  void refusesWhatIsNoSnapshot() throws Exception {
    try (Twin twin = start("one")) {
      for (String body : new String[] {"", "{}", "[]", "{\"format\": 1}", "{\"format\": 2,"}) {
        assertThat(post(twin, "/_twin/restore", body).statusCode()).isEqualTo(400);
      }
      assertThat(post(twin, "/_twin/snapshot?account=mine", "").statusCode()).isEqualTo(400);
      assertThat(post(twin, "/_twin/fork", "").body()).contains("to must be the twelve digits");
    }
  }
}
