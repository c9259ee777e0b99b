package org.vidtomo.agent.service;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vidtomo.agent.extractor.ExtractorSettings;
import org.vidtomo.agent.http.AddressGuard;
import org.vidtomo.agent.http.ConnectTo;
import org.vidtomo.agent.http.Deadline;
import org.vidtomo.agent.http.Names;
import org.vidtomo.agent.http.RefusedException;
import org.vidtomo.agent.locate.MediaLocator;
import org.vidtomo.agent.ping.Pinger;
import org.vidtomo.agent.policy.AgentPolicy;
import org.vidtomo.agent.policy.DataBudget;
import org.vidtomo.agent.policy.QuietHours;
import org.vidtomo.agent.service.Explanation.Rule;
import org.vidtomo.core.network.Literals;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.task.AddressFamily;
import org.vidtomo.sites.Urls;

/** Asks the rules that a measurement asks, so that what is said of them is what they do. */
public final class Explainer {
  private static final Duration LOOK_UP_LIMIT = Duration.ofSeconds(10);

  private final AgentPolicy policy;
  private final AddressGuard guard;
  private final Facts facts;

  /**
   * How it is now.
   *
   * @param now by the clock on the wall
   * @param abilities what this machine can do
   */
  record Facts(
      DataBudget.Spending spent, boolean paused, LocalDateTime now, List<Rule> abilities) {}

  Explainer(AgentPolicy policy, AddressGuard guard, Facts facts) {
    this.policy = requireNonNull(policy, "policy");
    this.guard = requireNonNull(guard, "guard");
    this.facts = requireNonNull(facts, "facts");
  }

  /**
   * What the agent in a directory would do with a URL.
   *
   * @param resolve whether the URL's host is looked up, where it is a name
   * @throws IOException when the agent's files cannot be read
   * @throws Names.NameException when the host has no address
   */
  public static Explanation explain(AgentSettings own, String url, boolean resolve, Clock clock)
      throws IOException, Names.NameException {
    AgentPolicy policy = own.policy();
    AgentNetwork network = new AgentNetwork(own.local());
    Facts facts =
        new Facts(
            DataBudget.spending(own.directory().spent(), policy, clock),
            Files.exists(own.directory().paused()),
            LocalDateTime.now(clock),
            abilities(own.local().extractor()));
    AddressGuard guard = network.guard(policy, LineMemory.open(own.directory().line()));
    List<InetAddress> addresses = new ArrayList<>();
    Optional<URI> asked = Urls.http(url);
    if (asked.isPresent()) {
      String host = ConnectTo.target(own.local().connectTo(), asked.get()).host();
      Literals.parse(host).ifPresent(addresses::add);
      if (addresses.isEmpty() && resolve) {
        Deadline limit = Deadline.after(System::nanoTime, LOOK_UP_LIMIT);
        Names names = network.resolvers().names(AddressFamily.AUTO);
        addresses.addAll(names.resolve(host, limit).addresses());
      }
    }
    return new Explainer(policy, guard, facts).of(url, addresses);
  }

  private static List<Rule> abilities(ExtractorSettings extractor) {
    String program =
        extractor
            .program()
            .map(path -> path + " is asked about pages that say too little themselves")
            .orElse("none: pages that name their media to scripts only end as needs_extractor");
    boolean ipv6 = InterfaceAddresses.ofPublic().stream().anyMatch(each -> each.contains(":"));
    return List.of(
        new Rule("extractor", true, program),
        new Rule("ipv6", true, ipv6 ? "this machine has it" : "not on this machine: IPv4 only"),
        new Rule("icmp", true, Pinger.icmpAvailable() ? "pings, and TCP" : "no ping here: TCP"));
  }

  /**
   * What would be done with a URL.
   *
   * @param addresses of its host; none: not looked up
   */
  Explanation of(String url, List<InetAddress> addresses) {
    List<Rule> rules = new ArrayList<>();
    rules.add(site(url));
    addresses.forEach(address -> rules.add(address(address)));
    rules.add(budget());
    rules.add(quiet(policy.quietHours()));
    rules.add(
        new Rule(
            "pause",
            !facts.paused(),
            facts.paused() ? "paused: vidtomo agent resume" : "not paused"));
    rules.addAll(facts.abilities());
    return Explanation.of(url, rules);
  }

  private Rule site(String url) {
    Optional<Failure> refusal = MediaLocator.refusal(url, policy.urlGuard());
    return refusal
        .map(
            failure -> new Rule("site", false, failure.kind().wireName() + ": " + failure.detail()))
        .orElseGet(
            () ->
                new Rule(
                    "site",
                    true,
                    (policy.anySite() ? "any site is allowed" : "the site is on the list")
                        + ", its scheme and port are allowed"));
  }

  private Rule address(InetAddress address) {
    try {
      guard.check(address);
      return new Rule("address", true, address.getHostAddress() + " is a public server's");
    } catch (RefusedException e) {
      return new Rule("address", false, e.kind().wireName() + ": " + e.getMessage());
    }
  }

  private Rule budget() {
    DataBudget.Spending spent = facts.spent();
    return new Rule(
        "budget",
        spent.leftBytes() > 0,
        "%,d bytes left for measurements: of %,d today %,d are spent, of %,d this month %,d, and what signs of life take is held back"
            .formatted(
                spent.leftBytes(),
                spent.bytesPerDay(),
                spent.todayBytes(),
                spent.bytesPerMonth(),
                spent.thisMonthBytes()));
  }

  private Rule quiet(QuietHours hours) {
    if (!hours.at(facts.now())) {
      return new Rule("quiet hours", true, hours.windows().isEmpty() ? "none" : "not now");
    }
    String until = hours.endsAfter(facts.now()).map(end -> "until " + end).orElse("always");
    return new Rule("quiet hours", false, until);
  }
}
