package org.vidtomo.agent.service;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Whether an agent would measure a URL now, and which of its rules say so.
 *
 * @param allowed whether all rules allow it
 */
public record Explanation(String url, boolean allowed, List<Rule> rules) {

  /**
   * What one rule says.
   *
   * @param rule {@code site}, {@code address}, {@code budget}, {@code quiet hours}, {@code pause};
   *     {@code extractor}, {@code ipv6} and {@code icmp} tell what the machine can do, and allow
   *     all
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

  /** By these rules. */
  static Explanation of(String url, List<Rule> rules) {
    return new Explanation(url, rules.stream().allMatch(Rule::allowed), rules);
  }
}
