package org.vidtomo.dashboard.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.trust.Sha256;
import org.vidtomo.core.wire.Wire;

class WebPageTest {
  private static final Pattern MAP =
      Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);
  private static final Pattern PRELOAD = Pattern.compile("modulepreload\" href=\"([^\"]+)\"");
  private final WebPage page = WebPage.read();
  private final String html = text("/");

  @Test
  void theImportMap_isTheOnlyInlineScript_andNamedInThePolicyByItsHash() {
    String map = found(MAP).get(0);
    String hash =
        Base64.getEncoder().encodeToString(Sha256.of(map.getBytes(StandardCharsets.UTF_8)));
    assertThat(page.contentSecurityPolicy()).contains("script-src 'self' 'sha256-" + hash + "';");
    assertThat(html).doesNotContainPattern("<script>|<style|\\son[a-z]+=");
  }

  @Test
  void everyModule_thatIsNamed_isThere_andLasts() throws Exception {
    JsonNode imports = Wire.read(found(MAP).get(0), JsonNode.class).path("imports");
    assertThat(imports.has("lit")).isTrue();
    assertThat(imports).allSatisfy(path -> assertThat(page.find(path.asText())).isPresent());
    assertThat(found(PRELOAD))
        .anyMatch(path -> path.endsWith("/views/overview.js"))
        .noneMatch(path -> path.contains("echarts") || path.endsWith("/views/agents.js"))
        .allMatch(path -> page.find(path).orElseThrow().lasting());
    assertThat(page.find("/").orElseThrow().lasting()).isFalse();
  }

  @Test
  void everyFile_isCompressedToItself() throws Exception {
    for (String path : found(PRELOAD)) {
      WebPage.Asset asset = page.find(path).orElseThrow();
      assertThat(asset.contentType()).startsWith("text/javascript");
      try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(asset.gzipped()))) {
        assertThat(in.readAllBytes()).isEqualTo(asset.body());
      }
    }
  }

  @Test
  void addressesOfViews_leadToThePage_andOthersNowhere() {
    assertThat(
            List.of("/", "/hours", "/campaigns/new", "/campaigns/0-a", "/measurements", "/agents"))
        .allSatisfy(path -> assertThat(text(path)).isEqualTo(html));
    assertThat(List.of("/nowhere", "/campaigns/x", "/assets/app.js", "/index.html", "/../pom.xml"))
        .allSatisfy(path -> assertThat(page.find(path)).isEmpty());
  }

  @Test
  void aModuleThatIsMissing_isSaidAtOnce() {
    assertThatThrownBy(() -> PageModules.from("views/none.js"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("views/none.js")
        .hasMessageContaining("not in the build");
  }

  private String text(String path) {
    return new String(page.find(path).orElseThrow().body(), StandardCharsets.UTF_8);
  }

  private List<String> found(Pattern pattern) {
    Matcher matcher = pattern.matcher(html);
    return matcher.results().map((MatchResult each) -> each.group(1)).toList();
  }
}
