package dev.slipway.topology;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {

  @Test
  void containsItsFirstAndLastAddressAndNoMore() {
    Cidr block = Cidr.parse("10.0.16.0/20");
    assertThat(block.contains("10.0.16.0")).isTrue();
    assertThat(block.contains("10.0.31.255")).isTrue();
    assertThat(block.contains("10.0.32.0")).isFalse();
    assertThat(block.contains("10.0.15.255")).isFalse();
    assertThat(block.size()).isEqualTo(4096);
  }

  @Test
  void reachesOverTheWholeAddressSpace() {
    assertThat(Cidr.parse("0.0.0.0/0").contains("255.255.255.255")).isTrue();
    assertThat(Cidr.parse("128.0.0.0/1").contains("192.168.0.1")).isTrue();
  }

  @Test
  void clearsTheBitsBelowThePrefix() {
    assertThat(Cidr.parse("10.0.1.7/24")).hasToString("10.0.1.0/24");
  }

  @Test
  void overlapsWhenOneContainsTheOther() {
    Cidr vpc = Cidr.parse("10.0.0.0/16");
    assertThat(vpc.overlaps(Cidr.parse("10.0.3.0/24"))).isTrue();
    assertThat(Cidr.parse("10.0.3.0/24").overlaps(vpc)).isTrue();
    assertThat(vpc.overlaps(Cidr.parse("10.1.0.0/16"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "10.0.0.0", "10.0.0/8", "10.0.0.256/8", "10.0.0.0/33", "10.0.0.0/", "::/0"})
  void refusesWhatIsNoBlock(String text) {
    assertThat(Cidr.isValid(text)).isFalse();
  }
}
