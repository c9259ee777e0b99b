package org.vidtomo.agent.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.vidtomo.agent.failure.Failures;
import org.vidtomo.agent.http.AddressGuard;
import org.vidtomo.agent.http.Deadline;
import org.vidtomo.agent.http.RefusedException;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.task.AddressFamily;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * Asks one resolver: A and AAAA side by side, over UDP, again once if nothing comes, over TCP when
 * an answer is truncated (RFC 7766).
 */
final class DnsClient {
  /** Of each of the two tries. */
  static final Duration TRY_LIMIT = Duration.ofMillis(1500);

  private static final int TRIES = 2;

  private final AddressGuard guard;
  private final Optional<InetAddress> bindAddress;
  private final LongSupplier ticker;

  /**
   * A client.
   *
   * @param bindAddress used where its family fits the resolver's
   */
  DnsClient(AddressGuard guard, Optional<InetAddress> bindAddress, LongSupplier ticker) {
    this.guard = guard;
    this.bindAddress = bindAddress;
    this.ticker = ticker;
  }

  /** Asks; all that goes wrong is in the answer. */
  DnsAnswer ask(InetSocketAddress server, String host, AddressFamily family, Deadline deadline) {
    long start = ticker.getAsLong();
    try {
      guard.check(server.getAddress());
      Name name = Name.fromString(host, Name.root);
      Map<Integer, Message> answers = exchange(server, name, types(family), deadline);
      return Answers.read(answers, types(family).size(), name, micros(start));
    } catch (RefusedException e) {
      return failed(e.failure("resolve"), start);
    } catch (TextParseException e) {
      return failed(new Failure(FailureKind.INVALID_URL, "resolve", "no host name"), start);
    } catch (TimeoutException e) {
      return failed(timeout(deadline), start);
    } catch (IOException e) {
      return failed(ioFailure(e, deadline), start);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(Failures.interrupted("resolve"), start);
    }
  }

  /**
   * The texts of a name (TXT records), the strings of each put together.
   *
   * @return none when the resolver says that there are none
   * @throws IOException when it says nothing that can be used
   * @throws TimeoutException when it does not answer in time
   */
  List<String> texts(InetSocketAddress server, String name, Deadline deadline)
      throws IOException, TimeoutException, InterruptedException {
    Message answer =
        exchange(server, Name.fromString(name, Name.root), List.of(Type.TXT), deadline)
            .get(Type.TXT);
    return Answers.texts(answer);
  }

  private DnsAnswer failed(Failure failure, long start) {
    return new DnsAnswer(List.of(), List.of(), micros(start), Optional.of(failure));
  }

  private long micros(long startNanos) {
    return (ticker.getAsLong() - startNanos) / 1000;
  }

  private static Failure timeout(Deadline deadline) {
    return deadline.over()
        ? Failures.deadline("resolve")
        : Failures.timeout(FailureKind.DNS_TIMEOUT, "resolve", TRY_LIMIT.multipliedBy(TRIES));
  }

  private static Failure ioFailure(IOException e, Deadline deadline) {
    if (e instanceof org.xbill.DNS.WireParseException) {
      return new Failure(FailureKind.DNS_MALFORMED, "resolve", "the answer is no DNS message");
    }
    // dnsjava has no type of its own for its time-outs.
    boolean late = String.valueOf(e.getMessage()).contains("imed out");
    return late ? timeout(deadline) : Failures.of(e, "resolve");
  }

  static List<Integer> types(AddressFamily family) {
    return switch (family) {
      case IPV4 -> List.of(Type.A);
      case IPV6 -> List.of(Type.AAAA);
      case AUTO -> List.of(Type.A, Type.AAAA);
    };
  }

  private Map<Integer, Message> exchange(
      InetSocketAddress server, Name name, List<Integer> types, Deadline deadline)
      throws IOException, TimeoutException, InterruptedException {
    Map<Integer, Message> answers = new LinkedHashMap<>();
    for (int attempt = 0;
        attempt < TRIES && answers.size() < types.size() && !(attempt > 0 && deadline.over());
        attempt++) {
      try {
        exchangeOnce(server, name, types, deadline, answers);
      } catch (IOException | TimeoutException e) {
        // Some resolvers never answer for AAAA; that must not hide what they said of A.
        if ((attempt == TRIES - 1 || deadline.over()) && answers.isEmpty()) {
          throw e;
        }
      }
    }
    return answers;
  }

  private void exchangeOnce(
      InetSocketAddress server,
      Name name,
      List<Integer> types,
      Deadline deadline,
      Map<Integer, Message> answers)
      throws IOException, TimeoutException, InterruptedException {
    SimpleResolver resolver = resolver(server);
    Deadline limit = deadline.within(TRY_LIMIT);
    Map<Integer, CompletableFuture<Message>> open = new LinkedHashMap<>();
    List<Integer> missing = new ArrayList<>(types);
    missing.removeAll(answers.keySet());
    for (int type : missing) {
      Message query = Message.newQuery(Record.newRecord(name, type, DClass.IN));
      open.put(type, resolver.sendAsync(query).toCompletableFuture());
    }
    Optional<IOException> problem = Optional.empty();
    boolean late = false;
    for (Map.Entry<Integer, CompletableFuture<Message>> entry : open.entrySet()) {
      try {
        answers.put(entry.getKey(), await(entry.getValue(), limit));
      } catch (IOException e) {
        problem = Optional.of(e);
      } catch (TimeoutException e) {
        late = true;
      }
    }
    if (problem.isPresent()) {
      throw problem.get();
    }
    if (late) {
      throw new TimeoutException();
    }
  }

  private SimpleResolver resolver(InetSocketAddress server) {
    SimpleResolver resolver = new SimpleResolver(server);
    resolver.setTimeout(TRY_LIMIT);
    bindAddress
        .filter(local -> local.getClass() == server.getAddress().getClass())
        .ifPresent(resolver::setLocalAddress);
    return resolver;
  }

  private static Message await(CompletableFuture<Message> future, Deadline limit)
      throws IOException, TimeoutException, InterruptedException {
    try {
      return future.get(limit.remaining().toMillis() + 50, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IOException(e.getCause());
    }
  }
}
