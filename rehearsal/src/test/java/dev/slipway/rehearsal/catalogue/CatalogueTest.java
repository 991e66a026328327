package dev.slipway.rehearsal.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.fault.Layer;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class CatalogueTest {

  @Test
  void everyFaultHasANameOfItsOwnThatBeginsWithItsLayer() {
    assertThat(Catalogue.ALL).extracting(Fault::id).doesNotHaveDuplicates();
    assertThat(Catalogue.ALL)
        .allSatisfy(
            f -> assertThat(f.id()).startsWith(f.layer().name().toLowerCase(Locale.ROOT) + "-"));
  }

  @Test
  void everyFaultSaysWhatIsWrongInASentenceWithoutAFullStop() {
    assertThat(Catalogue.ALL).allSatisfy(f -> assertThat(f.wrong()).matches("[A-Z].{10,150}[^.]"));
  }

  @Test
  void aFaultIsFoundByItsId() {
    assertThat(Catalogue.find("svc-desired-zero"))
        .get()
        .extracting(Fault::layer)
        .isEqualTo(Layer.SVC);
    assertThat(Catalogue.find("svc-desired-zer")).isEmpty();
  }
}
