package org.vidtomo.storage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Enrolled agents. */
public interface AgentStore {
  /** Stores a new agent; the same again changes nothing. */
  void insert(EnrolledAgent agent);

  Optional<EnrolledAgent> find(String id);

  Optional<EnrolledAgent> findByKey(String keyId);

  List<EnrolledAgent> list();

  /** From now on nothing that this agent signs is taken. */
  void revoke(String id, Instant at);
}
