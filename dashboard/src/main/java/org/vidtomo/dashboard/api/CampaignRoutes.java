package org.vidtomo.dashboard.api;

import java.util.List;
import java.util.Set;

/** {@code campaigns} and {@code agents}. */
final class CampaignRoutes {
  private final Campaigns campaigns;
  private final Agents agents;

  CampaignRoutes(Campaigns campaigns, Agents agents) {
    this.campaigns = campaigns;
    this.agents = agents;
  }

  private record CampaignList(List<CampaignView> campaigns) {}

  void addTo(Routes routes) {
    routes.table(
        "/api/v1/campaigns",
        CsvViews.CAMPAIGNS,
        Set.of(),
        request -> new CampaignList(campaigns.all()));
    routes.json(
        "/api/v1/campaigns/:id",
        Set.of(),
        request ->
            campaigns
                .find(request.id())
                .orElseThrow(
                    () ->
                        new ProblemException(
                            404, "there is no campaign " + request.id() + " here")));
    routes.table(
        "/api/v1/agents", CsvViews.AGENTS, Set.of(), request -> agents.list(request::mayName));
  }
}
