package org.vidtomo.launcher.doctor;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.vidtomo.agent.dns.SystemResolvers;
import org.vidtomo.agent.http.Deadline;
import org.vidtomo.agent.service.AgentSettings;
import org.vidtomo.core.report.Failure;

/** The DNS resolvers that this machine asks, side by side. */
final class ResolverCheck implements Check {
  private static final int MOST = 8;

  private final Machine machine;
  private final Duration limit;

  ResolverCheck(Machine machine, Duration limit) {
    this.machine = requireNonNull(machine, "machine");
    this.limit = requireNonNull(limit, "limit");
  }

  @Override
  public Finding look() {
    List<InetSocketAddress> resolvers =
        AgentSettings.local(machine.settings())
            .systemResolver()
            .map(List::of)
            .orElseGet(SystemResolvers::configured)
            .stream()
            .limit(MOST)
            .toList();
    if (resolvers.isEmpty()) {
      return bad("this machine has no DNS resolver");
    }
    Map<InetSocketAddress, Optional<Failure>> problems = ask(resolvers);
    List<String> answering = new ArrayList<>();
    List<String> silent = new ArrayList<>();
    problems.forEach(
        (resolver, problem) ->
            problem.ifPresentOrElse(
                failure -> silent.add(text(resolver) + " " + failure.kind().wireName()),
                () -> answering.add(text(resolver))));
    if (answering.isEmpty()) {
      return bad("no resolver answers: " + String.join(", ", silent));
    }
    String saw = String.join(", ", answering) + (answering.size() == 1 ? " answers" : " answer");
    return silent.isEmpty()
        ? Finding.ok(saw)
        : Finding.warning(saw + "; not " + String.join(", ", silent), "remove those or mend them");
  }

  /** An agent measures names; servers may do without. */
  private Finding bad(String saw) {
    String toDo = "name a resolver that answers, as in /etc/resolv.conf";
    return machine.agent().isPresent() ? Finding.failed(saw, toDo) : Finding.warning(saw, toDo);
  }

  private Map<InetSocketAddress, Optional<Failure>> ask(List<InetSocketAddress> resolvers) {
    Deadline deadline = Deadline.after(System::nanoTime, limit.multipliedBy(4).dividedBy(5));
    Map<InetSocketAddress, CompletableFuture<Optional<Failure>>> asked = new LinkedHashMap<>();
    for (InetSocketAddress resolver : resolvers) {
      CompletableFuture<Optional<Failure>> answer = new CompletableFuture<>();
      Thread thread =
          new Thread(
              () -> answer.complete(SystemResolvers.problem(resolver, deadline)),
              "doctor-resolver");
      thread.setDaemon(true);
      thread.start();
      asked.put(resolver, answer);
    }
    Map<InetSocketAddress, Optional<Failure>> problems = new LinkedHashMap<>();
    asked.forEach((resolver, answer) -> problems.put(resolver, answer.join()));
    return problems;
  }

  private static String text(InetSocketAddress resolver) {
    return resolver.getAddress().getHostAddress()
        + (resolver.getPort() == 53 ? "" : ":" + resolver.getPort());
  }
}
