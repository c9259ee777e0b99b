package org.vidtomo.launcher.commands;

import static org.vidtomo.launcher.commands.CertificateFiles.KEY;
import static org.vidtomo.launcher.commands.CertificateFiles.certificateOf;
import static org.vidtomo.launcher.commands.CertificateFiles.publicKey;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.vidtomo.coordinator.enrol.CoordinatorKeys;
import org.vidtomo.core.trust.KeyCertificate;
import org.vidtomo.core.trust.SigningKey;
import org.vidtomo.core.trust.TrustException;
import org.vidtomo.core.trust.VerifyingKey;
import org.vidtomo.runtime.files.KeyFiles;
import org.vidtomo.runtime.files.PrivateFiles;
import org.vidtomo.runtime.settings.SettingException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The keys by which agents and aggregators know the coordinator. Nothing here goes over a network.
 */
@Command(
    name = "keys",
    description = {
      "Make, certify, change and take back the coordinator's keys. The root's key may stay on a",
      "machine without a network: what goes between are coordinator.pub and coordinator.key.cert."
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      KeysCommand.RootCommand.class,
      KeysRotateCommand.class,
      KeysCommand.CertifyCommand.class,
      KeysCommand.RevokeCommand.class,
      KeysCommand.ListCommand.class
    })
public final class KeysCommand {
  /** The root, where the coordinator need not make it. */
  @Command(
      name = "root",
      description = "Make a root key: DIR/root.key, to be kept apart, and DIR/root.pub.",
      mixinStandardHelpOptions = true)
  public static final class RootCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "where the files go; made when missing")
    private Path directory;

    @Override
    public Integer call() throws IOException {
      Path key = directory.resolve(CoordinatorKeys.ROOT_KEY);
      Path publicHalf = directory.resolve(CoordinatorKeys.ROOT_PUBLIC);
      if (Files.exists(key) || Files.exists(publicHalf)) {
        throw new SettingException(
            "there is a root key in %s already: agents that pinned it would know no other"
                .formatted(directory));
      }
      PrivateFiles.createDirectory(directory);
      SigningKey root = KeyFiles.loadOrCreate(key);
      PrivateFiles.writeNew(publicHalf, root.publicKey().encoded() + "\n");
      System.err.println(
          "made %s: keep it where no server is; %s goes to coordinators and, as trust.root, to aggregators"
              .formatted(key, publicHalf));
      return 0;
    }
  }

  /** With what a key is certified. */
  static final class RootOptions {
    @Option(names = "--root", required = true, paramLabel = "FILE", description = "the root's key")
    private Path root;

    @Option(
        names = "--days",
        paramLabel = "N",
        defaultValue = "90",
        description = "for how long the certificate holds (default: ${DEFAULT-VALUE})")
    private int days;

    private void certify(Path file, Optional<Integer> generation)
        throws IOException, TrustException {
      CertificateFiles.certify(root, file, days, generation);
    }
  }

  /** The root's word for a key. */
  @Command(
      name = "certify",
      description = "Certify a coordinator's public key; the certificate goes beside it.",
      mixinStandardHelpOptions = true)
  public static final class CertifyCommand implements Callable<Integer> {
    @Mixin private RootOptions root;

    @Option(
        names = "--generation",
        paramLabel = "N",
        description =
            "of the certificate; one above all before takes those back (default: that of the"
                + " certificate it replaces, else 0)")
    private Integer generation;

    @Parameters(paramLabel = "FILE", description = "coordinator.pub, or coordinator.key")
    private Path file;

    @Override
    public Integer call() throws IOException, TrustException {
      root.certify(file, Optional.ofNullable(generation));
      return 0;
    }
  }

  /** All that was certified before is taken back. */
  @Command(
      name = "revoke",
      description = {
        "Take back every certificate made so far, as when a coordinator's key was stolen, by",
        "certifying a new key (see rotate) with the next generation. Agents and aggregators that",
        "see it trust no earlier one any more."
      },
      mixinStandardHelpOptions = true)
  public static final class RevokeCommand implements Callable<Integer> {
    @Mixin private RootOptions root;

    @Option(
        names = "--last",
        required = true,
        paramLabel = "FILE",
        description = "the latest certificate that is taken back")
    private Path last;

    @Parameters(paramLabel = "FILE", description = "the new key's coordinator.pub")
    private Path file;

    @Override
    public Integer call() throws IOException, TrustException {
      VerifyingKey rootKey = KeyFiles.load(root.root).publicKey();
      KeyCertificate stolen = CoordinatorKeys.read(last, rootKey);
      if (stolen.publicKey().equals(publicKey(file).encoded())) {
        throw new SettingException(
            "%s is the key that is taken back; make another first: vidtomo keys rotate"
                .formatted(file));
      }
      root.certify(file, Optional.of(stolen.generationNumber() + 1));
      return 0;
    }
  }

  /** What is in a directory. */
  @Command(
      name = "list",
      description = "Say which keys and certificates are in the coordinator's directory.",
      mixinStandardHelpOptions = true)
  public static final class ListCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "the coordinator's directory")
    private Path directory;

    @Override
    public Integer call() throws IOException, TrustException {
      PrintStream out = System.out;
      VerifyingKey root = publicKey(directory.resolve(CoordinatorKeys.ROOT_PUBLIC));
      boolean here = Files.exists(directory.resolve(CoordinatorKeys.ROOT_KEY));
      out.printf(
          "root         %s  %s%n", root.id(), here ? "its key is here" : "its key is elsewhere");
      Instant now = Clock.systemUTC().instant();
      for (String name : new String[] {KEY, KEY + ".next"}) {
        Path key = directory.resolve(name);
        if (Files.exists(key)) {
          out.printf(
              "%-12s %s  %s%n",
              name.equals(KEY) ? "coordinator" : "next",
              KeyFiles.load(key).publicKey().id(),
              said(certificateOf(key), root, now));
        }
      }
      return 0;
    }

    private static String said(Path certificate, VerifyingKey root, Instant now)
        throws IOException {
      if (!Files.exists(certificate)) {
        return "not certified";
      }
      try {
        KeyCertificate read = CoordinatorKeys.read(certificate, root);
        return "certified from %s to %s, generation %d%s"
            .formatted(
                read.notBefore(),
                read.notAfter(),
                read.generationNumber(),
                now.isAfter(read.notAfter()) ? ": it has ended" : "");
      } catch (TrustException e) {
        return "its certificate cannot be trusted: " + e.getMessage();
      }
    }
  }
}
