package org.vidtomo.launcher.doctor;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.vidtomo.messaging.BrokerProbe;
import org.vidtomo.messaging.BrokerSettings;
import org.vidtomo.messaging.MessagingException;
import org.vidtomo.messaging.OutgoingMessage;
import org.vidtomo.messaging.Topology;

/** The broker as the roles use it; on one connection, opened by the first check. */
final class BrokerChecks implements Shared {
  /** What the roles send is well below. */
  private static final long LEAST_MESSAGE_BYTES = 64 << 10;

  private static final String GRANT =
      "on RabbitMQ: rabbitmqctl set_permissions -p VHOST USER \"^vidtomo\\..*\""
          + " \"^(vidtomo\\..*|amq\\.default)$\" \"^vidtomo\\..*\"";

  private final Optional<BrokerSettings> settings;
  private volatile Optional<BrokerProbe> probe = Optional.empty();

  BrokerChecks(Optional<BrokerSettings> settings) {
    this.settings = requireNonNull(settings, "settings");
  }

  Finding reachable() {
    if (settings.isEmpty()) {
      return Finding.notChecked("no broker is named (VIDTOMO_AMQP_URI)");
    }
    try {
      BrokerProbe opened = BrokerProbe.open(settings.get());
      probe = Optional.of(opened);
      return seen(settings.get(), opened.server());
    } catch (MessagingException e) {
      return Finding.failed(
          e.getMessage(),
          "start the broker, or set VIDTOMO_AMQP_URI to amqp://USER:PASSWORD@HOST:PORT/VHOST");
    }
  }

  private static Finding seen(BrokerSettings settings, BrokerProbe.Server server) {
    String saw = "%s is %s %s".formatted(settings.broker(), server.product(), server.version());
    boolean old = server.flavour().isRabbitMq() && Versions.isBelow(server.version(), 3, 10);
    return old ? Finding.failed(saw, "use RabbitMQ 3.10 or later") : Finding.ok(saw);
  }

  /** What the roles do there, done and taken back. */
  Finding rights() {
    return withProbe(
        open -> {
          List<String> missing = open.missing();
          if (!missing.isEmpty()) {
            return Finding.warning(
                "not there: " + String.join(", ", missing),
                "start the coordinator: it declares them; if it runs, it runs on another virtual host");
          }
          open.declareAgain();
          open.publish(Topology.TASKS, "vidtomo.doctor");
          open.publish(Topology.REPORTS, Topology.reportKey("vidtomo-doctor", "ok"));
          open.publish(Topology.PRESENCE, "vidtomo-doctor");
          open.publish(Topology.OUTCOMES, "");
          open.consume(Topology.OUTCOMES_COORDINATOR);
          long waiting = open.consume(Topology.REPORTS_INGEST);
          return Finding.ok(
              "may declare, publish and consume; %d reports wait to be stored".formatted(waiting));
        },
        GRANT);
  }

  Finding queues() {
    return withProbe(
        open -> {
          open.declareAndDelete();
          return Finding.ok(
              open.server().flavour().isRabbitMq()
                  ? "quorum queues that dead-letter at least once"
                  : "durable queues that dead-letter");
        },
        GRANT + "; and on RabbitMQ 3.10 or later: rabbitmqctl enable_feature_flag all");
  }

  Finding messageSize() {
    return withProbe(
        open -> {
          if (!open.server().flavour().isRabbitMq()) {
            return Finding.notChecked("only RabbitMQ has max_message_size");
          }
          if (open.missing().contains(Topology.REPORTS)) {
            return Finding.notChecked("there is no " + Topology.REPORTS + " to try it on");
          }
          return limit(open.messageLimitBelow(OutgoingMessage.MAX_BODY_BYTES + 1));
        },
        GRANT);
  }

  private static Finding limit(OptionalLong limit) {
    String toDo = "set max_message_size = " + OutgoingMessage.MAX_BODY_BYTES + " in rabbitmq.conf";
    if (limit.isEmpty()) {
      return Finding.warning("takes messages that no consumer of ours takes, over 4 MiB", toDo);
    }
    String saw = "max_message_size is %d bytes".formatted(limit.getAsLong());
    return limit.getAsLong() < LEAST_MESSAGE_BYTES
        ? Finding.failed(saw + ", less than a report may have", toDo)
        : Finding.ok(saw);
  }

  private Finding withProbe(Function<BrokerProbe, Finding> look, String toDo) {
    return probe
        .map(open -> refusable(open, look, toDo))
        .orElseGet(
            () ->
                Finding.notChecked(
                    settings.isEmpty() ? "no broker is named" : "the broker cannot be reached"));
  }

  private static Finding refusable(
      BrokerProbe open, Function<BrokerProbe, Finding> look, String toDo) {
    try {
      return look.apply(open);
    } catch (MessagingException e) {
      return Finding.failed(e.getMessage(), toDo);
    }
  }

  @Override
  public void close() {
    probe.ifPresent(BrokerProbe::close);
  }
}
