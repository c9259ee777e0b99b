package org.vidtomo.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.vidtomo.testkit.Programs;
import org.vidtomo.testsite.IspView;
import org.vidtomo.testsite.TestSite;
import org.vidtomo.testsite.TestSiteSettings;

/** The agent with its own Java does its work on a machine without any. */
class ImageTest {
  private static final Path VIDTOMO = Image.directory().resolve("bin/vidtomo");
  private static final long LIMIT_BYTES = 60_000_000;

  @Test
  void image_takes_less_than_60_MB() throws Exception {
    long occupied = Image.occupied(Image.directory());
    System.out.printf("the agent's image takes %.1f MB%n", occupied / 1e6);

    assertThat(occupied).isLessThan(LIMIT_BYTES);
  }

  @Test
  void commands_of_an_agents_machine_are_there() throws Exception {
    assertThat(Image.done(VIDTOMO, "--version")).contains("vidtomo");
    for (String command : new String[] {"agent", "measure", "resolve", "doctor"}) {
      assertThat(Image.done(VIDTOMO, "help", command)).as(command).contains("Usage: vidtomo");
    }
    assertThat(Image.run(VIDTOMO, "coordinator").exit()).isEqualTo(2);
    Programs.Ended status = Image.run(VIDTOMO, "agent", "status");
    assertThat(status.out() + status.err()).contains("enroll").doesNotContain("NoClassDefFound");
  }

  @Test
  void it_measures_a_video_over_http_and_tls_engine_is_the_native_one() throws Exception {
    try (TestSite site = TestSite.start(TestSiteSettings.defaults())) {
      IspView isp = site.isps().get(0);
      String report =
          Image.done(
              VIDTOMO,
              "measure",
              "--json",
              "--bind-address",
              isp.clientAddresses().get(0).getHostAddress(),
              "--system-resolver",
              isp.systemResolver().getAddress().getHostAddress()
                  + ":"
                  + isp.systemResolver().getPort(),
              "--allow-private",
              "--any-site",
              "--resolver",
              "system",
              "-D",
              "1s",
              "-n",
              "1",
              site.seeds().get(0).toString());

      assertThat(report).contains("\"outcome\":\"ok\"").contains("\"goodputBps\"");
    }
  }

  @Test
  void doctor_looks_at_what_an_agent_needs() throws Exception {
    Programs.Ended looked = Image.run(VIDTOMO, "doctor", "--json");

    assertThat(looked.out()).contains("\"check\":\"ping\"").contains("\"check\":\"agent\"");
    assertThat(looked.out()).doesNotContain("NoClassDefFound").doesNotContain("cassandra");
  }
}
