package org.vidtomo.bench.measure;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.vidtomo.agent.download.Downloaded;
import org.vidtomo.agent.download.Downloader;
import org.vidtomo.agent.http.AddressGuard;
import org.vidtomo.agent.http.BodySink;
import org.vidtomo.agent.http.ByteBudget;
import org.vidtomo.agent.http.Deadline;
import org.vidtomo.agent.http.Endpoint;
import org.vidtomo.agent.http.Exchange;
import org.vidtomo.agent.http.HttpEngine;
import org.vidtomo.agent.http.Names;
import org.vidtomo.agent.http.Requester;
import org.vidtomo.agent.http.ResponseHead;
import org.vidtomo.agent.http.UrlGuard;
import org.vidtomo.core.task.HttpProtocol;

/** The agent's own steps, as a measurement uses them. */
final class OurSide implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final Names LITERALS =
      (host, deadline) -> {
        try {
          return new Names.Resolved(List.of(InetAddress.getByName(host)), 0);
        } catch (IOException e) {
          throw new IllegalArgumentException("the bench names addresses only: " + host, e);
        }
      };

  private final HttpEngine engine;
  private final Requester requester;

  /**
   * The instrument.
   *
   * @param authorities PEM file to trust
   */
  OurSide(HttpProtocol protocol, Optional<Path> authorities) {
    this.engine = new HttpEngine(AddressGuard.ALL, Optional.empty(), authorities, System::nanoTime);
    this.requester =
        new Requester(
            engine,
            LITERALS,
            UrlGuard.ALL,
            ByteBudget.UNLIMITED,
            List.of(),
            Optional.empty(),
            protocol);
  }

  /** The timed download of a measurement. */
  Sample download(URI url) throws IOException {
    Endpoint endpoint =
        new Endpoint(
            new InetSocketAddress(InetAddress.getByName(url.getHost()), url.getPort()),
            Optional.empty());
    long cpu = SYSTEM.getProcessCpuTime();
    Downloaded done =
        new Downloader(requester)
            .download(
                url,
                endpoint,
                LIMIT,
                Long.MAX_VALUE,
                OptionalLong.empty(),
                (bytes, micros) -> {},
                Deadline.after(System::nanoTime, LIMIT));
    if (done.failure().isPresent()) {
      throw new IOException(url + " failed: " + done.failure().get());
    }
    return new Sample(
        done.bytes(), done.durationMicros(), (SYSTEM.getProcessCpuTime() - cpu) / 1000);
  }

  /** A hop of a redirect chain, but with its whole body, so that it has all phases. */
  Exchange exchange(URI url) throws IOException {
    Exchange exchange =
        requester
            .get(
                url,
                UrlGuard.Use.FOLLOWED,
                Map.of("Accept-Encoding", "identity"),
                new Everything(),
                Deadline.after(System::nanoTime, LIMIT))
            .exchange();
    if (exchange.failure().isPresent()) {
      throw new IOException(url + " failed: " + exchange.failure().get());
    }
    return exchange;
  }

  @Override
  public void close() {
    engine.close();
  }

  private static final class Everything implements BodySink {
    @Override
    public boolean head(ResponseHead head, long elapsedMicros) {
      return true;
    }

    @Override
    public boolean bytes(ByteBuffer chunk, long elapsedMicros) {
      return true;
    }
  }
}
