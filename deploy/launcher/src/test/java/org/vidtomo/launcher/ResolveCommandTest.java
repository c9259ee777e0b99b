package org.vidtomo.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.testsite.IspView;
import org.vidtomo.testsite.TestSite;
import org.vidtomo.testsite.TestSiteSettings;

class ResolveCommandTest {
  private static TestSite site;

  @BeforeAll
  static void start() {
    site = TestSite.start(TestSiteSettings.defaults());
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  private record Ran(int status, String out) {}

  private static Ran resolve(String... words) {
    IspView isp = site.isps().get(0);
    List<String> all = new ArrayList<>(List.of("resolve", "--allow-private"));
    all.addAll(List.of("--bind-address", isp.clientAddresses().get(0).getHostAddress()));
    all.add("--system-resolver");
    all.add(isp.systemResolver().getHostString() + ":" + isp.systemResolver().getPort());
    isp.connectTo().forEach(to -> all.addAll(List.of("--connect-to", to)));
    all.addAll(List.of(words));
    PrintStream stdout = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      return new Ran(Main.run(all.toArray(String[]::new)), out.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(stdout);
    }
  }

  @Test
  void json_candidatesChosenAndRelatedOnALineEach() throws Exception {
    Ran ran = resolve("--json", site.seeds().get(0).toString(), site.hiddenPage(2).toString());
    assertThat(ran.status()).isZero();
    List<String> lines = ran.out().lines().toList();
    assertThat(lines).hasSize(2);
    JsonNode first = Wire.mapper().readTree(lines.get(0));
    assertThat(first.at("/video/title").asText()).isEqualTo("Bars at noon");
    assertThat(first.at("/lookup/extractor").asText()).isEqualTo("page");
    String url = first.at("/lookup/chosen/0/url").asText();
    assertThat(url).startsWith("http://go.vidtomo.test").contains("sig=");
    assertThat(first.at("/lookup/candidates/0/url").asText()).isEqualTo(url);
    assertThat(first.path("related")).isNotEmpty();
    JsonNode hidden = Wire.mapper().readTree(lines.get(1));
    assertThat(hidden.at("/lookup/chosen/0/url").asText()).startsWith("http://token.vidtomo.test");
  }

  @Test
  void text_namesWhatIsTakenAndWhatToDoWhereNothingIs() {
    Ran ran =
        resolve(
            site.seeds().get(0).toString(),
            site.fault("no-media").toString(),
            "rtmp://h.example/a");
    assertThat(ran.status()).isOne();
    assertThat(ran.out())
        .contains("Bars at noon", "* http", "related:", "media_not_found", "needs_extractor");
  }
}
