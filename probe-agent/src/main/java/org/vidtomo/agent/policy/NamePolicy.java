package org.vidtomo.agent.policy;

import java.util.Locale;
import java.util.Set;
import org.vidtomo.core.network.Literals;

/**
 * Names that mean something in the volunteer's own network only, or nowhere: whoever asks for one
 * learns what is there. No resolver is asked for them.
 */
final class NamePolicy {
  /**
   * RFC 6761 (invalid, localhost, test, example), 6762 with its appendix G (local, intranet,
   * internal, private, corp, home, lan), 7686 (onion), 9476 (alt), 8375 (home.arpa) with all that
   * is not for hosts beside it, and the ones of many a router's.
   */
  private static final Set<String> LAST_LABELS =
      Set.of(
          "alt",
          "arpa",
          "corp",
          "domain",
          "example",
          "home",
          "internal",
          "intranet",
          "invalid",
          "lan",
          "local",
          "localdomain",
          "localhost",
          "mail",
          "onion",
          "private",
          "router",
          "test",
          "workgroup");

  private NamePolicy() {}

  /**
   * Whether a host may be some public server's by its name.
   *
   * @param host a name, or a literal without brackets, which is judged when it is connected to
   */
  static boolean isPublic(String host) {
    if (Literals.parse(host).isPresent()) {
      return true;
    }
    String name = host.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
    String last = name.substring(name.lastIndexOf('.') + 1);
    // A number at the end makes it an IPv4 address to many a resolver (URL standard, "ends in a
    // number"), and to none a name.
    return name.contains(".") && !last.matches("[0-9]*|0x[0-9a-f]*") && !LAST_LABELS.contains(last);
  }
}
