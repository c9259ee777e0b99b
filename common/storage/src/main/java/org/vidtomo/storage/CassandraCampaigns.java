package org.vidtomo.storage;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.vidtomo.core.task.CampaignOptions;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;

final class CassandraCampaigns implements CampaignStore {
  private static final WireNames<CampaignStatus> STATUSES = WireNames.strict(CampaignStatus.class);

  private final Statements statements;
  private final PreparedStatement insert;
  private final PreparedStatement insertImported;
  private final PreparedStatement select;
  private final PreparedStatement selectAll;
  private final PreparedStatement changeStatus;
  private final PreparedStatement saveVideos;
  private final PreparedStatement saveCycle;
  private final PreparedStatement savePlan;

  CassandraCampaigns(Statements statements) {
    this.statements = statements;
    String table = Schema.CAMPAIGN_BY_ID;
    insert =
        statements.prepareConditional(
            "INSERT INTO "
                + table
                + " (id, options, status, created_at, videos, cycle) VALUES (?, ?, ?, ?, ?, ?)"
                + " IF NOT EXISTS");
    insertImported =
        statements.prepareConditional(
            "INSERT INTO "
                + table
                + " (id, options, status, created_at, videos, cycle, origin)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?) IF NOT EXISTS");
    select = statements.prepare("SELECT * FROM " + table + " WHERE id = ?");
    selectAll = statements.prepare("SELECT * FROM " + table);
    changeStatus =
        statements.prepareConditional(
            "UPDATE " + table + " SET status = ? WHERE id = ? IF status IN ?");
    // Conditional, so that they stand in one order with the changes of status.
    saveVideos =
        statements.prepareConditional("UPDATE " + table + " SET videos = ? WHERE id = ? IF EXISTS");
    saveCycle =
        statements.prepareConditional("UPDATE " + table + " SET cycle = ? WHERE id = ? IF EXISTS");
    savePlan =
        statements.prepareConditional(
            "UPDATE " + table + " SET cycle = ?, plan = ? WHERE id = ? IF EXISTS");
  }

  @Override
  public void insert(Campaign campaign) {
    List<Object> values = new ArrayList<>();
    values.add(campaign.id());
    values.add(Wire.toJson(campaign.options()));
    values.add(campaign.status().wireName());
    values.add(campaign.createdAt());
    values.add(campaign.videos());
    values.add(campaign.cycle());
    campaign.origin().ifPresent(origin -> values.add(Wire.toJson(origin)));
    PreparedStatement statement = campaign.origin().isPresent() ? insertImported : insert;
    statements.run("storing campaign " + campaign.id(), statement.bind(values.toArray()));
    campaign.plan().ifPresent(plan -> savePlan(campaign.id(), campaign.cycle(), plan));
  }

  @Override
  public Optional<Campaign> find(UUID id) {
    return Optional.ofNullable(statements.run("reading campaign " + id, select.bind(id)).one())
        .map(CassandraCampaigns::campaign);
  }

  @Override
  public List<Campaign> list() {
    List<Campaign> all = new ArrayList<>();
    statements.each("listing campaigns", List.of(selectAll.bind()), row -> all.add(campaign(row)));
    all.sort(Comparator.comparing(Campaign::createdAt).reversed().thenComparing(Campaign::id));
    return all;
  }

  @Override
  public boolean changeStatus(UUID id, Set<CampaignStatus> expected, CampaignStatus next) {
    List<String> names = expected.stream().map(CampaignStatus::wireName).toList();
    return statements
        .run("changing the status of campaign " + id, changeStatus.bind(next.wireName(), id, names))
        .wasApplied();
  }

  @Override
  public void saveVideos(UUID id, long videos) {
    statements.run("noting the videos of campaign " + id, saveVideos.bind(videos, id));
  }

  @Override
  public void saveCycle(UUID id, int cycle) {
    statements.run("noting the cycle of campaign " + id, saveCycle.bind(cycle, id));
  }

  @Override
  public void savePlan(UUID id, int cycle, String plan) {
    statements.run("noting the plan of campaign " + id, savePlan.bind(cycle, plan, id));
  }

  private static Optional<CampaignOrigin> origin(Row row) throws WireException {
    String origin = row.getString("origin");
    return origin == null ? Optional.empty() : Optional.of(Wire.read(origin, CampaignOrigin.class));
  }

  private static Campaign campaign(Row row) {
    UUID id = row.getUuid("id");
    try {
      return new Campaign(
          id,
          Wire.read(row.getString("options"), CampaignOptions.class),
          STATUSES.get(row.getString("status")),
          row.getInstant("created_at"),
          row.getLong("videos"),
          row.getInt("cycle"),
          Optional.ofNullable(row.getString("plan")),
          origin(row));
    } catch (WireException e) {
      throw new StoreException(
          "reading campaign %s failed: %s; a newer version may have written it: upgrade this process"
              .formatted(id, e.getMessage()),
          e);
    }
  }
}
