package org.vidtomo.fuzz;

import java.util.Locale;

/** What the fuzzer calls, by the names that it looks for. */
public final class OneInput {
  private static FuzzTarget target;

  private OneInput() {}

  /** Once, with the target's name. */
  public static void fuzzerInitialize(String[] args) {
    target = FuzzTarget.valueOf(args[0].toUpperCase(Locale.ROOT));
  }

  /** With each input; what it throws is a finding. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    target.read(input);
  }
}
