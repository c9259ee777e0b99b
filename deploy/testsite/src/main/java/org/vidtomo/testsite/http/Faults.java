package org.vidtomo.testsite.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.vidtomo.testsite.layout.Layout;
import org.vidtomo.testsite.layout.Machine;
import org.vidtomo.testsite.layout.Machines;
import org.vidtomo.testsite.layout.Role;
import org.vidtomo.testsite.media.Clip;

/**
 * Everything that can go wrong, one path each: {@code /fault/KIND} fails as its kind says, {@code
 * /fault/page/KIND} is a sound page whose media is at {@code /fault/KIND}.
 */
final class Faults {

  static final String PATH = "/fault/";

  private static final String PAGE = "page/";
  private static final int MOST_REDIRECTS = 1000;
  private static final int MOST_SECONDS = 120;
  private static final int USUAL_SECONDS = 30;
  private static final int STALL_AFTER_BYTES = 65_536;
  private static final int HUGE_HEADER_BYTES = 1 << 20;
  private static final long HUGE_PAGE_BYTES = 64L << 20;

  private final Vertx vertx;
  private final Layout layout;
  private final MediaAnswer media;
  private final Map<String, Consumer<Exchange>> kinds = new TreeMap<>();

  Faults(Vertx vertx, Layout layout, MediaAnswer media) {
    this.vertx = vertx;
    this.layout = layout;
    this.media = media;
    addRedirects();
    addBodies();
    for (int status : new int[] {400, 401, 403, 404, 410, 429, 451, 500, 502, 503}) {
      kinds.put(String.valueOf(status), e -> e.refuse(status, "As asked for: " + status));
    }
    kinds.put("slow-headers", e -> later(e, () -> media.send(e, Clip.LOW)));
    kinds.put("hang-up", Exchange::hangUp);
    kinds.put("huge-headers", this::hugeHeaders);
  }

  private void addRedirects() {
    kinds.put("loop", e -> e.redirect(302, PATH + "loop-back"));
    kinds.put("loop-back", e -> e.redirect(302, PATH + "loop"));
    kinds.put("many-redirects", this::manyRedirects);
    kinds.put("no-location", e -> e.refuse(302, "A redirect that does not say where to"));
    kinds.put("bad-location", e -> e.redirect(302, "http://[not a url"));
    kinds.put("other-scheme", e -> e.redirect(302, "ftp://" + Machines.SITE_HOST + "/low.mp4"));
    kinds.put("refused", e -> e.redirect(302, failing(e, Role.REFUSING_CACHE)));
    kinds.put("reset", e -> e.redirect(302, failing(e, Role.RESETTING_CACHE)));
    for (String name : new String[] {"nxdomain", "timeout", "servfail", "loop"}) {
      kinds.put("dns-" + name, e -> e.redirect(302, "http://" + name + "." + Machines.ZONE + "/"));
    }
  }

  private void addBodies() {
    kinds.put("no-media", e -> e.text(200, Exchange.HTML, Pages.withoutMedia()));
    kinds.put("empty", e -> e.text(200, Clip.LOW.contentType(), ""));
    kinds.put("not-media", e -> e.text(200, Clip.LOW.contentType(), "This is no video.\n"));
    kinds.put("html-as-media", e -> e.text(200, Exchange.HTML, Pages.withoutMedia()));
    kinds.put("truncated", e -> media.send(e, Clip.LOW, 0.4, e::hangUp));
    kinds.put("stalled-body", this::stalledBody);
    kinds.put("huge-page", this::hugePage);
  }

  /** What may stand for KIND. */
  Set<String> kinds() {
    return new TreeSet<>(kinds.keySet());
  }

  void answer(Exchange exchange, String kind) {
    if (kind.startsWith(PAGE) && kinds.containsKey(kind.substring(PAGE.length()))) {
      String media = PATH + kind.substring(PAGE.length()) + exchange.query();
      exchange.text(200, Exchange.HTML, Pages.single("A page whose media fails", media));
      return;
    }
    Consumer<Exchange> fault = kinds.get(kind);
    if (fault == null) {
      exchange.refuse(404, "No such fault; there are: " + String.join(" ", kinds()));
      return;
    }
    fault.accept(exchange);
  }

  private void manyRedirects(Exchange exchange) {
    long n = exchange.number("n", 0, MOST_REDIRECTS, 0);
    if (n == MOST_REDIRECTS) {
      exchange.refuse(404, "The end of " + MOST_REDIRECTS + " redirects");
    } else {
      exchange.redirect(302, PATH + "many-redirects?n=" + (n + 1));
    }
  }

  private String failing(Exchange exchange, Role role) {
    Machine machine = layout.machines().only(role);
    return "http://" + layout.authority(machine.host(), machine, exchange.isp()) + "/media/x.mp4";
  }

  /** Waits {@code ?seconds=}, 1 to 120, or 30. */
  private void later(Exchange exchange, Runnable action) {
    long seconds = exchange.number("seconds", 1, MOST_SECONDS, USUAL_SECONDS);
    vertx.setTimer(
        seconds * 1000,
        id -> {
          if (!exchange.response().closed()) {
            action.run();
          }
        });
  }

  private void stalledBody(Exchange exchange) {
    exchange.response().putHeader("Content-Type", Clip.LOW.contentType());
    exchange.response().putHeader("Content-Length", String.valueOf(16 * STALL_AFTER_BYTES));
    Buffer noise = Buffer.buffer(new byte[STALL_AFTER_BYTES]);
    exchange.body(noise, 0, STALL_AFTER_BYTES, () -> later(exchange, exchange::hangUp));
  }

  private void hugeHeaders(Exchange exchange) {
    exchange.response().putHeader("X-Padding", "x".repeat(HUGE_HEADER_BYTES));
    exchange.text(200, Exchange.TEXT, "A head of more than a megabyte\n");
  }

  private void hugePage(Exchange exchange) {
    exchange.response().putHeader("Content-Type", Exchange.HTML).setChunked(true);
    Buffer pattern = Buffer.buffer("<p>No end to it.</p>\n".repeat(1000));
    exchange.body(pattern, 0, HUGE_PAGE_BYTES, exchange.response()::end);
  }
}
