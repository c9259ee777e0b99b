package org.vidtomo.coordinator;

import static java.util.Objects.requireNonNull;

import org.vidtomo.storage.AgentStore;
import org.vidtomo.storage.CampaignStore;
import org.vidtomo.storage.InviteStore;
import org.vidtomo.storage.KeyStore;
import org.vidtomo.storage.SeedStore;
import org.vidtomo.storage.TaskStore;

/** What a coordinator keeps in the store. */
public record CoordinatorStores(
    CampaignStore campaigns,
    SeedStore seeds,
    TaskStore tasks,
    AgentStore agents,
    InviteStore invites,
    KeyStore keys) {
  public CoordinatorStores {
    requireNonNull(campaigns, "campaigns");
    requireNonNull(seeds, "seeds");
    requireNonNull(tasks, "tasks");
    requireNonNull(agents, "agents");
    requireNonNull(invites, "invites");
    requireNonNull(keys, "keys");
  }
}
