package org.vidtomo.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the Cassandra child reads: its settings, its logging and its JVM's arguments. */
final class CassandraFiles {

  private static final long MOST_READ_BYTES = 64 << 10;

  private final DataDirectory data;
  private long logBytesBefore;

  CassandraFiles(DataDirectory data) {
    this.data = data;
  }

  Path settings() {
    return data.cassandra().resolve("cassandra.yaml");
  }

  Path logging() {
    return data.cassandra().resolve("logback.xml");
  }

  Path arguments() {
    return data.cassandra().resolve("java.args");
  }

  Path temporary() {
    return data.cassandra().resolve("tmp");
  }

  Path log() {
    return data.log().resolve("cassandra.log");
  }

  /** What the JVM itself says before, or instead of, logging; written anew at each start. */
  Path console() {
    return data.log().resolve("cassandra-console.log");
  }

  void write(String javaArguments, CassandraPorts ports) throws IOException {
    emptyTemporary();
    logBytesBefore = Files.exists(log()) ? Files.size(log()) : 0;
    Files.writeString(settings(), settings(ports));
    Files.writeString(logging(), logbackConfiguration());
    Files.writeString(arguments(), javaArguments);
  }

  /** Native libraries unpacked by an earlier start that was killed. */
  private void emptyTemporary() throws IOException {
    PrivateFiles.createDirectory(temporary());
    try (Stream<Path> left = Files.list(temporary())) {
      for (Path file : left.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
  }

  private String settings(CassandraPorts ports) {
    return """
        # Written at each start; changes are lost.
        cluster_name: vidtomo
        # Never to be changed: a node refuses to start with another number than its data has.
        num_tokens: 1
        partitioner: org.apache.cassandra.dht.Murmur3Partitioner
        endpoint_snitch: SimpleSnitch
        seed_provider:
          - class_name: org.apache.cassandra.locator.SimpleSeedProvider
            parameters:
              - seeds: "127.0.0.1:%1$d"
        listen_address: 127.0.0.1
        rpc_address: 127.0.0.1
        storage_port: %1$d
        native_transport_port: %2$d
        start_native_transport: true
        data_file_directories:
          - %3$s
        commitlog_directory: %4$s
        saved_caches_directory: %5$s
        hints_directory: %6$s
        cdc_raw_directory: %7$s
        # An answered write is on disk. Of "periodic" a kill -9 takes the last tenth of a second,
        # which the log's reader passes over for want of its mark.
        commitlog_sync: batch
        commitlog_segment_size: 16MiB
        commitlog_total_space: 256MiB
        # A node that can't write ends, and is seen to have ended.
        disk_failure_policy: die
        commit_failure_policy: die
        hinted_handoff_enabled: false
        # A dropped or truncated table would otherwise keep its disk space.
        auto_snapshot: false
        memtable_heap_space: 32MiB
        memtable_offheap_space: 32MiB
        memtable_allocation_type: heap_buffers
        file_cache_size: 32MiB
        key_cache_size: 8MiB
        concurrent_reads: 8
        concurrent_writes: 16
        concurrent_compactors: 1
        compaction_throughput: 32MiB/s
        native_transport_max_threads: 32
        # A small machine under load is slow, not dead.
        read_request_timeout: 10s
        range_request_timeout: 20s
        write_request_timeout: 10s
        cas_contention_timeout: 5s
        request_timeout: 20s
        """
        .formatted(
            ports.storage(),
            ports.cql(),
            quoted("data"),
            quoted("commitlog"),
            quoted("saved_caches"),
            quoted("hints"),
            quoted("cdc_raw"));
  }

  private String quoted(String directory) {
    return "'" + data.cassandra().resolve(directory).toString().replace("'", "''") + "'";
  }

  private String logbackConfiguration() {
    return """
        <configuration>
          <appender name="FILE" class="ch.qos.logback.core.rolling.RollingFileAppender">
            <file>%1$s</file>
            <rollingPolicy class="ch.qos.logback.core.rolling.FixedWindowRollingPolicy">
              <fileNamePattern>%1$s.%%i</fileNamePattern>
              <minIndex>1</minIndex>
              <maxIndex>2</maxIndex>
            </rollingPolicy>
            <triggeringPolicy class="ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy">
              <maxFileSize>8MB</maxFileSize>
            </triggeringPolicy>
            <encoder><pattern>%%d{ISO8601} %%-5level [%%thread] %%logger{0} %%msg%%n</pattern></encoder>
          </appender>
          <root level="INFO"><appender-ref ref="FILE"/></root>
        </configuration>
        """
        .formatted(escaped(log().toString()));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  /** The last lines of this start that tell why it failed. */
  List<String> lastWords(int lines) {
    List<String> telling =
        Stream.concat(tail(console(), 0), tail(log(), logBytesBefore))
            .filter(line -> line.matches(".*(ERROR|Exception|rror:).*"))
            .toList();
    return telling.subList(Math.max(0, telling.size() - lines), telling.size());
  }

  private static Stream<String> tail(Path file, long from) {
    try (InputStream in = Files.newInputStream(file)) {
      long size = Files.size(file);
      // Smaller than before the start: a new file since.
      in.skipNBytes(Math.max(from > size ? 0 : from, size - MOST_READ_BYTES));
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines();
    } catch (IOException e) {
      return Stream.empty();
    }
  }
}
