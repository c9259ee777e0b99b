/**
 * The broker and the store that Vidtomo brings along: Apache Qpid Broker-J in this process, Apache
 * Cassandra in a child JVM, both under one data directory and on loopback only.
 */
package org.vidtomo.embedded;
