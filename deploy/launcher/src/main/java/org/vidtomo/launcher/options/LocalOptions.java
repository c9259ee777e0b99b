package org.vidtomo.launcher.options;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vidtomo.runtime.settings.Settings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What belongs to the machine that measures and never comes from a campaign. */
public final class LocalOptions {
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--bind-address",
      paramLabel = "ADDRESS",
      description = "source address of everything that is sent")
  private String bindAddress;

  @Option(
      names = "--http-proxy",
      paramLabel = "URL",
      description = "proxy for pages, redirects and downloads: http://HOST:PORT")
  private String httpProxy;

  @Option(
      names = "--connect-to",
      paramLabel = "HOST1:PORT1:HOST2:PORT2",
      description = "connect to HOST2:PORT2 in place of HOST1:PORT1, as curl does")
  private List<String> connectTo;

  @Option(
      names = "--cacert",
      paramLabel = "FILE",
      description = "PEM file of the authorities to trust")
  private String cacert;

  @Option(
      names = "--system-resolver",
      paramLabel = "ADDRESS[:PORT]",
      description = "stands for the resolver 'system' (default: the machine's own)")
  private String systemResolver;

  @Option(
      names = "--allow-private",
      description = "private and loopback addresses may be measured: for test sites only")
  private boolean allowPrivate;

  @Option(names = "--any-site", description = "any page may be measured")
  private boolean anySite;

  @Option(
      names = "--provider",
      paramLabel = "NAME",
      description = "the ISP (default: the network's name)")
  private String provider;

  @Option(
      names = "--access",
      paramLabel = "TECHNOLOGY",
      description = "fibre, cable, dsl, mobile, satellite, …")
  private String access;

  @Option(names = "--lan", paramLabel = "KIND", description = "wired or wifi")
  private String lan;

  @Option(
      names = "--plan-down",
      paramLabel = "RATE",
      description = "what the contract says of the downstream, such as 100Mbps")
  private String planDown;

  /** Settings with these options as flags, and others by their key. */
  public Settings settings(Map<String, String> others) {
    Map<String, String> flags = new HashMap<>(others);
    put(flags, "bind.address", bindAddress);
    put(flags, "http.proxy", httpProxy);
    put(flags, "connect.to", connectTo == null ? null : String.join(",", connectTo));
    put(flags, "cacert", cacert);
    put(flags, "system.resolver", systemResolver);
    put(flags, "allow.private", allowPrivate ? "true" : null);
    put(flags, "any.site", anySite ? "true" : null);
    put(flags, "provider", provider);
    put(flags, "access", access);
    put(flags, "lan", lan);
    put(flags, "plan.down", planDown);
    return common.settings(flags);
  }

  private static void put(Map<String, String> flags, String key, String value) {
    Optional.ofNullable(value).ifPresent(v -> flags.put(key, v));
  }
}
