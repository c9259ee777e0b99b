package org.vidtomo.launcher.up;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The files parse, and say what is needed; UpTest holds their metrics against real ones. */
class MonitoringFilesTest {
  @Test
  void everyRule_saysWhenToLook_andWhatToDo() throws Exception {
    JsonNode rules = MonitoringFiles.rules().path("groups").path(0).path("rules");
    assertThat(rules).hasSizeGreaterThan(5);
    Set<String> names = new HashSet<>();
    for (JsonNode rule : rules) {
      String name = rule.path("alert").asText();
      assertThat(names.add(name)).as(name).isTrue();
      assertThat(name).startsWith("Vidtomo");
      assertThat(rule.path("expr").asText()).as(name).isNotBlank();
      assertThat(rule.path("for").asText()).as(name).matches("[0-9]+m");
      assertThat(rule.at("/labels/severity").asText()).isIn("warning", "critical");
      assertThat(rule.at("/annotations/summary").asText()).as(name).isNotBlank();
      assertThat(rule.at("/annotations/description").asText()).as(name).isNotBlank();
    }
  }

  @Test
  void everyPanel_asksForSomething_andLiesOnNoOther() throws Exception {
    Set<String> places = new HashSet<>();
    for (JsonNode panel : MonitoringFiles.dashboard().path("panels")) {
      String title = panel.path("title").asText();
      JsonNode place = panel.path("gridPos");
      assertThat(place.path("x").asInt() + place.path("w").asInt())
          .as(title)
          .isLessThanOrEqualTo(24);
      for (int x = place.path("x").asInt();
          x < place.path("x").asInt() + place.path("w").asInt();
          x++) {
        assertThat(places.add(x + " " + place.path("y").asInt())).as(title).isTrue();
      }
      if (!panel.path("type").asText().equals("row")) {
        assertThat(panel.path("targets").findValues("expr")).as(title).isNotEmpty();
      }
    }
  }

  @Test
  void example_namesTheRules() throws Exception {
    JsonNode example =
        new YAMLMapper()
            .readTree(MonitoringFiles.DEPLOY.resolve("prometheus/prometheus.yml").toFile());
    assertThat(example.path("rule_files").path(0).asText()).isEqualTo("vidtomo-rules.yml");
    assertThat(example.path("scrape_configs").findValuesAsText("job_name"))
        .allMatch(name -> name.startsWith("vidtomo-"));
  }
}
