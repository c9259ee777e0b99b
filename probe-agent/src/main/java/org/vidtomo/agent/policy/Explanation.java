package org.vidtomo.agent.policy;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.URI;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.vidtomo.agent.http.AddressGuard;
import org.vidtomo.agent.http.RefusedException;
import org.vidtomo.agent.http.UrlGuard;

/**
 * Whether an agent would measure a URL now, and which of its rules say so: the rules themselves are
 * asked, so that what they say is what they do.
 *
 * @param allowed whether all rules allow it
 */
public record Explanation(String url, boolean allowed, List<Rule> rules) {

  /**
   * What one rule says.
   *
   * @param rule {@code site}, {@code address}, {@code budget}, {@code quiet hours}, {@code pause}
   */
  public record Rule(String rule, boolean allowed, String detail) {
    public Rule {
      requireNonNull(rule, "rule");
      requireNonNull(detail, "detail");
    }
  }

  public Explanation {
    requireNonNull(url, "url");
    rules = List.copyOf(rules);
  }

  /**
   * Asks the rules.
   *
   * @param addresses of the URL's host; none: not looked up
   * @param now by the clock on the wall
   */
  public static Explanation of(
      URI url,
      AgentPolicy policy,
      AddressGuard guard,
      List<InetAddress> addresses,
      DataBudget.Spending spent,
      boolean paused,
      LocalDateTime now) {
    List<Rule> rules = new ArrayList<>();
    rules.add(site(url, policy));
    addresses.forEach(address -> rules.add(address(address, guard)));
    rules.add(budget(spent));
    rules.add(quiet(policy.quietHours(), now));
    rules.add(new Rule("pause", !paused, paused ? "paused: vidtomo agent resume" : "not paused"));
    return new Explanation(url.toString(), rules.stream().allMatch(Rule::allowed), rules);
  }

  private static Rule site(URI url, AgentPolicy policy) {
    try {
      policy.urlGuard().check(url, UrlGuard.Use.PAGE);
      String why = policy.anySite() ? "any site is allowed" : url.getHost() + " is on the list";
      return new Rule("site", true, why + ", its scheme and port are allowed");
    } catch (RefusedException e) {
      return new Rule("site", false, e.kind().wireName() + ": " + e.getMessage());
    }
  }

  private static Rule address(InetAddress address, AddressGuard guard) {
    try {
      guard.check(address);
      return new Rule("address", true, address.getHostAddress() + " is a public server's");
    } catch (RefusedException e) {
      return new Rule("address", false, e.kind().wireName() + ": " + e.getMessage());
    }
  }

  private static Rule budget(DataBudget.Spending spent) {
    boolean left =
        spent.todayBytes() < spent.bytesPerDay() && spent.thisMonthBytes() < spent.bytesPerMonth();
    return new Rule(
        "budget",
        left,
        "%,d of %,d bytes today, %,d of %,d this month"
            .formatted(
                spent.todayBytes(),
                spent.bytesPerDay(),
                spent.thisMonthBytes(),
                spent.bytesPerMonth()));
  }

  private static Rule quiet(QuietHours hours, LocalDateTime now) {
    if (!hours.at(now)) {
      return new Rule("quiet hours", true, hours.windows().isEmpty() ? "none" : "not now");
    }
    String until = hours.endsAfter(now).map(end -> "until " + end).orElse("always");
    return new Rule("quiet hours", false, until);
  }
}
