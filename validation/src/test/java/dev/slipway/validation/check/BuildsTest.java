package dev.slipway.validation.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildsTest {

  @ParameterizedTest
  @CsvSource({
    "revision 0123456789abcdef,0123456789abcdef,true",
    "revision 0123456,0123456789abcdef,true",
    "revision 0123456789abcdef,0123456,true",
    "revision 012345,0123456789abcdef,false",
    "revision 1123456789abcdef,0123456789abcdef,false",
    "revision 0123456789abcdef-dirty-0a1b2c3d,0123456789abcdef,false",
    "revision 0123456789abcdef-dirty-0a1b2c3d,0123456789abcdef-dirty-0a1b2c3d,true",
    "revision 0123456789abcdef,0123456789abcdef-dirty-0a1b2c3d,false",
    "nothing,0123456789abcdef,false",
  })
  void findsACommitBeItAbbreviated(String text, String commit, boolean found) {
    assertThat(Builds.revision(text, commit).isPresent()).isEqualTo(found);
  }
}
