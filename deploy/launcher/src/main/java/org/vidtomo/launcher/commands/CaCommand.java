package org.vidtomo.launcher.commands;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.vidtomo.embedded.OwnCertificates;
import org.vidtomo.runtime.settings.SettingException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** An authority of one's own for TLS, where there are no certificates of others. */
@Command(
    name = "ca",
    description = {
      "Make an authority of your own, and certificates of it for broker and servers.",
      "Keep the authority's directory on a machine that serves nobody."
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {CaCommand.InitCommand.class, CaCommand.IssueCommand.class})
public final class CaCommand {
  /** A DNS name (a wildcard as its first label may be), or a literal address. */
  private static final Pattern NAME =
      Pattern.compile(
          "(\\*\\.)?[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*"
              + "|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  /** The authority itself. */
  @Command(
      name = "init",
      description = "Make an authority: DIR/authority.pem, which clients trust, and its key.",
      mixinStandardHelpOptions = true)
  public static final class InitCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "where its files go; made when missing")
    private Path directory;

    @Override
    public Integer call() {
      OwnCertificates own = new OwnCertificates(directory, Clock.systemUTC());
      if (own.hasAuthority()) {
        throw new SettingException(
            "there is an authority in %s already: what it signed would be of no use any more"
                .formatted(directory));
      }
      Path authority = own.newAuthority();
      System.err.println(
          "made %s, to be given to clients (tls.ca); beside it is its key: keep it where nobody else reads"
              .formatted(authority));
      return 0;
    }
  }

  /** What a server needs. */
  @Command(
      name = "issue",
      description = "Make a server's certificate, or make it again before it ends.",
      mixinStandardHelpOptions = true)
  public static final class IssueCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "DIR", description = "of the authority")
    private Path directory;

    @Parameters(
        index = "1..*",
        arity = "1..*",
        paramLabel = "NAME",
        description = "names and addresses by which the server is reached")
    private Set<String> names;

    @Option(
        names = "--out",
        paramLabel = "DIR",
        description = "where server.pem and server.key go (default: the authority's directory)")
    private Path out;

    @Override
    public Integer call() {
      OwnCertificates own = new OwnCertificates(directory, Clock.systemUTC());
      if (!own.hasAuthority()) {
        throw new SettingException(
            "there is no authority in %s: vidtomo ca init %s".formatted(directory, directory));
      }
      names.stream()
          .filter(name -> !NAME.matcher(name).matches())
          .findAny()
          .ifPresent(this::refuse);
      OwnCertificates.Issued issued =
          own.issueAnew(new TreeSet<>(names), Optional.ofNullable(out).orElse(directory));
      System.err.println(
          "made %s (tls.certificate) and %s (tls.key) for %s, until %s"
              .formatted(
                  issued.chain(), issued.key(), String.join(", ", names), issued.expiresAt()));
      return 0;
    }

    private void refuse(String name) {
      throw new SettingException(
          "\"%s\" is neither a name nor an address: say it without scheme and port"
              .formatted(name));
    }
  }
}
