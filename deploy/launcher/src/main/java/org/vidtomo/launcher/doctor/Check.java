package org.vidtomo.launcher.doctor;

/** One thing that the doctor looks at. */
@FunctionalInterface
interface Check {
  /**
   * Looks; bounded by the doctor, which interrupts it when it takes too long.
   *
   * @throws Exception a failed check, with the exception's message as what was seen
   */
  Finding look() throws Exception;
}
