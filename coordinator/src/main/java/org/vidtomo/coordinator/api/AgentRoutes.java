package org.vidtomo.coordinator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.vidtomo.coordinator.api.Routes.Answer;
import org.vidtomo.coordinator.enrol.Credentials;
import org.vidtomo.coordinator.enrol.EnrolRequest;
import org.vidtomo.coordinator.enrol.Enrolled;
import org.vidtomo.coordinator.enrol.Enrolment;
import org.vidtomo.coordinator.enrol.Farewell;
import org.vidtomo.coordinator.enrol.Whoami;
import org.vidtomo.coordinator.request.InvalidRequestException;
import org.vidtomo.coordinator.request.InvalidRequestException.Fault;
import org.vidtomo.coordinator.request.RefusedException;
import org.vidtomo.runtime.settings.Quantities;

/** {@code /api/v1/invites}, {@code /api/v1/agents} and {@code /api/v1/whoami}. */
final class AgentRoutes {
  private static final String AGENTS = "/api/v1/agents";
  private static final String INVITES = "/api/v1/invites";
  private static final String AGENT_SCHEME = "Agent ";
  private static final int DEFAULT_USES = 1;
  private static final Duration DEFAULT_EXPIRY = Duration.ofDays(7);

  private final Enrolment enrolment;
  private final AgentList agents;
  private final Whoami whoami;
  private final Consumer<String> clearFlags;
  private final Farewell farewell;

  AgentRoutes(
      Enrolment enrolment,
      AgentList agents,
      Whoami whoami,
      Consumer<String> clearFlags,
      Farewell farewell) {
    this.enrolment = enrolment;
    this.farewell = farewell;
    this.agents = agents;
    this.whoami = whoami;
    this.clearFlags = clearFlags;
  }

  void addTo(Routes routes) {
    routes.add(HttpMethod.POST, INVITES, Scope.ADMIN, this::invite);
    routes.add(
        HttpMethod.GET,
        INVITES,
        Scope.ADMIN,
        context -> Answer.ok(Map.of("invites", enrolment.invites().open())));
    routes.add(HttpMethod.DELETE, INVITES + "/:id", Scope.ADMIN, this::revokeInvite);
    routes.addInvited(HttpMethod.POST, AGENTS, this::enrol);
    routes.add(
        HttpMethod.GET, AGENTS, Scope.READ, context -> Answer.ok(Map.of("agents", agents.all())));
    // Before that of any id.
    routes.addSigned(HttpMethod.DELETE, AGENTS + "/me", this::erase);
    routes.add(HttpMethod.DELETE, AGENTS + "/:id", Scope.ADMIN, this::revoke);
    routes.add(HttpMethod.DELETE, AGENTS + "/:id/flags", Scope.ADMIN, this::clear);
    routes.addSigned(HttpMethod.POST, AGENTS + "/:id/credentials", this::credentials);
    routes.addPublic(
        HttpMethod.GET, "/api/v1/whoami", context -> whoami(context, routes.scope(context)));
  }

  private Answer invite(RoutingContext context) throws Exception {
    JsonNode body =
        context.body().length() <= 0
            ? com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode()
            : Routes.tree(context);
    if (!(body instanceof ObjectNode)) {
      throw new InvalidRequestException("body", "must be a JSON object");
    }
    List<Fault> faults = new ArrayList<>();
    body.fieldNames()
        .forEachRemaining(
            name -> {
              if (!List.of("uses", "expires", "provider").contains(name)) {
                faults.add(
                    new Fault(name, "is not a field; the fields are uses, expires and provider"));
              }
            });
    int uses = uses(body, faults);
    Duration expires = expires(body, faults);
    Optional<String> provider = Optional.ofNullable(body.get("provider")).map(JsonNode::asText);
    if (!faults.isEmpty()) {
      throw new InvalidRequestException(faults);
    }
    return new Answer(
        201, Optional.of(enrolment.invites().create(uses, expires, provider)), Optional.empty());
  }

  private Answer revokeInvite(RoutingContext context) throws Exception {
    enrolment.invites().revoke(context.pathParam("id"));
    return Answer.done();
  }

  private static int uses(JsonNode body, List<Fault> faults) {
    JsonNode uses = body.path("uses");
    if (uses.isMissingNode()) {
      return DEFAULT_USES;
    }
    if (!uses.canConvertToInt() || !uses.isIntegralNumber()) {
      faults.add(new Fault("uses", "must be a whole number"));
    }
    return uses.asInt(DEFAULT_USES);
  }

  private static Duration expires(JsonNode body, List<Fault> faults) {
    JsonNode expires = body.path("expires");
    try {
      return expires.isMissingNode() ? DEFAULT_EXPIRY : Quantities.duration(expires.asText());
    } catch (IllegalArgumentException e) {
      faults.add(new Fault("expires", e.getMessage()));
      return DEFAULT_EXPIRY;
    }
  }

  private Answer enrol(RoutingContext context) throws Exception {
    Enrolled enrolled = enrolment.enrol(Routes.body(context, EnrolRequest.class));
    whoami.seen(enrolled.agentId(), remote(context));
    return new Answer(201, Optional.of(enrolled), Optional.empty());
  }

  private Answer revoke(RoutingContext context) throws Exception {
    enrolment.revoke(context.pathParam("id"));
    return Answer.done();
  }

  /** It counts again, until more of its reports cannot be. */
  private Answer clear(RoutingContext context) {
    clearFlags.accept(context.pathParam("id"));
    return Answer.done();
  }

  /** A new password for an agent's user, for the agent itself. */
  private Answer credentials(RoutingContext context) throws Exception {
    String agentId = context.pathParam("id");
    Credentials made = enrolment.credentials(agentId, ownToken(context));
    whoami.seen(agentId, remote(context));
    return Answer.ok(made);
  }

  /** All that an agent brought is deleted, as its owner wants. */
  private Answer erase(RoutingContext context) throws Exception {
    return Answer.ok(farewell.of(ownToken(context)));
  }

  private static String ownToken(RoutingContext context) throws RefusedException {
    return agentToken(context)
        .orElseThrow(
            () ->
                new RefusedException(
                    RefusedException.Why.NOT_ALLOWED, "only the agent itself may ask for this"));
  }

  private static Optional<String> agentToken(RoutingContext context) {
    return Optional.ofNullable(context.request().getHeader("authorization"))
        .filter(header -> header.startsWith(AGENT_SCHEME))
        .map(header -> header.substring(AGENT_SCHEME.length()).strip());
  }

  private Answer whoami(RoutingContext context, Optional<Scope> scope) throws Exception {
    Whoami.Answer answer = whoami.answer(remote(context), agentToken(context));
    return Answer.ok(
        scope.map(s -> answer.withScope(s.name().toLowerCase(Locale.ROOT))).orElse(answer));
  }

  private static InetAddress remote(RoutingContext context) throws UnknownHostException {
    // A literal address: nothing is looked up.
    return InetAddress.getByName(context.request().remoteAddress().hostAddress());
  }
}
