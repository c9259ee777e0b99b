package org.vidtomo.gate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.vidtomo.core.trust.Sha256;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.messaging.admin.AgentRights;
import org.vidtomo.runtime.files.PrivateFiles;

/**
 * The agents that may log in, kept in a file for its owner alone. Passwords are long and random, so
 * that their plain hash tells nothing. Thread-safe; whoever logs in does not wait while the file is
 * written.
 */
final class AgentUsers {
  private final Path file;
  private final Map<String, User> users = new ConcurrentSkipListMap<>();

  private record User(AgentRights rights, String passwordHash) {}

  private AgentUsers(Path file) {
    this.file = requireNonNull(file, "file");
  }

  /**
   * Those of a file; none when there is no such file.
   *
   * @throws IOException when it cannot be read
   */
  static AgentUsers open(Path file) throws IOException {
    AgentUsers opened = new AgentUsers(file);
    if (Files.exists(file)) {
      opened.read();
    }
    return opened;
  }

  private void read() throws IOException {
    String content = PrivateFiles.read(file);
    try {
      Wire.mapper()
          .readTree(content)
          .properties()
          .forEach(
              entry ->
                  users.put(
                      entry.getKey(),
                      new User(
                          new AgentRights(entry.getKey(), entry.getValue().path("queue").asText()),
                          entry.getValue().path("passwordHash").asText())));
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException(
          "reading the agents' users in %s: %s. Move that file away; agents then ask for their users again"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /** Makes a user, or gives it another password. */
  synchronized void put(AgentRights rights, String password) throws IOException {
    Optional<User> before =
        Optional.ofNullable(users.put(rights.agentId(), new User(rights, hash(password))));
    try {
      save();
    } catch (IOException e) {
      before.ifPresentOrElse(
          user -> users.put(rights.agentId(), user), () -> users.remove(rights.agentId()));
      throw e;
    }
  }

  /** Forgets a user, at once also when that cannot be written now. */
  synchronized void remove(String agentId) throws IOException {
    users.remove(agentId);
    save();
  }

  Set<String> names() {
    return Set.copyOf(users.keySet());
  }

  /** What this login gives; empty when user or password are wrong. */
  Optional<AgentRights> rights(Login login) {
    return Optional.ofNullable(users.get(login.user()))
        .filter(
            user ->
                MessageDigest.isEqual(
                    user.passwordHash().getBytes(UTF_8), hash(login.password()).getBytes(UTF_8)))
        .map(User::rights);
  }

  private void save() throws IOException {
    ObjectNode all = Wire.mapper().createObjectNode();
    users.forEach(
        (id, user) ->
            all.putObject(id)
                .put("queue", user.rights().queue())
                .put("passwordHash", user.passwordHash()));
    PrivateFiles.write(file, all.toPrettyString());
  }

  private static String hash(String password) {
    return HexFormat.of().formatHex(Sha256.of(password.getBytes(UTF_8)));
  }
}
