package org.vidtomo.launcher.commands;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;

/** Asks the person at the terminal; no is what no answer means. */
final class YesOrNo {
  private final PrintStream out;
  private final Optional<BufferedReader> terminal;

  /** What came of it. */
  enum Answer {
    YES,
    NO,
    /** There is nobody to ask. */
    NO_TERMINAL
  }

  YesOrNo(PrintStream out, Optional<BufferedReader> terminal) {
    this.out = requireNonNull(out, "out");
    this.terminal = requireNonNull(terminal, "terminal");
  }

  static YesOrNo ofThisProcess() {
    return new YesOrNo(
        System.err,
        Optional.ofNullable(System.console())
            .filter(YesOrNo::isTerminal)
            .map(console -> new BufferedReader(console.reader())));
  }

  Answer ask(String question) throws IOException {
    if (terminal.isEmpty()) {
      return Answer.NO_TERMINAL;
    }
    out.print(question + " [y/N] ");
    out.flush();
    String line = terminal.get().readLine();
    String word = line == null ? "" : line.strip().toLowerCase(Locale.ROOT);
    return word.equals("y") || word.equals("yes") ? Answer.YES : Answer.NO;
  }

  /** From JDK 22 on there is a console without a terminal too; before, there is none. */
  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }
}
