package dev.slipway.twin.ecr.scan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionOrderTest {

  @ParameterizedTest
  @CsvSource({
    "DEBIAN, 1.0-1, 1.0-2",
    "DEBIAN, 1.9, 1.10",
    "DEBIAN, 9.9-1, 1:0.1-1",
    "DEBIAN, 3.0.11~rc1-1, 3.0.11-1",
    "DEBIAN, 1.0-1~deb12u1, 1.0-1",
    "DEBIAN, 2.36-9+deb12u3, 2.36-9+deb12u10",
    "DEBIAN, 1.0, 1.0a",
    "DEBIAN, 1.0a, 1.0+b",
    "ALPINE, 1.2.3-r0, 1.2.3-r10",
    "ALPINE, 3.1.2-r9, 3.1.10-r0",
    "ALPINE, 1.0_rc1-r0, 1.0-r0",
    "ALPINE, 1.0_alpha2, 1.0_beta1",
    "ALPINE, 1.0, 1.0_p1",
    "ALPINE, 1.0.1, 1.0.1a",
    "ALPINE, 1.0, 1.0.0",
    "MAVEN, 2.9.10, 2.14.0",
    "MAVEN, 2.15.0-rc1, 2.15.0",
    "MAVEN, 1.0-SNAPSHOT, 1.0",
    "MAVEN, 4.1.100.Final, 4.1.108.Final",
  })
  void putsTheOlderFirst(Ecosystem ecosystem, String older, String newer) {
    assertThat(ecosystem.isBefore(older, newer)).isTrue();
    assertThat(ecosystem.isBefore(newer, older)).isFalse();
    assertThat(ecosystem.isBefore(older, older)).isFalse();
  }
}
