package org.vidtomo.launcher.dataset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.vidtomo.storage.ReportReader.TaskReport;
import org.vidtomo.storage.Store;
import org.vidtomo.storage.StoreException;
import org.vidtomo.storage.StoredReport;

/** Writes imported reports many at a time, after looking which of them are there. */
final class ImportBatch {
  private static final int SIZE = 64;
  private static final long LONGEST_WAIT_SECONDS = 60;

  private final Store store;
  private final ImportedCampaigns campaigns;
  private final Refusal refusal;
  private final Map<UUID, Waiting> waiting = new LinkedHashMap<>();
  private long imported;
  private long alreadyThere;

  /** Told of a line that cannot be imported. */
  interface Refusal {
    void refuse(long line, String why);
  }

  private record Waiting(ImportedReport report, ImportedCampaigns.Origin origin) {}

  ImportBatch(Store store, Refusal refusal) {
    this.store = store;
    this.campaigns = new ImportedCampaigns(store.campaigns());
    this.refusal = refusal;
  }

  long imported() {
    return imported;
  }

  long alreadyThere() {
    return alreadyThere;
  }

  void add(ImportedReport report, ImportedCampaigns.Origin origin) {
    if (waiting.putIfAbsent(report.stored().reportId(), new Waiting(report, origin)) != null) {
      alreadyThere++;
    }
    if (waiting.size() >= SIZE) {
      flush();
    }
  }

  /** Writes what waits. */
  void flush() {
    for (StoredReport there : store.reportReader().findAll(waiting.keySet())) {
      if (waiting.remove(there.reportId()) != null) {
        alreadyThere++;
      }
    }
    Set<UUID> taken = tasksWithVerifiedReports();
    List<CompletableFuture<Void>> writes = new ArrayList<>();
    for (Waiting each : waiting.values()) {
      UUID task = each.report().measurement().taskId();
      if (taken.contains(task)) {
        refuse(each, "its task %s has reports that agents signed".formatted(task));
      } else if (!campaigns.ready(each.report().measurement(), each.origin())) {
        refuse(
            each,
            "campaign %s is this installation's own: only what its agents sign is added to it"
                .formatted(each.report().measurement().campaignId().orElseThrow()));
      } else {
        write(each, writes);
      }
    }
    await(writes);
    imported += writes.size();
    waiting.clear();
  }

  private void write(Waiting each, List<CompletableFuture<Void>> writes) {
    try {
      writes.add(
          store
              .reports()
              .writeImported(each.report().stored(), each.report().measurement())
              .toCompletableFuture());
    } catch (IllegalArgumentException e) {
      refuse(each, e.getMessage());
    }
  }

  private void refuse(Waiting each, String why) {
    refusal.refuse(each.report().line(), why);
  }

  /** An imported report must not come to count in the place of a verified one. */
  private Set<UUID> tasksWithVerifiedReports() {
    Map<UUID, List<TaskReport>> tasks =
        store
            .reportReader()
            .ofTasks(
                waiting.values().stream()
                    .map(each -> each.report().measurement().taskId())
                    .collect(Collectors.toSet()));
    Map<UUID, UUID> taskOf = new HashMap<>();
    tasks.forEach(
        (task, reports) ->
            reports.stream()
                .filter(report -> !waiting.containsKey(report.reportId()))
                .forEach(report -> taskOf.put(report.reportId(), task)));
    Set<UUID> taken = new HashSet<>();
    for (StoredReport there : store.reportReader().findAll(taskOf.keySet())) {
      if (there.importedFrom().isEmpty()) {
        taken.add(taskOf.get(there.reportId()));
      }
    }
    return taken;
  }

  private static void await(List<CompletableFuture<Void>> writes) {
    try {
      CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new))
          .get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
      throw new StoreException(
          "storing imported reports failed: %s; import again, it goes on from there"
              .formatted(cause.getMessage()),
          cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("importing was interrupted; import again, it goes on from there", e);
    }
  }
}
