package dev.slipway.twin.ecr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;
import software.amazon.awssdk.services.ecr.model.ImageTagMutabilityExclusionFilter;

class TagMutabilityTest {

  @ParameterizedTest
  @CsvSource({
    "MUTABLE, , v1, true",
    "IMMUTABLE, , v1, false",
    "IMMUTABLE_WITH_EXCLUSION, dev-*, dev-1, true",
    "IMMUTABLE_WITH_EXCLUSION, dev-*, v1, false",
    "MUTABLE_WITH_EXCLUSION, v*, v1, false",
    "MUTABLE_WITH_EXCLUSION, v*, dev-1, true",
    "MUTABLE_WITH_EXCLUSION, v.*, vx1, true"
  })
  void movesATagWhereTheModeAndItsExclusionsLetIt(
      ImageTagMutability mode, String exclusion, String tag, boolean moves) {
    List<ImageTagMutabilityExclusionFilter> exclusions =
        exclusion == null
            ? List.of()
            : List.of(ImageTagMutabilityExclusionFilter.builder().filter(exclusion).build());

    TagMutability settings = new TagMutability(mode, exclusions).checked();

    assertThat(settings.mayMove(tag)).isEqualTo(moves);
  }
}
