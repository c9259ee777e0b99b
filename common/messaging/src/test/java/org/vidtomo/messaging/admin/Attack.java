package org.vidtomo.messaging.admin;

import com.rabbitmq.client.Channel;

/**
 * What an agent tries with its own credentials.
 *
 * @param refused whether the broker itself must refuse it; otherwise it may, and it must do no harm
 */
record Attack(String name, boolean refused, Try attempt) {
  /** On a channel with confirms of a connection of its own. */
  interface Try {
    void on(Channel channel, Grounds grounds) throws Exception;
  }

  static Attack refused(String name, Try attempt) {
    return new Attack(name, true, attempt);
  }

  static Attack harmless(String name, Try attempt) {
    return new Attack(name, false, attempt);
  }

  @Override
  public String toString() {
    return name;
  }
}
