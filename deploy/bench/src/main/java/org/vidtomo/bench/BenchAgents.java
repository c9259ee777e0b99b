package org.vidtomo.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.GZIPOutputStream;
import org.vidtomo.core.report.AgentInfo;
import org.vidtomo.core.trust.SignedMessage;
import org.vidtomo.core.trust.SigningKey;
import org.vidtomo.storage.CoordinatorKey;
import org.vidtomo.storage.EnrolledAgent;
import org.vidtomo.storage.Store;

/** Agents of benchmarks, and how they send reports. */
public final class BenchAgents {
  private BenchAgents() {}

  /** Has a store know a coordinator. */
  public static void coordinator(Store store, SigningKey key) {
    store.keys().put(new CoordinatorKey(key.publicKey().id(), key.publicKey().encoded(), "bench"));
  }

  /** Has a store know an agent. */
  public static void enrol(Store store, String id, SigningKey key, String provider, Instant at) {
    store
        .agents()
        .insert(
            new EnrolledAgent(
                id,
                key.publicKey().id(),
                key.publicKey().encoded(),
                "queue",
                Optional.of(provider),
                at,
                Optional.empty()));
  }

  /** An agent of which nothing is known. */
  public static AgentInfo info() {
    return new AgentInfo(
        "bench",
        "vidtomo/bench",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        "ipv4");
  }

  /** A report as it is sent. */
  public static byte[] gzip(byte[] json) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** The headers that a compressed report is sent with. */
  public static Map<String, String> headers(byte[] body, SigningKey key) {
    Map<String, String> headers = new HashMap<>(SignedMessage.sign(body, key).headers());
    headers.put("x-encoding", "gzip");
    return headers;
  }
}
