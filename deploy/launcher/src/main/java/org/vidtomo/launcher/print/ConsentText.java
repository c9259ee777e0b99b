package org.vidtomo.launcher.print;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.vidtomo.agent.enrol.AgentDirectory;
import org.vidtomo.agent.policy.AgentPolicy;
import org.vidtomo.core.network.KeptAddresses;

/**
 * What a volunteer agrees to: what is measured, sent, stored and spent. It is made of what this
 * machine knows by itself. Whoever makes it ask for more raises {@code Consent.TEXT}.
 */
public final class ConsentText {
  private ConsentText() {}

  /**
   * The lines that are shown before anything is sent.
   *
   * @param anonymous the public address is neither sent nor stored
   */
  public static List<String> lines(
      AgentPolicy policy, AgentDirectory directory, URI coordinator, boolean anonymous) {
    List<String> lines = new ArrayList<>();
    lines.add("This machine would measure for " + Units.safe(coordinator.toString(), 200) + ":");
    lines.add("");
    measured(lines, policy);
    sent(lines, anonymous);
    spent(lines, policy);
    owners(lines, directory);
    return List.copyOf(lines);
  }

  /** What the coordinator says it keeps. */
  public static String kept(KeptAddresses keep, String prefix, boolean anonymous) {
    if (anonymous || keep == KeptAddresses.NONE) {
      return "of this line's address the coordinator keeps "
          + (keep == KeptAddresses.NONE ? "nothing" : "its network alone, " + prefix);
    }
    return keep == KeptAddresses.PREFIX
        ? "of this line's address the coordinator keeps its network alone, " + prefix
        : "the coordinator keeps this line's whole address; whoever operates it sees it, the public"
            + " never does";
  }

  private static void measured(List<String> lines, AgentPolicy policy) {
    lines.add("Measured, one video at a time, up to three minutes each:");
    lines.add(
        policy.anySite()
            ? "  videos of any site that the coordinator's campaigns name"
            : "  videos that its campaigns name, of these sites alone: "
                + policy.sites().stream().sorted().collect(Collectors.joining(", ")));
    lines.add(
        "  their pages are opened as a browser would, redirects followed, names looked up at");
    lines.add(
        "  this machine's resolver and at public ones, servers sent up to %d pings, and"
            .formatted(policy.pingPackets()));
    lines.add(
        "  the video downloaded for some seconds, up to %s; it is not kept"
            .formatted(Units.bytes(policy.bytesPerDownload())));
    lines.add(
        policy.allowPrivate()
            ? "  also at private addresses, and at any port: that is for test sites"
            : "  at ports %s; never anything in this machine's own network"
                .formatted(
                    policy.ports().stream()
                        .sorted()
                        .map(String::valueOf)
                        .collect(Collectors.joining(", "))));
    lines.add("");
  }

  private static void sent(List<String> lines, boolean anonymous) {
    lines.add("Sent to the coordinator and stored there:");
    lines.add("  what was measured: times, servers and their addresses, speeds, stalls, errors");
    lines.add(
        anonymous
            ? "  the public address not (-x), but its network (/24 or /48), provider and AS"
            : "  the public address (not with -x), its network (/24 or /48), provider and AS");
    lines.add(
        "  the software's version, this machine's time zone, what you say of the line, and every");
    lines.add("  few seconds that the agent is there. No files, no names, no traffic of yours.");
    lines.add(
        "  The public sees results; never an address, and no agent of a small group by itself.");
    lines.add("");
  }

  private static void spent(List<String> lines, AgentPolicy policy) {
    lines.add(
        "Spent: at most %s a day and %s a month of this line's traffic."
            .formatted(Units.bytes(policy.bytesPerDay()), Units.bytes(policy.bytesPerMonth())));
    lines.add("");
  }

  private static void owners(List<String> lines, AgentDirectory directory) {
    lines.add("You decide, at any time:");
    lines.add("  vidtomo agent status | pause | resume");
    lines.add("  vidtomo agent erase    ends it, and deletes its data here and at the coordinator");
    lines.add("  %s    limits that nobody else can change".formatted(directory.policy()));
    lines.add("");
  }
}
