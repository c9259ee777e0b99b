package org.vidtomo.testkit;

/** Starts a RabbitMQ of its own, prints its process and ports, and waits to be killed. */
final class ServiceHolder {

  private ServiceHolder() {}

  public static void main(String[] args) throws InterruptedException {
    PrivateRabbitMq rabbit = RabbitMq.startPrivate();
    System.out.println("port " + rabbit.amqpUri().getPort());
    Thread.currentThread().join();
  }
}
