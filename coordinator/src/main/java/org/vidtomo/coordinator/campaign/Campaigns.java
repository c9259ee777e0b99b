package org.vidtomo.coordinator.campaign;

import java.time.Clock;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.coordinator.plan.RoundPlan;
import org.vidtomo.coordinator.request.RefusedException;
import org.vidtomo.core.task.CampaignOptions;
import org.vidtomo.core.task.TaskState;
import org.vidtomo.storage.CampaignStatus;
import org.vidtomo.storage.CampaignStore;
import org.vidtomo.storage.SeedStore;
import org.vidtomo.storage.TaskRow;
import org.vidtomo.storage.TaskStore;

/** All campaigns, and what people do with them. Thread-safe. */
public final class Campaigns {
  private static final Logger LOG = LoggerFactory.getLogger(Campaigns.class);
  private static final Set<CampaignStatus> OPEN =
      EnumSet.of(CampaignStatus.RUNNING, CampaignStatus.PAUSED);

  private final CampaignStore store;
  private final SeedStore seeds;
  private final TaskStore tasks;
  private final CycleSeeds cycleSeeds;
  private final int maxVideos;
  private final Clock clock;
  private final Map<UUID, Campaign> byId = new ConcurrentHashMap<>();
  private final List<CampaignListener> listeners = new CopyOnWriteArrayList<>();

  /** No campaigns yet; see {@link #load}. */
  public Campaigns(
      CampaignStore store,
      SeedStore seeds,
      TaskStore tasks,
      CycleSeeds cycleSeeds,
      int maxVideos,
      Clock clock) {
    this.cycleSeeds = cycleSeeds;
    this.store = store;
    this.seeds = seeds;
    this.tasks = tasks;
    this.maxVideos = maxVideos;
    this.clock = clock;
  }

  /** Tells of changes from now on. */
  public void listen(CampaignListener listener) {
    listeners.add(listener);
  }

  /**
   * Reads all campaigns and counts their tasks. To be called once, before any outcome is taken.
   *
   * @param each hears of each task of a campaign that may still do something, after its campaign
   */
  public void load(Function<String, Optional<String>> providerOfAgent, Consumer<TaskRow> each) {
    for (org.vidtomo.storage.Campaign stored : store.list()) {
      // Imported ones were steered elsewhere, and their tasks stayed there.
      if (stored.status() != CampaignStatus.RECEIVING && stored.origin().isEmpty()) {
        load(CampaignRow.of(stored), providerOfAgent, each);
      }
    }
  }

  private void load(
      CampaignRow row, Function<String, Optional<String>> providerOfAgent, Consumer<TaskRow> each) {
    Campaign campaign = new Campaign(row);
    boolean over = row.status() == CampaignStatus.FINISHED;
    byId.put(row.id(), campaign);
    if (!over) {
      tell(campaign);
    }
    for (int cycle = 0; row.plan().isPresent() && cycle <= row.cycle(); cycle++) {
      tasks.scan(
          row.id(),
          cycle,
          task -> {
            if (campaign.count(task, providerOfAgent) && !over) {
              each.accept(task);
            }
          });
    }
    campaign.countUnplanned();
  }

  /** Begins to take a campaign's list. */
  public Submission submit(Submission.Asked asked) {
    return new Submission(asked, seeds, cycleSeeds, this, maxVideos, false);
  }

  /** Begins to take a list of which only shall be said what it would be. */
  public Submission dryRun(Submission.Asked asked) {
    return new Submission(asked, seeds, cycleSeeds, this, maxVideos, true);
  }

  CampaignView begin(
      UUID id, CampaignOptions options, long videos, long duplicates, OptionalLong listed) {
    CampaignRow row =
        new CampaignRow(
            id,
            clock.instant(),
            options,
            CampaignStatus.RUNNING,
            videos,
            duplicates,
            Optional.empty(),
            0,
            listed,
            Optional.empty());
    store.insert(row.stored());
    Campaign campaign = new Campaign(row);
    byId.put(id, campaign);
    LOG.info("A campaign begins: campaign={} videos={} duplicates={}", id, videos, duplicates);
    tell(campaign);
    return campaign.view();
  }

  /** All campaigns, the latest first. */
  public List<CampaignView> list() {
    return byId.values().stream()
        .map(Campaign::view)
        .sorted(Comparator.comparing(CampaignView::createdAt).reversed())
        .toList();
  }

  /** All of them. */
  public List<Campaign> all() {
    return List.copyOf(byId.values());
  }

  /** One of them. */
  public Optional<Campaign> find(UUID id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** One campaign as the API shows it. */
  public CampaignView get(UUID id) throws RefusedException {
    return existing(id).view();
  }

  /** Nothing more is given out until it is resumed; what agents have not begun is taken back. */
  public CampaignView pause(UUID id) throws RefusedException {
    return change(id, EnumSet.of(CampaignStatus.RUNNING), CampaignStatus.PAUSED);
  }

  /** Ends a pause. */
  public CampaignView resume(UUID id) throws RefusedException {
    return change(id, EnumSet.of(CampaignStatus.PAUSED), CampaignStatus.RUNNING);
  }

  /** What agents have not begun is not measured any more. For good. */
  public CampaignView cancel(UUID id) throws RefusedException {
    return change(id, OPEN, CampaignStatus.CANCELLED);
  }

  /** All its tasks ended. */
  public void finished(UUID id) {
    find(id).ifPresent(campaign -> move(campaign, OPEN, CampaignStatus.FINISHED));
  }

  /** Planning begins a round. */
  public void roundBegins(Campaign campaign, RoundPlan plan) {
    CampaignRow row = note(campaign, plan, 0);
    long each = plan.videos().count() * plan.samples();
    plan.targets().forEach(target -> campaign.tally().add(target, TaskState.PLANNED, each));
    LOG.info(
        "A round begins: campaign={} cycle={} round={} videos={} targets={} tasks={}",
        row.id(),
        plan.cycle(),
        plan.round(),
        plan.videos().count(),
        plan.targets(),
        plan.videos().count() * plan.tasksPerVideo());
    tell(campaign);
  }

  /** The tasks of so many videos of the round are stored. */
  public void planned(Campaign campaign, long videosPlanned) {
    note(campaign, campaign.row().plan().orElseThrow(), videosPlanned);
    tell(campaign);
  }

  /** What hinders its lists of videos from being read; empty: nothing any more. */
  public void troubled(Campaign campaign, Optional<String> trouble) {
    if (!campaign.row().trouble().equals(trouble)) {
      note(campaign, row -> row.with(trouble));
    }
  }

  private CampaignRow note(Campaign campaign, RoundPlan plan, long videosPlanned) {
    return note(campaign, row -> row.with(plan, videosPlanned));
  }

  private CampaignRow note(Campaign campaign, UnaryOperator<CampaignRow> change) {
    synchronized (campaign) {
      CampaignRow row = change.apply(campaign.row());
      if (row.videos() != campaign.row().videos()) {
        store.saveVideos(row.id(), row.videos());
      }
      store.savePlan(row.id(), row.cycle(), row.planNote());
      campaign.row(row);
      return row;
    }
  }

  private CampaignView change(UUID id, Set<CampaignStatus> from, CampaignStatus to)
      throws RefusedException {
    Campaign campaign = existing(id);
    CampaignStatus status = move(campaign, from, to);
    if (status != to) {
      throw new RefusedException(
          RefusedException.Why.CONFLICT,
          "the campaign is %s, it cannot become %s".formatted(status.wireName(), to.wireName()));
    }
    return campaign.view();
  }

  /** The status that it has then; repeating a change changes nothing. */
  private CampaignStatus move(Campaign campaign, Set<CampaignStatus> from, CampaignStatus to) {
    synchronized (campaign) {
      CampaignRow before = campaign.row();
      if (!from.contains(before.status())) {
        return before.status();
      }
      store.changeStatus(before.id(), EnumSet.of(before.status(), to), to);
      campaign.row(before.with(to));
    }
    LOG.info("A campaign is {} now: campaign={}", to.wireName(), campaign.row().id());
    tell(campaign);
    return to;
  }

  private Campaign existing(UUID id) throws RefusedException {
    return find(id)
        .orElseThrow(
            () -> new RefusedException(RefusedException.Why.NOT_FOUND, "no campaign " + id));
  }

  private void tell(Campaign campaign) {
    listeners.forEach(listener -> listener.changed(campaign));
  }
}
