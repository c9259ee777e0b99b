/** Writers and readers on Cassandra; the only user of its driver. */
package org.vidtomo.storage;
