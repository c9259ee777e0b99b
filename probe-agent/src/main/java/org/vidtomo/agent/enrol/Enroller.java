package org.vidtomo.agent.enrol;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.vidtomo.core.trust.EnrolProof;
import org.vidtomo.core.trust.InviteToken;
import org.vidtomo.core.trust.SigningKey;
import org.vidtomo.core.trust.TrustException;
import org.vidtomo.core.trust.VerifyingKey;
import org.vidtomo.runtime.Version;
import org.vidtomo.runtime.files.KeyFiles;
import org.vidtomo.runtime.files.PrivateFiles;
import org.vidtomo.runtime.http.AuthorityFetch;
import org.vidtomo.runtime.http.Certificates;
import org.vidtomo.runtime.http.JsonHttp;

/** Enrols an agent at a coordinator, once for each machine. */
public final class Enroller {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private Enroller() {}

  /**
   * What the owner gives.
   *
   * @param coordinator such as {@code https://coordinator.example:8081}
   * @param invite a token that the coordinator made; {@link InviteToken} tells its parts
   * @param provider the ISP; empty: the coordinator goes by the network
   * @param certificates PEM file of the authorities to trust for https, where the invite names
   *     none; empty: the system's
   */
  public record Enrolment(
      URI coordinator, String invite, Optional<String> provider, Optional<Path> certificates) {
    public Enrolment {
      requireNonNull(coordinator, "coordinator");
      requireNonNull(invite, "invite");
      requireNonNull(provider, "provider");
      requireNonNull(certificates, "certificates");
    }

    @Override
    public String toString() {
      return "Enrolment[coordinator=" + coordinator + "]";
    }
  }

  /** Body of {@code POST /api/v1/agents}. */
  private record Request(
      String invite, String publicKey, Optional<String> provider, String software, String proof) {}

  /** Its answer. */
  private record Answer(
      String agentId,
      URI brokerUri,
      String queue,
      String rootKey,
      Optional<Instant> coordinatorTime) {
    Answer {
      requireNonNull(agentId, "agentId");
      requireNonNull(brokerUri, "brokerUri");
      requireNonNull(queue, "queue");
      requireNonNull(rootKey, "rootKey");
    }
  }

  /**
   * What can be told to be wrong without asking anybody.
   *
   * @throws IOException when there is an agent already, or the coordinator is spoken to in plain
   *     text; the message is fit for a person
   * @throws IllegalArgumentException when the invite is none
   */
  public static void check(AgentDirectory directory, Enrolment enrolment) throws IOException {
    if (AgentIdentity.isIn(directory)) {
      throw new IOException(
          "%s is enrolled in %s already: give another directory, or run vidtomo agent erase first"
              .formatted(AgentIdentity.load(directory).agentId(), directory.path()));
    }
    InviteToken.parse(enrolment.invite());
    PlainText.refuse(enrolment.coordinator());
  }

  /**
   * Makes the agent's key, sends its public half with the invite, and keeps what comes back.
   *
   * @throws IOException when there is an agent already, the coordinator cannot be reached or
   *     refuses, or the files cannot be written; the message is fit for a person
   */
  public static AgentIdentity enrol(AgentDirectory directory, Enrolment enrolment)
      throws IOException, InterruptedException {
    check(directory, enrolment);
    InviteToken invite = InviteToken.parse(enrolment.invite());
    Optional<Path> authorities = authorities(directory, enrolment, invite);
    // The key is kept first: an answer that is lost can be asked for again with the same key.
    SigningKey key = KeyFiles.loadOrCreate(directory.key());
    Answer answer = ask(enrolment, invite, authorities, key);
    PlainText.refuseBroker(enrolment.coordinator(), answer.brokerUri());
    AgentIdentity identity =
        new AgentIdentity(
            answer.agentId(),
            key,
            enrolment.coordinator(),
            root(answer, enrolment),
            answer.brokerUri(),
            answer.queue(),
            enrolment.provider());
    identity.save(directory);
    return identity;
  }

  /** Keeps whom to trust: what the invite names, else what the owner names, else the system's. */
  private static Optional<Path> authorities(
      AgentDirectory directory, Enrolment enrolment, InviteToken invite) throws IOException {
    boolean secured = "https".equals(enrolment.coordinator().getScheme());
    if (secured && invite.authority().isPresent()) {
      X509Certificate authority =
          AuthorityFetch.from(enrolment.coordinator(), invite.authority().get(), TIMEOUT);
      PrivateFiles.write(directory.authority(), Certificates.pem(authority));
    } else if (enrolment.certificates().isPresent()) {
      PrivateFiles.write(directory.authority(), Files.readAllBytes(enrolment.certificates().get()));
    } else {
      Files.deleteIfExists(directory.authority());
      return Optional.empty();
    }
    return Optional.of(directory.authority());
  }

  private static Answer ask(
      Enrolment enrolment, InviteToken invite, Optional<Path> authorities, SigningKey key)
      throws IOException, InterruptedException {
    JsonHttp http = JsonHttp.to(enrolment.coordinator(), Optional.empty(), TIMEOUT, authorities);
    Request request =
        new Request(
            invite.secret(),
            key.publicKey().encoded(),
            enrolment.provider(),
            Version.software(),
            EnrolProof.token(invite.secret(), key));
    return http.post("/api/v1/agents", request, Answer.class);
  }

  private static VerifyingKey root(Answer answer, Enrolment enrolment) throws IOException {
    try {
      return VerifyingKey.decode(answer.rootKey());
    } catch (TrustException e) {
      throw new IOException(
          "enrolling at %s: its root key is %s".formatted(enrolment.coordinator(), e.getMessage()),
          e);
    }
  }
}
