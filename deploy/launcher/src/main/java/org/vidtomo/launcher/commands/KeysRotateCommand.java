package org.vidtomo.launcher.commands;

import static org.vidtomo.launcher.commands.CertificateFiles.KEY;
import static org.vidtomo.launcher.commands.CertificateFiles.PUBLIC;
import static org.vidtomo.launcher.commands.CertificateFiles.certificateOf;
import static org.vidtomo.launcher.commands.CertificateFiles.publicKey;
import static org.vidtomo.launcher.commands.CertificateFiles.write;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
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
import picocli.CommandLine.Parameters;

/** A new key for a coordinator. */
@Command(
    name = "rotate",
    description = {
      "Make the coordinator's next key, DIR/coordinator.key.next, and its public half,",
      "DIR/coordinator.pub, to be certified. Where root.key is in DIR that is done at once, and the",
      "next key takes the place of the present one."
    },
    mixinStandardHelpOptions = true)
public final class KeysRotateCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "the coordinator's directory")
  private Path directory;

  @Override
  public Integer call() throws IOException, TrustException {
    Path next = directory.resolve(KEY + ".next");
    PrivateFiles.createDirectory(directory);
    SigningKey key = KeyFiles.loadOrCreate(next);
    PrivateFiles.write(directory.resolve(PUBLIC), key.publicKey().encoded() + "\n");
    Path certificate = certificateOf(next);
    if (Files.exists(directory.resolve(CoordinatorKeys.ROOT_KEY))) {
      certifyHere(key.publicKey(), certificate);
    }
    if (!Files.exists(certificate)) {
      System.err.println(
          "made %s; where the root's key is: vidtomo keys certify --root root.key %s; then put what it makes here as %s, and run this again"
              .formatted(next, PUBLIC, certificate.getFileName()));
      return 0;
    }
    KeyCertificate made = checked(key.publicKey(), certificate);
    // The certificate first: with the old key it is refused at a start, and never used.
    PrivateFiles.write(present(), Files.readString(certificate));
    PrivateFiles.write(directory.resolve(KEY), PrivateFiles.read(next));
    Files.delete(next);
    Files.delete(certificate);
    System.err.println(
        "the next key is in place, certified until %s; restart the coordinator"
            .formatted(made.notAfter()));
    return 0;
  }

  private void certifyHere(VerifyingKey key, Path certificate) throws IOException {
    SigningKey root = KeyFiles.load(directory.resolve(CoordinatorKeys.ROOT_KEY));
    int generation =
        Math.max(
            CoordinatorKeys.generation(present(), root.publicKey()),
            CoordinatorKeys.generation(certificate, root.publicKey()));
    Instant now = Clock.systemUTC().instant();
    write(
        certificate, CoordinatorKeys.certify(root, key, now, CoordinatorKeys.VALIDITY, generation));
  }

  /**
   * A certificate that would stop the coordinator, or be trusted by nobody, is not put in place.
   */
  private KeyCertificate checked(VerifyingKey key, Path certificate)
      throws IOException, TrustException {
    VerifyingKey root = publicKey(directory.resolve(CoordinatorKeys.ROOT_PUBLIC));
    KeyCertificate made = CoordinatorKeys.read(certificate, root);
    if (!made.keyAt(Clock.systemUTC().instant()).id().equals(key.id())) {
      throw new SettingException(
          "%s is of another key than %s.next".formatted(certificate, directory.resolve(KEY)));
    }
    int before = CoordinatorKeys.generation(present(), root);
    if (made.generationNumber() < before) {
      throw new SettingException(
          "%s is of generation %d, and those before %d were taken back: have it certified with --generation %d"
              .formatted(certificate, made.generationNumber(), before, before));
    }
    return made;
  }

  /** The certificate of the key that is used now. */
  private Path present() {
    return certificateOf(directory.resolve(KEY));
  }
}
