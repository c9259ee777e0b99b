package org.vidtomo.bench.query;

import static org.vidtomo.bench.Say.say;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.vidtomo.testkit.Cassandra;
import org.vidtomo.testkit.Chromium;
import org.vidtomo.testkit.RabbitMq;

/**
 * How soon the page can be used: in a headless Chromium, over as many measurements as {@code
 * script/bench query} asks about. Each load begins with nothing in the browser's cache.
 */
public final class PageBench {
  private static final int MEASUREMENTS = 1_000_000;
  private static final int LOADS = 40;
  private static final double LIMIT_MILLIS = 1_500;
  private static final double DATA_LIMIT_MILLIS = 300;

  /** Notes when everything that was asked for stands there, drawn: at the next frame. */
  private static final String WATCH =
      """
      {
        const rows = () => [...document.querySelectorAll('li.bar .value strong')];
        const whole = () => document.querySelector('main h1') !== null
          && document.querySelector('[aria-busy=true]') === null
          && document.querySelector('.numbers-of, main ul.list') !== null
          && [...document.querySelectorAll('chart-frame')].every((frame) => frame.dataset.drawn);
        const look = () => {
          const there = rows();
          if (there.length > 1 && there.every((each) => /[0-9]/.test(each.textContent))) window.rowsAt ??= performance.now();
          if (whole()) window.wholeAt ??= performance.now();
          if (window.wholeAt === undefined) requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      }
      """;

  private static final String TIMES =
      """
      return {
        rows: window.rowsAt,
        whole: window.wholeAt,
        data: Math.max(0, ...performance.getEntriesByType('resource')
          .filter(({ name }) => name.includes('/api/v1/') && !name.endsWith('/events'))
          .map(({ duration }) => duration)),
      };
      """;

  private PageBench() {}

  /** {@code --measurements N}, {@code --loads N} of each view: so many. */
  public static void main(String[] args) throws Exception {
    run(number("--measurements", args, MEASUREMENTS), number("--loads", args, LOADS));
    System.exit(0);
  }

  private static int number(String option, String[] args, int fallback) {
    int at = List.of(args).indexOf(option);
    return at < 0 ? fallback : Integer.parseInt(args[at + 1]);
  }

  private static void run(int size, int loads) throws Exception {
    say("%,d measurements, %d loads of each view, nothing in the browser's cache", size, loads);
    Cassandra cassandra = Cassandra.sharedAsInUse();
    URI broker = RabbitMq.shared().newVirtualHost();
    try (MadeStore store = new MadeStore(cassandra)) {
      store.write(size, size, size);
      try (DashboardProcess maker = new DashboardProcess(cassandra, store.keyspace, broker)) {
        say("  made from the rows              %s", maker.ready());
      }
      try (DashboardProcess dashboard = new DashboardProcess(cassandra, store.keyspace, broker);
          Chromium browser = Chromium.start()) {
        say("  started over what was made      %s", dashboard.ready());
        browser.size(1280, 900);
        browser.devtools("Page.addScriptToEvaluateOnNewDocument", Map.of("source", WATCH));
        load(browser, dashboard.base(), store.from, loads);
      }
    }
  }

  private static void load(Chromium browser, URI base, Instant from, int loads) throws Exception {
    String two = "a=" + "ISP%2000" + "&b=" + "ISP%2001";
    Map<String, IntFunction<String>> views = new LinkedHashMap<>();
    views.put("ranking", load -> "/");
    // No answer was kept of any of these: each begins at another time.
    views.put("ranking, answer not kept", load -> "/?" + later(from, load));
    views.put("distribution", load -> "/distribution?" + later(from, load));
    views.put("over time", load -> "/series?" + later(from, load));
    views.put("over time, by hours", load -> "/series?step=hour&" + later(from, load));
    views.put("time of day", load -> "/hours?" + later(from, load));
    views.put("two ISPs", load -> "/pair?" + two + "&" + later(from, load));
    views.put("one video", load -> "/videos?" + later(from, load));
    views.put("video servers", load -> "/caches?" + later(from, load));
    views.put("resolvers", load -> "/resolvers?" + later(from, load));
    views.put("failures", load -> "/failures?" + later(from, load));
    views.put("measurements", load -> "/measurements?" + later(from, load));
    for (Map.Entry<String, IntFunction<String>> view : views.entrySet()) {
      List<JsonNode> times = new ArrayList<>();
      for (int load = 0; load < loads; load++) {
        times.add(once(browser, base.resolve(view.getValue().apply(load))));
      }
      print(view.getKey(), times);
    }
  }

  private static String later(Instant from, int load) {
    return "from=" + from.plus(Duration.ofMinutes(10L * load + 1));
  }

  private static JsonNode once(Chromium browser, URI page) throws Exception {
    browser.open(URI.create("about:blank"));
    browser.devtools("Network.clearBrowserCache", Map.of());
    browser.open(page);
    browser.until("return window.wholeAt !== undefined");
    return browser.run(TIMES);
  }

  private static void print(String view, List<JsonNode> times) {
    if (times.get(0).path("rows").isNumber()) {
      line(view + ": rows with numbers", values(times, "rows"), LIMIT_MILLIS);
    }
    line(view + ": everything drawn", values(times, "whole"), LIMIT_MILLIS);
    line(view + ": its slowest data", values(times, "data"), DATA_LIMIT_MILLIS);
  }

  private static double[] values(List<JsonNode> times, String name) {
    return times.stream().mapToDouble(each -> each.path(name).asDouble()).sorted().toArray();
  }

  private static void line(String what, double[] sorted, double limit) {
    double p95 = sorted[(int) Math.ceil(0.95 * sorted.length) - 1];
    say(
        "  %-46s median %6.0f ms   p95 %6.0f ms   limit %5.0f ms   ratio %.2f",
        what, sorted[sorted.length / 2], p95, limit, p95 / limit);
  }
}
