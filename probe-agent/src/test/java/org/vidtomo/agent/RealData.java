package org.vidtomo.agent;

import java.nio.file.Path;
import java.util.Optional;

/** The test kit's, under the name that tests of this module know. */
public final class RealData {
  private RealData() {}

  /** A folder of it; says so in one line when it is absent. */
  public static Optional<Path> folder(String name, int tests) {
    return org.vidtomo.testkit.RealData.folder(name, tests);
  }
}
