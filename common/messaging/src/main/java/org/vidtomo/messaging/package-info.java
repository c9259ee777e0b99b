/**
 * Messages between the roles over AMQP 0-9-1: publishing that is confirmed, consuming that settles
 * each delivery once, and the names and shapes of the queues. The only user of the AMQP client.
 */
package org.vidtomo.messaging;
