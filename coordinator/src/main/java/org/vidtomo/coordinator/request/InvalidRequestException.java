package org.vidtomo.coordinator.request;

import java.util.List;

/** A request that breaks rules: all of them are told at once. */
public final class InvalidRequestException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Fault> faults;

  /**
   * One thing that is wrong.
   *
   * @param field where, such as {@code options.samples} or {@code line 7}
   * @param detail what is wrong and what is allowed
   */
  public record Fault(String field, String detail) {}

  public InvalidRequestException(List<Fault> faults) {
    super(message(faults));
    this.faults = List.copyOf(faults);
  }

  public InvalidRequestException(String field, String detail) {
    this(List.of(new Fault(field, detail)));
  }

  /** All that is wrong, in the request's order. */
  public List<Fault> faults() {
    return faults;
  }

  private static String message(List<Fault> faults) {
    Fault first = faults.get(0);
    String more = faults.size() == 1 ? "" : " (and " + (faults.size() - 1) + " more)";
    return first.field() + ": " + first.detail() + more;
  }
}
