package org.vidtomo.launcher.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vidtomo.agent.service.AgentSettings;
import org.vidtomo.aggregator.AggregatorSettings;
import org.vidtomo.launcher.options.CommonOptions;
import org.vidtomo.launcher.options.Endpoints;
import org.vidtomo.launcher.options.KnownSettings;
import org.vidtomo.launcher.wiring.Roles;
import org.vidtomo.runtime.Lifecycle;
import org.vidtomo.runtime.http.ServerTls;
import org.vidtomo.runtime.operations.Metrics;
import org.vidtomo.runtime.settings.Settings;

/**
 * The examples of deploy/settings hold every setting of their role, and none besides: they are what
 * users read, and what unknown keys are told from.
 */
class ExampleSettingsTest {
  /** Of the launcher itself, whatever the role. */
  private static final Set<String> EVERYWHERE = Set.of("log.level", "data");

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"coordinator", "aggregator", "dashboard"})
  void server_loads_its_example_and_asks_for_all_that_is_in_it(String role) throws Exception {
    Set<String> asked = new TreeSet<>(EVERYWHERE);
    Settings settings = everythingOf(role).watchedBy(asked::add);
    try (Metrics metrics = new Metrics();
        Lifecycle lifecycle = new Lifecycle("test")) {
      // Nothing is started: constructors read settings and do no more.
      Roles roles = new Roles(lifecycle, settings, metrics, Clock.systemUTC());
      switch (role) {
        case "coordinator" -> roles.coordinator(roles.store(), CommonOptions.data(settings, role));
        case "aggregator" -> {
          AggregatorSettings own = roles.aggregator(roles.store());
          roles.operations("aggregator.listen", own.listen(), ServerTls.from(settings));
        }
        default -> roles.dashboard(roles.store());
      }
    }

    assertSame(role, asked);
  }

  @Test
  void agent_loads_its_example_and_asks_for_all_that_is_in_it() throws Exception {
    Set<String> asked = new TreeSet<>(EVERYWHERE);
    Settings settings = everythingOf("agent").watchedBy(asked::add);

    AgentSettings.from(settings, CommonOptions.data(settings, "agent"));

    assertSame("agent", asked);
  }

  @Test
  void installation_loads_its_example_and_asks_for_all_that_is_its_own() throws Exception {
    Set<String> asked = new TreeSet<>(EVERYWHERE);
    Settings settings = everythingOf("up").watchedBy(asked::add);

    UpSettings.from(settings);
    Endpoints.file(settings);

    Set<String> others = new TreeSet<>(KnownSettings.keys("coordinator"));
    others.addAll(asked);
    assertThat(KnownSettings.keys("up")).containsAll(asked);
    assertThat(others).containsAll(KnownSettings.keys("up"));
  }

  private static void assertSame(String role, Set<String> asked) {
    assertThat(KnownSettings.keys(role))
        .as("deploy/settings/%s.properties and what the role reads", role)
        .containsExactlyInAnyOrderElementsOf(
            role.equals("aggregator") || role.equals("dashboard")
                ? asked.stream().filter(key -> !key.equals("data")).toList()
                : asked);
  }

  private Settings everythingOf(String role) throws IOException {
    String all = KnownSettings.example(role).replaceAll("(?m)^#([a-z][a-z.]* = )", "$1");
    Path file = Files.writeString(directory.resolve(role + ".properties"), all);
    return Settings.load(Map.of("config", file.toString()), Map.of(), directory);
  }
}
