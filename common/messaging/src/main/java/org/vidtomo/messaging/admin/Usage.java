package org.vidtomo.messaging.admin;

/**
 * What a user has sent since the broker, or who asks it, began to count.
 *
 * @param messages published
 * @param bytes received from it
 * @param connections opened, or tried
 */
public record Usage(long messages, long bytes, long connections) {}
