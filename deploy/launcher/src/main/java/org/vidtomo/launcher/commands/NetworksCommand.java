package org.vidtomo.launcher.commands;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.vidtomo.core.network.Literals;
import org.vidtomo.core.network.Network;
import org.vidtomo.core.network.NetworkTable;
import org.vidtomo.core.network.NetworkTableFormat;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.launcher.dataset.OutputFile;
import org.vidtomo.launcher.networks.NetworkConversion;
import org.vidtomo.launcher.options.CommonOptions;
import org.vidtomo.runtime.network.NetworkSettings;
import org.vidtomo.runtime.settings.SettingException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The table that says which network an address is of. */
@Command(
    name = "networks",
    description = "Make the table of networks (addresses to autonomous systems), and look into it.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {NetworksCommand.ConvertCommand.class, NetworksCommand.LookupCommand.class})
public final class NetworksCommand {

  @Command(
      name = "convert",
      description =
          "Make a table of lists of prefixes: pfx2as of CAIDA or RouteViews (PREFIX LENGTH AS), or"
              + " PREFIX/LENGTH AS; text or gzip, IPv4 and IPv6.",
      mixinStandardHelpOptions = true)
  static final class ConvertCommand implements Callable<Integer> {
    @Parameters(
        arity = "1..*",
        paramLabel = "FILE|-",
        description = "lists of prefixes; of a prefix that is there twice the last one stays")
    private List<String> files;

    @Option(
        names = "--names",
        paramLabel = "FILE",
        description = "lists of names: AS NAME, COUNTRY, as RIPE's asn.txt; can be repeated")
    private List<String> names = List.of();

    @Option(
        names = {"-o", "--output"},
        paramLabel = "FILE",
        required = true,
        description = "the table; the setting networks.table names it")
    private Path output;

    @Option(names = "--json", description = "what became of it, as JSON")
    private boolean json;

    /** What was made. */
    private record Made(
        NetworkTable.About table, long linesLeftOut, int prefixesReplaced, long bytes) {}

    @Override
    public Integer call() throws IOException {
      NetworkConversion conversion = new NetworkConversion(System.err::println);
      for (String file : files) {
        try (InputStream in = open(file)) {
          conversion.prefixes(shown(file), in);
        }
      }
      for (String file : names) {
        try (InputStream in = open(file)) {
          conversion.names(shown(file), in);
        }
      }
      NetworkTable table = conversion.table(Clock.systemUTC().instant());
      byte[] bytes = NetworkTableFormat.write(table);
      try (OutputFile file = new OutputFile(output)) {
        file.out().write(bytes);
        file.commit();
      }
      tell(new Made(table.about(), conversion.refused(), conversion.repeated(), bytes.length));
      return 0;
    }

    private void tell(Made made) {
      if (json) {
        System.out.println(Wire.toJson(made));
        return;
      }
      System.out.printf(
          "%s: %d prefixes of IPv4, %d of IPv6, %d names; %d lines left out, %d prefixes replaced%n",
          output,
          made.table().ipv4Prefixes(),
          made.table().ipv6Prefixes(),
          made.table().names(),
          made.linesLeftOut(),
          made.prefixesReplaced());
    }

    private static String shown(String file) {
      return file.equals("-") ? "standard input" : String.valueOf(Path.of(file).getFileName());
    }

    private static InputStream open(String file) throws IOException {
      if (file.equals("-")) {
        return System.in;
      }
      if (!Files.isReadable(Path.of(file)) || Files.isDirectory(Path.of(file))) {
        throw new IOException("there is no file " + file + " that can be read");
      }
      return Files.newInputStream(Path.of(file));
    }
  }

  @Command(
      name = "lookup",
      description = "Say which networks addresses are of.",
      mixinStandardHelpOptions = true)
  static final class LookupCommand implements Callable<Integer> {
    @Mixin private CommonOptions common = new CommonOptions();

    @Option(
        names = "--table",
        paramLabel = "FILE",
        description = "the table (default: the setting networks.table)")
    private Path table;

    @Option(names = "--json", description = "one JSON object a line")
    private boolean json;

    @Parameters(arity = "1..*", paramLabel = "ADDRESS", description = "IPv4 or IPv6 addresses")
    private List<String> addresses;

    /** One address and what is known of it. */
    private record Found(String address, Optional<Network> network) {}

    @Override
    public Integer call() {
      NetworkTable networks = NetworkSettings.load(file());
      int unknown = 0;
      for (String text : addresses) {
        InetAddress address =
            Literals.parse(text)
                .orElseThrow(() -> new SettingException(text + " is not an IP address"));
        Found found = new Found(text, networks.find(address));
        unknown += found.network().isEmpty() ? 1 : 0;
        System.out.println(json ? Wire.toJson(found) : line(found));
      }
      return unknown == 0 ? 0 : 1;
    }

    private Path file() {
      return Optional.ofNullable(table)
          .or(() -> NetworkSettings.table(common.settings(Map.of())))
          .orElseThrow(
              () ->
                  new SettingException(
                      "no table is named: give --table FILE or set VIDTOMO_NETWORKS_TABLE;"
                          + " \"vidtomo networks convert\" makes one"));
    }

    private static String line(Found found) {
      return found
          .network()
          .map(
              network ->
                  "%s  %s  %s%s%s"
                      .formatted(
                          found.address(),
                          network.prefix(),
                          String.join(
                              "_", network.origins().stream().map(as -> "AS" + as).toList()),
                          network.name().map(name -> "  " + name).orElse(""),
                          network.country().map(code -> ", " + code).orElse("")))
          .orElse(found.address() + "  not announced");
    }
  }
}
