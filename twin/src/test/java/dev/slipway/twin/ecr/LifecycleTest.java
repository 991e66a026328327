package dev.slipway.twin.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Ids;
import dev.slipway.twin.world.ManualClock;
import dev.slipway.twin.world.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecr.model.GetLifecyclePolicyPreviewRequest;
import software.amazon.awssdk.services.ecr.model.GetLifecyclePolicyPreviewResponse;
import software.amazon.awssdk.services.ecr.model.PutLifecyclePolicyRequest;
import software.amazon.awssdk.services.ecr.model.StartLifecyclePolicyPreviewRequest;

class LifecycleTest {

  private static final String UNTAGGED =
      rule(
          1,
          "'tagStatus':'untagged','countType':'sinceImagePushed','countUnit':'days','countNumber':1");
  private static final String KEEP_TWO_RELEASES =
      rule(
          2,
          "'tagStatus':'tagged','tagPrefixList':['v'],'countType':'imageCountMoreThan','countNumber':2");
  private static final String KEEP_ONE =
      rule(3, "'tagStatus':'any','countType':'imageCountMoreThan','countNumber':1");

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
  void expiresWithinADayWhatTheFirstMatchingRuleExpires() {
    server.pushImage("app", "", "amd64", "old and untagged");
    for (String tag : new String[] {"v1", "v2", "v3", "dev"}) {
      server.clock.advance(Duration.ofMinutes(1));
      server.pushImage("app", tag, "amd64", tag);
    }
    put(policy(UNTAGGED, KEEP_TWO_RELEASES));

    server.clock.advance(Duration.ofHours(23));
    assertThat(server.ecr.registry().images("app")).hasSize(5);
    server.clock.advance(Duration.ofHours(1));
    assertThat(server.ecr.registry().tags("app")).containsExactly("dev", "v2", "v3");
    assertThat(server.ecr.registry().images("app")).hasSize(3);
  }

  @Test
  void keepsImagesThatAHigherRuleClaimsOutOfReachOfLowerOnes() {
    for (String tag : new String[] {"v1", "v2", "dev"}) {
      server.clock.advance(Duration.ofMinutes(1));
      server.pushImage("app", tag, "amd64", tag);
    }
    server
        .world
        .operations()
        .invoke(
            StartLifecyclePolicyPreviewRequest.builder()
                .repositoryName("app")
                .lifecyclePolicyText(policy(KEEP_TWO_RELEASES, KEEP_ONE))
                .build());

    assertThat(preview().summary().expiringImageTotalCount()).isZero();
    assertThat(server.ecr.registry().images("app")).hasSize(3);
  }

  @Test
  void runsOnInACopyOfTheWorld() {
    server.pushImage("app", "v1", "amd64", "1");
    server.clock.advance(Duration.ofMinutes(1));
    server.pushImage("app", "v2", "amd64", "2");
    put(policy(KEEP_ONE));
    ManualClock clock = new ManualClock(server.clock.instant());
    World copy = new World(RegistryServer.ACCOUNT, "eu-west-1", clock, new Ids(new Random(2)));
    copy.copyStateFrom(server.world);
    Ecr ecr = new Ecr(copy, new BlobStore(directory), server.host);
    ecr.resume();

    clock.advance(Duration.ofHours(24));

    assertThat(ecr.registry().tags("app")).containsExactly("v2");
    assertThat(server.ecr.registry().tags("app")).containsExactly("v1", "v2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'tagStatus':'tagged','countType':'imageCountMoreThan','countNumber':1 | tagPrefixList",
        "'tagStatus':'any','countType':'sinceImagePushed','countNumber':1 | countUnit is days",
        "'tagStatus':'all','countType':'imageCountMoreThan','countNumber':1 | tagStatus is",
        "'tagStatus':'any','countType':'imageCountMoreThan','countNumber':0 | countNumber is 1",
      })
  void refusesAPolicyThatEcrRefuses(String selection, String reason) {
    assertThatThrownBy(() -> put(policy(rule(1, selection))))
        .isInstanceOfSatisfying(
            AwsError.class, e -> assertThat(e.code()).isEqualTo("InvalidParameterException"))
        .hasMessageContaining("Lifecycle policy validation failure")
        .hasMessageContaining(reason);
  }

  @Test
  void wantsTheRuleForAnyTagLast() {
    assertThatThrownBy(() -> put(policy(rule(1, KEEP_ONE_SELECTION), KEEP_TWO_RELEASES)))
        .hasMessageContaining("tagStatus any has the highest rulePriority");
  }

  private static final String KEEP_ONE_SELECTION =
      "'tagStatus':'any','countType':'imageCountMoreThan','countNumber':1";

  private GetLifecyclePolicyPreviewResponse preview() {
    return server
        .world
        .operations()
        .call(
            GetLifecyclePolicyPreviewRequest.builder().repositoryName("app").build(),
            GetLifecyclePolicyPreviewResponse.class);
  }

  private void put(String policy) {
    server
        .world
        .operations()
        .invoke(
            PutLifecyclePolicyRequest.builder()
                .repositoryName("app")
                .lifecyclePolicyText(policy)
                .build());
  }

  private static String policy(String... rules) {
    return "{\"rules\":[" + String.join(",", rules) + "]}";
  }

  private static String rule(int priority, String selection) {
    return "{'rulePriority':%d,'selection':{%s},'action':{'type':'expire'}}"
        .formatted(priority, selection)
        .replace('\'', '"');
  }
}
