package org.vidtomo.launcher.doctor;

import static java.util.Objects.requireNonNull;

import org.vidtomo.launcher.wiring.Brokers;
import org.vidtomo.messaging.MessagingException;
import org.vidtomo.runtime.settings.Settings;

/** Whether the coordinator can make and remove the broker's users, where it is told how. */
final class BrokerUsersCheck implements Check {
  private final Settings settings;

  BrokerUsersCheck(Settings settings) {
    this.settings = requireNonNull(settings, "settings");
  }

  @Override
  public Finding look() {
    if (settings.string("amqp.admin.uri").isEmpty()) {
      return Finding.notChecked("no management API is named (VIDTOMO_AMQP_ADMIN_URI)");
    }
    try {
      int users = Brokers.admin(settings).users().size();
      return Finding.ok("the management API takes this administrator; %d users".formatted(users));
    } catch (MessagingException e) {
      return Finding.failed(
          e.getMessage(),
          "until this is mended no agent is enrolled, and revoked ones keep their users; on RabbitMQ:"
              + " rabbitmq-plugins enable rabbitmq_management, rabbitmqctl set_user_tags USER"
              + " administrator");
    }
  }
}
