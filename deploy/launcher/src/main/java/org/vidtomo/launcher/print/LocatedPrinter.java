package org.vidtomo.launcher.print;

import java.util.ArrayList;
import java.util.List;
import org.vidtomo.agent.locate.Located;
import org.vidtomo.core.report.Candidate;
import org.vidtomo.sites.MediaLink;

/** What was found on a page, as lines for a person: each form, the chosen one marked. */
public final class LocatedPrinter {
  private static final int MAX_TITLE = 200;
  private static final int MAX_URL = 2000;

  private final Terminal terminal;

  public LocatedPrinter(Terminal terminal) {
    this.terminal = terminal;
  }

  /** The lines, without line ends; text from the network holds no control characters. */
  public List<String> lines(Located located) {
    List<String> out = new ArrayList<>();
    out.add(terminal.heading(Units.safe(located.video().url(), MAX_URL)));
    located.video().title().ifPresent(title -> out.add("  " + Units.safe(title, MAX_TITLE)));
    out.add("  " + terminal.faint(found(located)));
    for (MediaLink link : located.offered()) {
      boolean chosen = located.chosen().filter(link::equals).isPresent();
      out.add((chosen ? "* " : "  ") + form(link.candidate()));
      out.add("    " + Units.safe(link.url().toString(), MAX_URL));
    }
    List<Candidate> others =
        located.lookup().candidates().stream().skip(located.offered().size()).toList();
    if (!others.isEmpty()) {
      out.add("  not taken in the video's place:");
      others.forEach(other -> out.add("    " + form(other)));
    }
    located
        .lookup()
        .failure()
        .ifPresent(
            failure -> {
              String kind = terminal.bad(failure.kind().wireName());
              out.add("  " + kind + ": " + Units.safe(failure.detail(), MAX_TITLE));
              out.add("  " + Advice.on(failure.kind()));
            });
    if (!located.related().isEmpty()) {
      out.add("  related:");
      located.related().forEach(url -> out.add("    " + Units.safe(url.toString(), MAX_URL)));
    }
    return out;
  }

  private static String found(Located located) {
    List<String> facts = new ArrayList<>();
    facts.add(Units.safe(located.video().service(), 40));
    located.video().id().ifPresent(id -> facts.add(Units.safe(id, MAX_TITLE)));
    located.durationMicros().ifPresent(micros -> facts.add(Units.millis(micros)));
    facts.add(
        "found by "
            + Units.safe(located.lookup().extractor(), 60)
            + " in "
            + Units.millis(located.lookup().elapsedMicros()));
    return String.join(" · ", facts);
  }

  private static String form(Candidate form) {
    List<String> facts = new ArrayList<>();
    facts.add(form.protocol());
    form.container().ifPresent(facts::add);
    if (form.height().isPresent()) {
      String width = form.width().isPresent() ? form.width().getAsInt() + "x" : "";
      facts.add(width + form.height().getAsInt() + (width.isEmpty() ? "p" : ""));
    }
    form.bitrateBps().ifPresent(bps -> facts.add(Units.rate(bps)));
    form.contentLength().ifPresent(bytes -> facts.add(Units.bytes(bytes)));
    form.videoCodec().ifPresent(facts::add);
    form.audioCodec().ifPresent(facts::add);
    return Units.safe(String.join("  ", facts), MAX_TITLE);
  }
}
