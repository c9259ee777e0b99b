package org.vidtomo.agent.enrol;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.vidtomo.core.trust.AgentAsking;
import org.vidtomo.core.trust.SigningKey;
import org.vidtomo.core.trust.TrustException;
import org.vidtomo.core.trust.VerifyingKey;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;
import org.vidtomo.runtime.files.KeyFiles;
import org.vidtomo.runtime.files.PrivateFiles;
import org.vidtomo.runtime.http.JsonHttp;

/**
 * An enrolled agent. It holds secrets; its text does not.
 *
 * @param key that its reports are signed with
 * @param coordinator the URL it was enrolled at
 * @param rootKey pinned: coordinators' keys must be certified by it
 * @param brokerUri with user and password
 * @param queue that its tasks come on
 * @param provider its ISP, when its owner said so
 */
public record AgentIdentity(
    String agentId,
    SigningKey key,
    URI coordinator,
    VerifyingKey rootKey,
    URI brokerUri,
    String queue,
    Optional<String> provider) {
  public AgentIdentity {
    requireNonNull(agentId, "agentId");
    requireNonNull(key, "key");
    requireNonNull(coordinator, "coordinator");
    requireNonNull(rootKey, "rootKey");
    requireNonNull(brokerUri, "brokerUri");
    requireNonNull(queue, "queue");
    requireNonNull(provider, "provider");
  }

  /** What is in {@code agent.json}. */
  private record Stored(
      String agentId,
      URI coordinator,
      String rootKey,
      URI brokerUri,
      String queue,
      Optional<String> provider) {}

  /** Whether an agent was enrolled in a directory. */
  public static boolean isIn(AgentDirectory directory) {
    return Files.exists(directory.identity());
  }

  /**
   * The agent that was enrolled in a directory.
   *
   * @throws IOException when there is none, or its files are damaged or readable by others
   */
  public static AgentIdentity load(AgentDirectory directory) throws IOException {
    if (!isIn(directory)) {
      throw new IOException(
          "no agent is enrolled in %s: run vidtomo agent enroll --coordinator URL --invite TOKEN"
              .formatted(directory.path()));
    }
    try {
      Stored stored = Wire.read(PrivateFiles.read(directory.identity()), Stored.class);
      return new AgentIdentity(
          stored.agentId(),
          KeyFiles.load(directory.key()),
          stored.coordinator(),
          VerifyingKey.decode(stored.rootKey()),
          stored.brokerUri(),
          stored.queue(),
          stored.provider());
    } catch (WireException | TrustException | NullPointerException e) {
      throw new IOException(
          "reading %s: %s; enrol again in another directory"
              .formatted(directory.identity(), e.getMessage()),
          e);
    }
  }

  /** Keeps this in a directory where the key is already. */
  public void save(AgentDirectory directory) throws IOException {
    Stored stored = new Stored(agentId, coordinator, rootKey.encoded(), brokerUri, queue, provider);
    PrivateFiles.write(directory.identity(), Wire.toJson(stored) + "\n");
  }

  /**
   * Refuses a coordinator or a broker on another machine that is spoken to in plain text.
   *
   * @throws IOException saying what to do
   */
  public void requireEncrypted() throws IOException {
    PlainText.refuse(coordinator);
    PlainText.refuse(brokerUri);
  }

  /** The same agent, with its broker elsewhere. */
  public AgentIdentity withBroker(URI other) {
    return new AgentIdentity(agentId, key, coordinator, rootKey, other, queue, provider);
  }

  /** The same agent, with its coordinator elsewhere. */
  public AgentIdentity withCoordinator(URI other) {
    return new AgentIdentity(agentId, key, other, rootKey, brokerUri, queue, provider);
  }

  /**
   * The agent's coordinator, asked as this agent.
   *
   * @param timeout for a whole call
   * @param certificates PEM file of the authorities to trust; empty: the system's
   * @throws IOException when that would be in plain text to another machine, saying what to do, or
   *     the certificates cannot be read
   */
  public JsonHttp asking(
      AgentAsking.Purpose purpose, Duration timeout, Optional<Path> certificates, Clock clock)
      throws IOException {
    PlainText.refuse(coordinator);
    return JsonHttp.to(coordinator, Optional.empty(), timeout, certificates)
        .authorizedBy(
            () -> "Agent " + new AgentAsking(agentId, clock.instant(), purpose).token(key));
  }

  @Override
  public String toString() {
    return "AgentIdentity[agentId=" + agentId + ", coordinator=" + coordinator + "]";
  }
}
