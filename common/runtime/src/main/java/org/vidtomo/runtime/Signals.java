package org.vidtomo.runtime;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * SIGTERM and SIGINT as an orderly end with an exit code of our own. A shutdown hook could not do
 * that: the JVM then exits with 143, or must be halted, which cuts other hooks short.
 *
 * <p>{@code sun.misc.Signal} by reflection, since javac warns of it; it is in the module
 * jdk.unsupported of every JDK from 9 on. Where it is missing, a shutdown hook takes its place.
 */
final class Signals implements AutoCloseable {
  private static final List<String> NAMES = List.of("TERM", "INT");

  private final AtomicReference<String> received = new AtomicReference<>();
  private final List<Runnable> undo = new ArrayList<>();
  private final AtomicReference<Thread> starting;
  private final Runnable onSignal;

  private Signals(Thread starting, Runnable onSignal) {
    this.starting = new AtomicReference<>(starting);
    this.onSignal = onSignal;
  }

  /** On the first signal runs {@code onSignal} and interrupts the thread while it is starting. */
  static Signals onTermination(Thread starting, Runnable onSignal) {
    Signals signals = new Signals(starting, onSignal);
    try {
      for (String name : NAMES) {
        signals.install(name);
      }
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      signals.close();
      signals.installHook();
    }
    return signals;
  }

  /** From now on the thread is not interrupted. */
  void uninterruptible() {
    starting.set(null);
  }

  /** The first signal: {@code TERM} or {@code INT}. */
  Optional<String> received() {
    return Optional.ofNullable(received.get());
  }

  @Override
  public void close() {
    undo.forEach(Runnable::run);
    undo.clear();
  }

  private void receive(String name) {
    received.compareAndSet(null, name);
    Thread thread = starting.getAndSet(null);
    if (thread != null) {
      thread.interrupt();
    }
    onSignal.run();
  }

  private void install(String name) throws ReflectiveOperationException {
    Class<?> signalType = Class.forName("sun.misc.Signal");
    Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
    Object signal = signalType.getConstructor(String.class).newInstance(name);
    InvocationHandler calls =
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "handle" -> {
                receive(name);
                yield null;
              }
              case "equals" -> proxy == arguments[0];
              case "hashCode" -> System.identityHashCode(proxy);
              default -> "termination handler";
            };
    Object handler =
        Proxy.newProxyInstance(handlerType.getClassLoader(), new Class<?>[] {handlerType}, calls);
    var handle = signalType.getMethod("handle", signalType, handlerType);
    Object before = handle.invoke(null, signal, handler);
    undo.add(
        () -> {
          try {
            handle.invoke(null, signal, before);
          } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("giving SIG" + name + " back", e);
          }
        });
  }

  private void installHook() {
    Thread hook = new Thread(() -> receive("TERM"), "terminate");
    Runtime.getRuntime().addShutdownHook(hook);
  }
}
