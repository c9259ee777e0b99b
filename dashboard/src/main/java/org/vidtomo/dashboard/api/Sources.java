package org.vidtomo.dashboard.api;

import static java.util.Objects.requireNonNull;

import org.vidtomo.storage.AgentStore;
import org.vidtomo.storage.CampaignStore;
import org.vidtomo.storage.IndexStore;
import org.vidtomo.storage.MeasurementReader;
import org.vidtomo.storage.ReportReader;
import org.vidtomo.storage.StandingStore;
import org.vidtomo.storage.Store;
import org.vidtomo.storage.TaskStore;

/** Where the dashboard reads. */
public record Sources(
    MeasurementReader measurements,
    ReportReader reports,
    CampaignStore campaigns,
    TaskStore tasks,
    AgentStore agents,
    IndexStore index,
    StandingStore standing) {
  public Sources {
    requireNonNull(measurements, "measurements");
    requireNonNull(reports, "reports");
    requireNonNull(campaigns, "campaigns");
    requireNonNull(tasks, "tasks");
    requireNonNull(agents, "agents");
    requireNonNull(index, "index");
    requireNonNull(standing, "standing");
  }

  /** Everything from one store. */
  public static Sources of(Store store) {
    return new Sources(
        store.measurements(),
        store.reportReader(),
        store.campaigns(),
        store.tasks(),
        store.agents(),
        store.index(),
        store.standing());
  }
}
