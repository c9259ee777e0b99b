package org.vidtomo.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vidtomo.agent.http.ConnectTo;
import org.vidtomo.agent.locate.Located;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.report.Report;
import org.vidtomo.testsite.IspView;
import org.vidtomo.testsite.TestSite;
import org.vidtomo.testsite.TestSiteSettings;

/** Media behind a page, a player, its parameters and a token, over sub-domains. */
class HiddenMediaTest {
  @Test
  void chain_isFollowedToTheTokenAndTracedToTheMedia() {
    try (TestSite site = TestSite.start(TestSiteSettings.defaults())) {
      IspView isp = site.isps().get(0);
      LocalSettings settings =
          LocalSettings.DEFAULTS
              .withAllowPrivate()
              .withBindAddress(isp.clientAddresses().get(0))
              .withSystemResolver(isp.systemResolver())
              .withConnectTo(isp.connectTo().stream().map(ConnectTo::parse).toList());
      try (TaskRunner agent = Agents.runner(settings)) {
        String url = site.hiddenPage(1).toString();
        Located located = agent.locate(url, Agents.parameters());
        assertThat(located.lookup().failure()).isEmpty();
        assertThat(located.chosen().orElseThrow().url().getHost()).isEqualTo("token.vidtomo.test");
        assertThat(located.video().title()).contains("Bars at noon");
        assertThat(located.related()).isNotEmpty();
        Report report = Agents.measure(agent, url);
        assertThat(report.outcome()).isEqualTo(Outcome.OK);
        List<String> hosts =
            report.hops().stream().map(hop -> java.net.URI.create(hop.url()).getHost()).toList();
        assertThat(hosts).startsWith("token.vidtomo.test", "go.vidtomo.test").hasSize(4);
        assertThat(report.hops().get(0).url()).contains("sig=redacted");
        assertThat(report.media().orElseThrow().durationMicros()).isPresent();
      }
    }
  }
}
