package dev.slipway.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.rehearsal.catalogue.Catalogue;
import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.stage.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeepingTest {

  /** The cluster is gone, and whoever asks for the service is refused. */
  @Test
  void asksForNothingOfTheServiceOnceItIsDestroyed() {
    List<Fault> destroyed = Catalogue.ALL.stream().filter(f -> f.kind() == Kind.DESTROY).toList();
    assertThat(destroyed)
        .isNotEmpty()
        .allSatisfy(f -> assertThat(Keeping.calls(f, null)).contains("slipway sweep"));
  }
}
