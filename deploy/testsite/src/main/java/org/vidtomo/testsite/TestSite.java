package org.vidtomo.testsite;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.testsite.dns.DnsServer;
import org.vidtomo.testsite.http.HttpServers;
import org.vidtomo.testsite.http.LinkedPages;
import org.vidtomo.testsite.layout.AddressLayout;
import org.vidtomo.testsite.layout.Isp;
import org.vidtomo.testsite.layout.Layout;
import org.vidtomo.testsite.layout.Loopback;
import org.vidtomo.testsite.layout.Machine;
import org.vidtomo.testsite.layout.PortLayout;
import org.vidtomo.testsite.layout.Resolver;
import org.vidtomo.testsite.layout.Role;
import org.vidtomo.testsite.media.Catalogue;
import org.vidtomo.testsite.media.Clip;
import org.vidtomo.testsite.media.Clips;
import org.vidtomo.testsite.shape.Links;

/**
 * A running test site: pages, redirectors, caches and DNS on loopback, with emulated ISPs between
 * them and their clients. Thread-safe.
 */
public final class TestSite implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TestSite.class);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);
  private static final int ATTEMPTS = 5;

  private final TestSiteSettings settings;
  private final Layout layout;
  private final Vertx vertx;
  private final DeadEnds deadEnds;
  private final Set<String> faultKinds;

  private TestSite(
      TestSiteSettings settings,
      Layout layout,
      Vertx vertx,
      DeadEnds deadEnds,
      Set<String> faultKinds) {
    this.settings = settings;
    this.layout = layout;
    this.vertx = vertx;
    this.deadEnds = deadEnds;
    this.faultKinds = Set.copyOf(faultKinds);
  }

  /**
   * Starts a site and waits until it listens everywhere.
   *
   * @throws IllegalStateException when its addresses can't be bound
   */
  public static TestSite start(TestSiteSettings settings) {
    Clips clips = Clips.load();
    for (int attempt = 1; ; attempt++) {
      try {
        return startOnce(settings, clips);
      } catch (ExecutionException | TimeoutException | java.io.IOException e) {
        Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
        boolean lostRace = cause instanceof BindException && attempt < ATTEMPTS;
        if (!lostRace) {
          throw new IllegalStateException(
              "Starting the test site on loopback: "
                  + cause.getMessage()
                  + ". If another program has the port, choose another; if addresses can't be"
                  + " bound, use ports in their place.",
              cause);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while starting the test site", e);
      }
    }
  }

  private static TestSite startOnce(TestSiteSettings settings, Clips clips)
      throws ExecutionException, TimeoutException, InterruptedException, java.io.IOException {
    Layout layout = layout(settings);
    DeadEnds deadEnds = DeadEnds.hold(layout);
    Vertx vertx = newVertx();
    boolean started = false;
    try {
      Links links = new Links(vertx, System::nanoTime, settings.jitterSeed());
      HttpServers http = new HttpServers(vertx, layout, links, clips, Clock.systemUTC());
      await(http.listen());
      await(new DnsServer(vertx, layout, links).listen());
      TestSite site = new TestSite(settings, layout, vertx, deadEnds, http.faultKinds());
      LOG.info("Test site started url={} portsStandIn={}", site.index(), site.portsStandIn());
      started = true;
      return site;
    } finally {
      if (!started) {
        deadEnds.close();
        vertx.close();
      }
    }
  }

  private static Layout layout(TestSiteSettings settings) {
    boolean ports =
        switch (settings.addressing()) {
          case AUTOMATIC -> !Loopback.wholeRangeBinds();
          case ADDRESSES -> false;
          case PORTS -> true;
        };
    return ports
        ? new PortLayout(settings.isps(), settings.httpPort(), settings.dnsPort())
        : new AddressLayout(settings.isps(), settings.httpPort(), settings.dnsPort());
  }

  /** One event loop, so that nothing in the site needs a lock. */
  private static Vertx newVertx() {
    return Vertx.vertx(
        new VertxOptions()
            .setEventLoopPoolSize(1)
            .setUseDaemonThread(true)
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setClassPathResolvingEnabled(false)
                    .setFileCachingEnabled(false)));
  }

  private static void await(Future<?> future)
      throws ExecutionException, TimeoutException, InterruptedException {
    future
        .toCompletionStage()
        .toCompletableFuture()
        .get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Whether all share 127.0.0.1 and ports stand in for addresses, as on macOS. */
  public boolean portsStandIn() {
    return layout.portsStandIn();
  }

  /** The emulated ISPs, fastest first by default. */
  public List<IspView> isps() {
    return layout.isps().stream().map(this::view).toList();
  }

  private IspView view(Isp isp) {
    InetSocketAddress resolver =
        layout.resolvers().stream()
            .filter(r -> r.isp().filter(isp::equals).isPresent())
            .findFirst()
            .orElseThrow()
            .address();
    List<InetAddress> clients =
        IntStream.rangeClosed(1, settings.clientsPerIsp())
            .mapToObj(customer -> layout.clientAddress(isp, customer))
            .toList();
    return new IspView(isp.name(), isp.lineBps(), clients, resolver, layout.connectTo(isp));
  }

  /** Resolvers of no ISP. */
  public List<InetSocketAddress> publicResolvers() {
    return layout.resolvers().stream()
        .filter(r -> r.kind() != Resolver.Kind.SYSTEM)
        .map(Resolver::address)
        .toList();
  }

  /** The page that lists all videos. */
  public URI index() {
    return page("/");
  }

  /** The watch pages, all of them; the first twelve make a good short campaign. */
  public List<URI> seeds() {
    return Catalogue.all().stream().map(video -> page("/watch/" + video.number())).toList();
  }

  /**
   * A page of a set of pages that name each other as related, for crawls.
   *
   * @param of how many pages the set has, up to 9,999,999
   * @param number from 1 to that
   */
  public URI linked(int of, int number) {
    if (number < 1 || number > of || of > 9_999_999) {
      throw new IllegalArgumentException("no page %d of %d".formatted(number, of));
    }
    return page("/linked/%d/%d".formatted(of, number));
  }

  /** The numbers of the pages that a linked page names, in its order. */
  public List<Integer> linkedFrom(int of, int number) {
    return LinkedPages.links(of, number);
  }

  /**
   * A page that hides its media as older sites do: page, player, parameters, token, media.
   *
   * @param number of a video
   */
  public URI hiddenPage(int number) {
    return page("/hidden/" + number);
  }

  /** A clip without page, redirect or token. */
  public URI file(Clip clip) {
    return page("/files/" + clip.file());
  }

  /** What {@link #fault} takes. */
  public Set<String> faultKinds() {
    return faultKinds;
  }

  /**
   * A URL that fails in the way named.
   *
   * @throws IllegalArgumentException when there is no such kind
   */
  public URI fault(String kind) {
    return page("/fault/" + checkedKind(kind));
  }

  /** A sound page whose media is at {@link #fault}. */
  public URI faultPage(String kind) {
    return page("/fault/page/" + checkedKind(kind));
  }

  private String checkedKind(String kind) {
    if (!faultKinds.contains(kind)) {
      throw new IllegalArgumentException("No fault " + kind + "; there are " + faultKinds);
    }
    return kind;
  }

  private URI page(String path) {
    Machine site = layout.machines().only(Role.SITE);
    return URI.create("http://" + layout.authority(site.host(), site, Isp.NONE) + path);
  }

  /** For a person: what runs where, in a few lines. */
  public String describe() {
    return Description.of(layout, settings.clientsPerIsp(), index());
  }

  /** Ends all connections and frees all ports; waits for it, for a bounded time. */
  @Override
  public void close() {
    deadEnds.close();
    try {
      await(vertx.close());
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("Test site not closed cleanly reason={}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
