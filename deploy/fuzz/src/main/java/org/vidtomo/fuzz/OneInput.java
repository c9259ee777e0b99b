package org.vidtomo.fuzz;

import java.util.Arrays;
import java.util.List;

/** What the fuzzer calls, by the names that it looks for. */
public final class OneInput {
  private static List<FuzzTarget> targets = List.of();

  private OneInput() {}

  /** Once, with the names of the targets. */
  public static void fuzzerInitialize(String[] args) {
    targets = Arrays.stream(args).map(FuzzTarget::valueOf).toList();
  }

  /** With each input; what it throws is a finding. Of several targets its first byte names one. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    if (targets.size() == 1) {
      targets.get(0).read(input);
    } else if (input.length > 0) {
      int number = (input[0] & 0xff) % targets.size();
      targets.get(number).read(Arrays.copyOfRange(input, 1, input.length));
    }
  }
}
