package org.vidtomo.launcher.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vidtomo.agent.http.ConnectTo;
import org.vidtomo.agent.http.RefusedException;
import org.vidtomo.agent.http.UrlGuard;
import org.vidtomo.agent.service.AgentSettings;
import org.vidtomo.core.report.Access;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What a machine's own options mean to its agent. */
class LocalOptionsTest {
  private static final URI ELSEWHERE = URI.create("https://elsewhere.example.net/v");

  @TempDir private Path directory;

  @Command
  private static final class Local {
    @Mixin private LocalOptions options = new LocalOptions();
  }

  @Test
  void line_is_described_as_its_owner_says() {
    AgentSettings own =
        agent(
            "--provider",
            "Fibrelink",
            "--access",
            "fibre",
            "--lan",
            "wifi",
            "--plan-down",
            "1Gbps");
    Access access = own.access().orElseThrow();
    assertThat(access.technology()).contains("fibre");
    assertThat(access.lan()).contains("wifi");
    assertThat(access.planDownBps()).hasValue(1_000_000_000L);
    assertThat(own.provider()).contains("Fibrelink");
    assertThat(agent().access()).isEmpty();
    assertThatThrownBy(() -> agent("--plan-down", "fast")).hasMessageContaining("--plan-down");
  }

  @Test
  void any_site_is_measured_where_its_owner_lets_it_and_otherwise_those_of_the_list()
      throws Exception {
    assertThatThrownBy(() -> agent().policy().urlGuard().check(ELSEWHERE, UrlGuard.Use.PAGE))
        .isInstanceOf(RefusedException.class);
    agent("--any-site").policy().urlGuard().check(ELSEWHERE, UrlGuard.Use.PAGE);
  }

  @Test
  void way_to_the_network_is_the_owners() {
    AgentSettings own =
        agent(
            "--bind-address",
            "192.168.1.7",
            "--http-proxy",
            "http://127.0.0.1:3128",
            "--connect-to",
            "a:80:b:81",
            "--system-resolver",
            "192.168.1.1",
            "--allow-private");
    assertThat(own.local().bindAddress().orElseThrow().getHostAddress()).isEqualTo("192.168.1.7");
    assertThat(own.local().httpProxy()).contains(URI.create("http://127.0.0.1:3128"));
    assertThat(own.local().connectTo()).containsExactly(new ConnectTo("a", 80, "b", 81));
    assertThat(own.local().systemResolver().orElseThrow().getPort()).isEqualTo(53);
    assertThat(own.policy().allowPrivate()).isTrue();
  }

  private AgentSettings agent(String... words) {
    Local local = new Local();
    new CommandLine(local).parseArgs(words);
    return AgentSettings.from(local.options.settings(Map.of()), directory);
  }
}
