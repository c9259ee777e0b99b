package org.vidtomo.messaging;

import com.rabbitmq.client.impl.ForgivingExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The client's own complaints, at debug: what matters of them is told once by our own lines. */
final class QuietExceptions extends ForgivingExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(QuietExceptions.class);

  @Override
  protected void log(String message, Throwable e) {
    LOG.debug("AMQP client: {}", message, e);
  }
}
