package org.vidtomo.bench.measure;

/**
 * One download.
 *
 * @param bytes of the body
 * @param micros from the request's sending to the body's last byte
 * @param cpuMicros of the process that took it
 */
record Sample(long bytes, long micros, long cpuMicros) {
  double bps() {
    return bytes * 8e6 / micros;
  }

  /** Processor seconds for 10⁹ bytes. */
  double cpuSecondsPerGb() {
    return cpuMicros * 1e3 / bytes;
  }
}
