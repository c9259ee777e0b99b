package org.vidtomo.dashboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.vidtomo.dashboard.Http;
import org.vidtomo.testkit.Chromium;

/**
 * Pictures of every view of a dashboard that runs elsewhere, for the documentation: {@code
 * script/screenshots} starts a demo and then this. No test by itself, so its name is not one's.
 */
class Screenshots {
  private static final int WIDTH = 1200;
  private static final int PHONE = 375;

  @Test
  void everyView_inBothThemes() throws Exception {
    URI base = URI.create(property("vidtomo.page"));
    Path folder = Path.of(property("vidtomo.pictures"));
    try (Chromium browser = Chromium.start()) {
      for (Map.Entry<String, String> view : views(base).entrySet()) {
        for (boolean dark : new boolean[] {false, true}) {
          browser.size(WIDTH, 900);
          browser.dark(dark);
          browser.open(base.resolve(view.getValue()));
          drawn(browser);
          picture(browser, folder.resolve(view.getKey() + (dark ? "-dark.png" : ".png")));
        }
        if (view.getKey().equals("overview") || view.getKey().equals("measurement")) {
          browser.dark(false);
          browser.size(PHONE, 800);
          drawn(browser);
          picture(browser, folder.resolve(view.getKey() + "-phone.png"));
        }
      }
      assertThat(browser.complaints()).isEmpty();
    }
  }

  private static void picture(Chromium browser, Path file) throws Exception {
    browser.screenshot(file);
    PalettePng.shrink(file);
  }

  private static Map<String, String> views(URI base) throws Exception {
    String campaign = Http.json(base, "/api/v1/campaigns").at("/campaigns/0/id").asText();
    JsonNode groups = Http.json(base, "/api/v1/compare").path("groups");
    assertThat(groups.size()).isGreaterThan(1);
    String first = groups.get(0).path("key").asText();
    String last = groups.get(groups.size() - 1).path("key").asText();
    Map<String, String> views = new LinkedHashMap<>();
    views.put("overview", "/");
    views.put("distribution", "/distribution");
    views.put("over-time", "/series?metric=goodput");
    views.put("time-of-day", "/hours?day=date");
    views.put("two-isps", query("/pair", "a", first, "b", last));
    views.put("one-video", "/videos");
    views.put("video-servers", "/caches?of=host");
    views.put("resolvers", "/resolvers");
    views.put("failures", "/failures");
    views.put("measurements", query("/measurements", "provider", last));
    views.put("measurement", "/measurements/" + interesting(base));
    views.put("campaigns", "/campaigns");
    views.put("campaign", "/campaigns/" + campaign);
    views.put("new-campaign", "/campaigns/new");
    views.put("agents", "/agents");
    return views;
  }

  /** One that stopped while playing, if there is one. */
  private static String interesting(URI base) throws Exception {
    JsonNode all = Http.json(base, "/api/v1/measurements?limit=500").path("measurements");
    for (JsonNode each : all) {
      if (each.path("stallCount").asInt() > 0) {
        return each.path("reportId").asText();
      }
    }
    return all.get(0).path("reportId").asText();
  }

  private static String query(String path, String... pairs) {
    StringBuilder text = new StringBuilder(path);
    for (int i = 0; i < pairs.length; i += 2) {
      text.append(i == 0 ? '?' : '&').append(pairs[i]).append('=');
      text.append(
          java.net.URLEncoder.encode(pairs[i + 1], java.nio.charset.StandardCharsets.UTF_8));
    }
    return text.toString();
  }

  private static void drawn(Chromium browser) {
    browser.until(
        "return document.querySelector('main h1') !== null"
            + " && document.querySelector('[aria-busy=true]') === null"
            + " && document.getElementById('live').dataset.state === 'live'"
            + " && [...document.querySelectorAll('chart-frame')].every((f) => f.dataset.drawn)");
  }

  private static String property(String name) {
    String value = System.getProperty(name);
    assertThat(value).as("run script/screenshots; it sets the property " + name).isNotNull();
    return value;
  }
}
