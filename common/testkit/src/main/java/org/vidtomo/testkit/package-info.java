/** Real services for tests: RabbitMQ, Cassandra, and processes that can be killed. */
package org.vidtomo.testkit;
