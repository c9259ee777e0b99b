package org.vidtomo.launcher.dead;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import java.util.HashSet;
import java.util.Set;
import org.vidtomo.messaging.DeadLetter;
import org.vidtomo.messaging.DeadLetterQueue.Decision;
import org.vidtomo.messaging.DeadLetterQueue.Visitor;

/** Prints dead letters as they come, and keeps none. With JSON, an object a line. */
public final class Showing implements Visitor {
  private final Chosen chosen;
  private final boolean json;
  private final boolean whole;
  private final PrintStream out;
  private final Set<String> shown = new HashSet<>();
  private long looked;
  private long printed;

  private Showing(Chosen chosen, boolean json, boolean whole, PrintStream out) {
    this.chosen = requireNonNull(chosen, "chosen");
    this.json = json;
    this.whole = whole;
    this.out = requireNonNull(out, "out");
  }

  /** A line each. */
  public static Showing list(Chosen chosen, boolean json, PrintStream out) {
    return new Showing(chosen, json, false, out);
  }

  /** All of each; copies of one message once. */
  public static Showing whole(Chosen chosen, boolean json, PrintStream out) {
    return new Showing(chosen, json, true, out);
  }

  @Override
  public Decision look(DeadLetter letter) {
    looked++;
    if (chosen.test(letter) && (!whole || shown.add(letter.id()))) {
      print(letter);
      printed++;
    }
    return Decision.KEEP;
  }

  private void print(DeadLetter letter) {
    if (json) {
      out.println(DeadLetterView.json(letter, whole));
    } else if (whole) {
      DeadLetterView.lines(letter).forEach(out::println);
    } else {
      if (printed == 0) {
        out.println(DeadLetterView.heading());
      }
      out.println(DeadLetterView.line(letter));
    }
  }

  /** What a list leaves unsaid. */
  public void end(long there, long limit, PrintStream err) {
    if (there == 0) {
      err.println("there are no dead letters");
    } else if (there > limit) {
      err.printf("… and %d more that were not looked at; --limit shows them%n", there - limit);
    } else if (looked < there) {
      err.printf("%d more are with another command just now%n", there - looked);
    }
  }

  /** Says what was not found; whether something was not. */
  public boolean missed(PrintStream err) {
    chosen.missing().forEach(id -> err.printf("there is no dead letter %s%n", id));
    return !chosen.missing().isEmpty();
  }
}
