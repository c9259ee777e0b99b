package org.vidtomo.dashboard;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.vidtomo.messaging.BrokerConnection;
import org.vidtomo.storage.Measurement;
import org.vidtomo.storage.Store;

/**
 * A dashboard over a panel that is large enough to be ranked ({@link PanelMeasurements}), on a real
 * Cassandra and a real RabbitMQ. One for the JVM.
 */
public final class PanelDashboard {
  private static final int BATCH = 500;

  public final UUID campaign = UUID.randomUUID();
  public final Store store;
  public final BrokerConnection broker;
  public final URI base;

  private PanelDashboard() throws Exception {
    store = TestStores.open();
    TestDashboard.insertCampaign(store, campaign, "A week of popular videos");
    List<Measurement> panel = PanelMeasurements.of(campaign, Instant.now());
    for (int i = 0; i < panel.size(); i += BATCH) {
      TestStores.write(store, panel.subList(i, Math.min(panel.size(), i + BATCH)));
    }
    broker = TestDashboard.connect();
    base = URI.create("http://127.0.0.1:" + TestDashboard.start(store, broker, 0).port());
    Awaitility.await("the index")
        .atMost(Duration.ofMinutes(2))
        .until(() -> Http.get(base, "/api/v1/filters").statusCode() == 200);
  }

  /** The one of this JVM. */
  public static PanelDashboard shared() {
    return Shared.INSTANCE;
  }

  private static final class Shared {
    private static final PanelDashboard INSTANCE = make();

    private static PanelDashboard make() {
      try {
        return new PanelDashboard();
      } catch (Exception e) {
        throw new IllegalStateException("making the panel's dashboard for the tests", e);
      }
    }
  }
}
