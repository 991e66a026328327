package dev.slipway.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.fault.Layer;
import dev.slipway.rehearsal.stage.Kind;
import dev.slipway.validation.check.Severity;
import dev.slipway.validation.sweep.Leftover;
import dev.slipway.validation.sweep.Sweep;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OutcomeTest {

  private static final Fault ADDRESS_LEFT =
      Fault.of("an-address", Layer.COST, Severity.MEDIUM)
          .wrong("An address is left")
          .on(Kind.DESTROY)
          .make(stage -> {})
          .named("elastic-ip")
          .build();

  private static Outcome swept(Leftover... left) {
    return swept(Known.NOTHING, left);
  }

  private static Outcome swept(Known known, Leftover... left) {
    return Outcome.of(
        ADDRESS_LEFT,
        new Sweep.Findings("eu-central-1", List.of(), List.of(left), List.of()),
        Set.of("eipalloc-1"),
        1,
        known);
  }

  @Test
  void namesWhatIsLeftByItsId() {
    Outcome outcome =
        swept(
            new Leftover("vpc", "vpc-1", "", false, 0),
            new Leftover("elastic-ip", "eipalloc-1", "", false, 0));
    assertThat(outcome.detected()).isTrue();
    assertThat(outcome.named()).isTrue();
    assertThat(outcome.resource()).isEqualTo("eipalloc-1");
  }

  @Test
  void doesNotTakeAnotherThingOfTheKindForIt() {
    Outcome outcome = swept(new Leftover("elastic-ip", "eipalloc-2", "", false, 0));
    assertThat(outcome.detected()).isTrue();
    assertThat(outcome.named()).isFalse();
  }

  @Test
  void doesNotTakeTheIdInAnotherKindForIt() {
    assertThat(swept(new Leftover("network-interface", "eipalloc-1", "", false, 0)).named())
        .isFalse();
  }

  @Test
  void whatIsLeftOfTheStackAsItIsCountsForNothing() {
    Known known = Known.of(swept(new Leftover("vpc", "vpc-1", "", false, 0)));

    assertThat(swept(known, new Leftover("vpc", "vpc-2", "", false, 0)).detected()).isFalse();
    assertThat(
            swept(
                    known,
                    new Leftover("vpc", "vpc-2", "", false, 0),
                    new Leftover("elastic-ip", "eipalloc-1", "", false, 0))
                .named())
        .isTrue();
  }
}
