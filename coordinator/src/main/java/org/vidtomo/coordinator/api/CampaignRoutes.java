package org.vidtomo.coordinator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.vidtomo.coordinator.alert.Alert;
import org.vidtomo.coordinator.alert.AlertBook;
import org.vidtomo.coordinator.api.Routes.Answer;
import org.vidtomo.coordinator.assign.Fleet;
import org.vidtomo.coordinator.campaign.CampaignView;
import org.vidtomo.coordinator.campaign.Campaigns;
import org.vidtomo.coordinator.campaign.Submission;
import org.vidtomo.coordinator.request.InvalidRequestException;
import org.vidtomo.coordinator.request.InvalidRequestException.Fault;
import org.vidtomo.coordinator.request.RefusedException;
import org.vidtomo.core.wire.Wire;

/** {@code /api/v1/campaigns}. */
final class CampaignRoutes {
  static final String PATH = "/api/v1/campaigns";
  private static final Set<String> FIELDS = Set.of("options", "urls");

  private final Campaigns campaigns;
  private final AlertBook alerts;
  private final Submissions submissions;

  CampaignRoutes(Campaigns campaigns, AlertBook alerts, Fleet fleet) {
    this.campaigns = campaigns;
    this.alerts = alerts;
    this.submissions = new Submissions(campaigns, fleet);
  }

  void addTo(Router router, Routes routes) {
    for (String text : List.of("text/plain", "application/x-ndjson")) {
      router
          .post(PATH)
          .consumes(text)
          .handler(context -> routes.authorize(context, Scope.SUBMIT))
          .handler(context -> new SeedUpload(context, submissions).run());
    }
    routes.add(HttpMethod.POST, PATH, Scope.SUBMIT, this::submit);
    routes.add(
        HttpMethod.GET,
        PATH,
        Scope.READ,
        context -> Answer.ok(Map.of("campaigns", campaigns.list())));
    routes.add(
        HttpMethod.GET,
        "/api/v1/alerts",
        Scope.READ,
        context -> Answer.ok(Map.of("alerts", views(alerts.all()))));
    routes.add(HttpMethod.GET, PATH + "/:id", Scope.READ, this::show);
    routes.add(
        HttpMethod.POST,
        PATH + "/:id/pause",
        Scope.SUBMIT,
        context -> Answer.ok(campaigns.pause(id(context))));
    routes.add(
        HttpMethod.POST,
        PATH + "/:id/resume",
        Scope.SUBMIT,
        context -> Answer.ok(campaigns.resume(id(context))));
    routes.add(
        HttpMethod.POST,
        PATH + "/:id/cancel",
        Scope.SUBMIT,
        context -> Answer.ok(campaigns.cancel(id(context))));
  }

  private Answer show(RoutingContext context) throws RefusedException {
    CampaignView campaign = campaigns.get(id(context));
    ObjectNode shown = Wire.mapper().valueToTree(campaign);
    shown.set("alerts", Wire.mapper().valueToTree(views(alerts.of(campaign.id()))));
    return Answer.ok(shown);
  }

  private static List<Alert.View> views(List<Alert> some) {
    return some.stream().map(Alert::view).toList();
  }

  private Answer submit(RoutingContext context) throws Exception {
    JsonNode body = Routes.tree(context);
    List<String> urls = urls(body);
    JsonNode options = body.path("options");
    Submission submission =
        submissions.begin(
            context, options.isMissingNode() ? Wire.mapper().createObjectNode() : options);
    try {
      submission.add(urls);
      return submissions.finish(context, submission);
    } catch (InvalidRequestException | RuntimeException e) {
      submission.abandon();
      throw e;
    }
  }

  private static List<String> urls(JsonNode body) throws InvalidRequestException {
    if (!body.isObject()) {
      throw new InvalidRequestException("body", "must be a JSON object with options and urls");
    }
    List<Fault> faults = new ArrayList<>();
    body.fieldNames()
        .forEachRemaining(
            name -> {
              if (!FIELDS.contains(name)) {
                faults.add(new Fault(name, "is not a field; the fields are options and urls"));
              }
            });
    List<String> urls = new ArrayList<>();
    if (!body.path("urls").isArray()) {
      faults.add(new Fault("urls", "must be an array of URLs"));
    }
    for (JsonNode url : body.path("urls")) {
      if (url.isTextual()) {
        urls.add(url.asText());
      } else {
        faults.add(new Fault("urls[" + urls.size() + "]", "must be text"));
      }
    }
    if (!faults.isEmpty()) {
      throw new InvalidRequestException(faults);
    }
    return urls;
  }

  static UUID id(RoutingContext context) throws RefusedException {
    String text = context.pathParam("id");
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(
          RefusedException.Why.NOT_FOUND, "no campaign " + text + ": ids are UUIDs");
    }
  }
}
