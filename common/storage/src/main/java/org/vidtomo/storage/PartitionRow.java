package org.vidtomo.storage;

import static java.util.Objects.requireNonNull;

import com.datastax.oss.driver.api.core.cql.BoundStatement;

/**
 * A row to write, and the partition that it lies in.
 *
 * @param partition the table and its partition key, comparable by {@code equals}
 * @param insert that may be repeated
 */
record PartitionRow(Object partition, BoundStatement insert) {
  PartitionRow {
    requireNonNull(partition, "partition");
    requireNonNull(insert, "insert");
  }
}
