package dev.slipway.twin.terraform.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.twin.terraform.value.Attributes;
import dev.slipway.twin.world.Caller;
import dev.slipway.twin.world.Credentials;
import dev.slipway.twin.world.Ids;
import dev.slipway.twin.world.ManualClock;
import dev.slipway.twin.world.World;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SessionTest {

  private final ManualClock clock = new ManualClock(Instant.parse("2026-01-02T03:04:05.6789Z"));
  private final Session session =
      new Session(
          (account, region) -> new World(account, region, clock, new Ids(new Random(1))),
          clock,
          new Session.Defaults("eu-central-1", "0".repeat(12)));

  @Test
  void takesItsDefaultsWhereTheProviderBlockSaysNothing() {
    session.configure(new Attributes());

    assertThat(session.context().account()).isEqualTo("000000000000");
    assertThat(session.context().region()).isEqualTo("eu-central-1");
  }

  @Test
  void takesAnAccessKeyOfTwelveDigitsForTheAccount() {
    session.configure(
        new Attributes().set("access_key", "123456789012").set("region", "eu-west-1"));

    assertThat(session.context().account()).isEqualTo("123456789012");
    assertThat(session.context().region()).isEqualTo("eu-west-1");
  }

  @Test
  void takesAKeyThatStsHandedOutForItsSession() {
    Credentials credentials = new Credentials();
    String arn = "arn:aws:sts::123456789012:assumed-role/deploy/ci";
    credentials.issue("123456789012", new Caller("ASIAKEY", arn, "AROA:ci"));
    Session known =
        new Session(
            (account, region) -> new World(account, region, clock, new Ids(new Random(1))),
            clock,
            new Session.Defaults("eu-central-1", "0".repeat(12), credentials));
    known.configure(new Attributes().set("access_key", "ASIAKEY"));

    assertThat(known.context().account()).isEqualTo("123456789012");
  }

  @Test
  void actsInTheAccountOfTheRoleThatItAssumes() {
    Attributes role = new Attributes().set("role_arn", "arn:aws:iam::210987654321:role/deploy");
    session.configure(new Attributes().setBlock("assume_role", role));

    assertThat(session.context().account()).isEqualTo("210987654321");
  }

  @Test
  void refusesAnAccountThatIsNotAllowed() {
    Attributes config = new Attributes().setTexts("allowed_account_ids", List.of("111111111111"));

    assertThatThrownBy(() -> session.configure(config))
        .hasMessage("AWS account ID not allowed: 000000000000");
  }

  @Test
  void keepsDefaultTagsOutOfAResourcesOwnTags() {
    Attributes tags = new Attributes().setTexts("tags", Map.of("env", "test", "team", "all"));
    session.configure(new Attributes().setBlock("default_tags", tags));
    Attributes state = new Attributes().setTexts("tags", Map.of("team", "all"));

    session
        .context()
        .setTags(state, Map.of("env", "test", "team", "all", "own", "1", "aws:x", "y"));

    assertThat(state.textMap("tags")).containsOnlyKeys("team", "own");
    assertThat(state.textMap("tags_all")).containsOnlyKeys("env", "team", "own");
  }

  @Test
  void knowsTheNamesThatItMadeByTheirPrefix() {
    session.configure(new Attributes());
    String name = session.context().name(new Attributes().set("name_prefix", "lb-"));

    assertThat(name).startsWith("lb-202601020304056789").hasSize(29);
    assertThat(Context.namePrefix(name)).isEqualTo("lb-");
    assertThat(Context.namePrefix("lb-by-hand")).isEmpty();
  }
}
