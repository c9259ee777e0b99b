package org.vidtomo.coordinator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.vidtomo.coordinator.api.Routes.Answer;
import org.vidtomo.coordinator.assign.AgentState;
import org.vidtomo.coordinator.assign.Fleet;
import org.vidtomo.coordinator.campaign.Campaigns;
import org.vidtomo.coordinator.campaign.Estimate;
import org.vidtomo.coordinator.campaign.ListReport;
import org.vidtomo.coordinator.campaign.OptionsReader;
import org.vidtomo.coordinator.campaign.Submission;
import org.vidtomo.coordinator.request.InvalidRequestException;
import org.vidtomo.core.task.CampaignOptions;
import org.vidtomo.core.wire.Wire;

/**
 * Begins campaigns, or with {@code ?dryRun=true} only says what they would be; the same for lists
 * that come as JSON and as text.
 */
final class Submissions {
  private final Campaigns campaigns;
  private final Fleet fleet;

  Submissions(Campaigns campaigns, Fleet fleet) {
    this.campaigns = campaigns;
    this.fleet = fleet;
  }

  /** Takes the options; the list follows, and then it is told what is wrong with both. */
  Submission begin(RoutingContext context, JsonNode options) throws InvalidRequestException {
    Submission.Asked asked = asked(options);
    return dry(context) ? campaigns.dryRun(asked) : campaigns.submit(asked);
  }

  private static Submission.Asked asked(JsonNode given) {
    try {
      CampaignOptions options = OptionsReader.read(given);
      return new Submission.Asked(
          options, given.has("maxCrawledUrls"), options.service().isPresent(), List.of());
    } catch (InvalidRequestException e) {
      return new Submission.Asked(
          CampaignOptions.DEFAULTS, false, given.has("service"), e.faults());
    }
  }

  /** The list is whole. */
  Answer finish(RoutingContext context, Submission submission) throws InvalidRequestException {
    if (dry(context)) {
      ListReport list = submission.check();
      return Answer.ok(withList(estimate(submission, list), list));
    }
    Submission.Result made = submission.finish();
    return Answer.created(
        withList(made.campaign(), made.list()), CampaignRoutes.PATH + "/" + made.campaign().id());
  }

  private Estimate estimate(Submission submission, ListReport list) {
    return Estimate.of(
        submission.options(),
        list.videos(),
        fleet.taking().stream().map(Submissions::participant).toList());
  }

  private static Estimate.Participant participant(AgentState agent) {
    return new Estimate.Participant(agent.agentId(), agent.provider(), agent.bytesLeft());
  }

  private static ObjectNode withList(Object value, ListReport list) {
    ObjectNode answer = Wire.mapper().valueToTree(value);
    answer.set("list", Wire.mapper().valueToTree(list));
    return answer;
  }

  private static boolean dry(RoutingContext context) throws InvalidRequestException {
    String asked = context.request().getParam("dryRun", "false");
    return switch (asked) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new InvalidRequestException("dryRun", "must be true or false");
    };
  }
}
