package org.vidtomo.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VersionTest {
  @Test
  void version_isTheBuilds() {
    assertThat(Version.software()).matches("vidtomo/\\d+\\.\\d+\\.\\d+.*");
  }
}
