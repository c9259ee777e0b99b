package org.vidtomo.storage;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.RequestThrottlingException;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.connection.ClosedConnectionException;
import com.datastax.oss.driver.api.core.connection.HeartbeatException;
import com.datastax.oss.driver.api.core.servererrors.CASWriteUnknownException;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.servererrors.QueryExecutionException;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import com.datastax.oss.driver.api.core.servererrors.ServerError;
import com.datastax.oss.driver.api.core.servererrors.UnauthorizedException;
import com.datastax.oss.driver.api.core.servererrors.UnavailableException;
import com.datastax.oss.driver.api.core.servererrors.WriteTimeoutException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** The driver's errors in plain words. */
final class Errors {
  private final StoreSettings settings;

  Errors(StoreSettings settings) {
    this.settings = settings;
  }

  /**
   * What went wrong, for a person.
   *
   * @param doing what was being done, with what: {@code storing report 17}
   */
  StoreException translated(String doing, Throwable error) {
    Throwable cause = unwrapped(error);
    if (cause instanceof StoreException already) {
      return already;
    }
    return new StoreException(
        "%s failed: %s [keyspace %s at %s]"
            .formatted(doing, explained(cause), settings.keyspace(), settings.contactPoints()),
        cause);
  }

  /** Without the wrappings of futures. */
  static Throwable unwrapped(Throwable error) {
    Throwable cause = error;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** Whether a conditional write may have been applied all the same. */
  static boolean outcomeUnknown(Throwable error) {
    Throwable cause = unwrapped(error);
    if (cause instanceof StoreException store) {
      return store.getCause() != null && outcomeUnknown(store.getCause());
    }
    if (cause instanceof AllNodesFailedException all) {
      return all.getAllErrors().values().stream()
          .flatMap(List::stream)
          .anyMatch(Errors::outcomeUnknown);
    }
    return cause instanceof WriteTimeoutException
        || cause instanceof CASWriteUnknownException
        || cause instanceof DriverTimeoutException
        || cause instanceof ClosedConnectionException
        || cause instanceof HeartbeatException;
  }

  /** Whether Cassandra answered, and will not do what was asked. */
  static boolean refused(Throwable error) {
    Throwable cause = unwrapped(error);
    if (cause instanceof StoreException store) {
      return store.getCause() != null && refused(store.getCause());
    }
    if (cause instanceof AllNodesFailedException all) {
      return all.getAllErrors().values().stream().flatMap(List::stream).anyMatch(Errors::refused);
    }
    return cause instanceof QueryValidationException || cause instanceof ServerError;
  }

  private String explained(Throwable cause) {
    if (cause instanceof AllNodesFailedException all) {
      return ofNodes(all);
    }
    if (cause instanceof DriverTimeoutException) {
      return "Cassandra did not answer within %s s; it is overloaded or the network is slow"
          .formatted(settings.requestTimeout().toMillis() / 1000.0);
    }
    if (cause instanceof RequestThrottlingException) {
      return "too many requests at once; send fewer, or wait for earlier ones to be done";
    }
    if (cause instanceof UnavailableException few) {
      return "%d copies must be reachable, %d are; start the nodes that are down"
          .formatted(few.getRequired(), few.getAlive());
    }
    if (cause instanceof UnauthorizedException) {
      return "the user lacks a permission (%s); grant it".formatted(cause.getMessage());
    }
    if (cause instanceof InvalidQueryException) {
      return "%s; was the schema changed by hand, or the keyspace dropped?"
          .formatted(cause.getMessage());
    }
    if (cause instanceof QueryExecutionException) {
      return cause.getMessage() + "; look into Cassandra's log";
    }
    return String.valueOf(cause.getMessage() == null ? cause : cause.getMessage());
  }

  private String ofNodes(AllNodesFailedException all) {
    List<Throwable> each = all.getAllErrors().values().stream().flatMap(List::stream).toList();
    if (each.isEmpty()) {
      return "no node of data centre %s answers; start Cassandra, or set VIDTOMO_CASSANDRA_CONTACT_POINTS"
          .formatted(settings.localDatacenter());
    }
    Throwable first = each.get(0);
    if (first instanceof AuthenticationException) {
      return "user or password refused; set cassandra.username and cassandra.password";
    }
    if (first instanceof QueryExecutionException) {
      return explained(first);
    }
    return "no node answers (%s); start Cassandra, or set VIDTOMO_CASSANDRA_CONTACT_POINTS"
        .formatted(first.getMessage());
  }
}
