package org.vidtomo.launcher.dead;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.launcher.print.Units;
import org.vidtomo.messaging.DeadLetter;
import org.vidtomo.messaging.DeadLetterQueue.Decision;
import org.vidtomo.messaging.DeadLetterQueue.Visitor;

/** Replays or drops the dead letters that were chosen, and tells what became of them. */
public final class Settling implements Visitor {
  private static final int LONGEST_REASON = 300;

  private final Chosen chosen;
  private final Decision decision;
  private final boolean json;
  private final PrintStream out;
  private final PrintStream err;
  private long done;
  private long failed;

  /** Nothing is settled yet. */
  public Settling(
      Chosen chosen, Decision decision, boolean json, PrintStream out, PrintStream err) {
    this.chosen = requireNonNull(chosen, "chosen");
    this.decision = requireNonNull(decision, "decision");
    this.json = json;
    this.out = requireNonNull(out, "out");
    this.err = requireNonNull(err, "err");
  }

  @Override
  public Decision look(DeadLetter letter) {
    return chosen.test(letter) ? decision : Decision.KEEP;
  }

  @Override
  public void done(DeadLetter letter, Decision what) {
    done++;
  }

  @Override
  public void failed(DeadLetter letter, String why) {
    failed++;
    err.printf("%s stays: %s%n", letter.id(), Units.safe(why, LONGEST_REASON));
  }

  /**
   * Says how it went.
   *
   * @return the exit code: 0 if all that was asked for is done
   */
  public int end() {
    chosen.missing().forEach(id -> err.printf("there is no dead letter %s%n", id));
    String word = decision == Decision.REPLAY ? "replayed" : "dropped";
    if (json) {
      out.println(
          Wire.mapper()
              .createObjectNode()
              .put(word, done)
              .put("failed", failed)
              .set("missing", Wire.mapper().valueToTree(chosen.missing())));
    } else {
      out.printf("%s %d; %d could not be%n", word, done, failed);
    }
    return failed == 0 && chosen.missing().isEmpty() ? 0 : 1;
  }
}
