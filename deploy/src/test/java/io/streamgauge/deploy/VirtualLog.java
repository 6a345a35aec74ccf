package io.streamgauge.deploy;

import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.common.histogram.TokenSeriesRecorder;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.Remarks;
import io.streamgauge.common.measure.RequestRecord;
import io.streamgauge.common.message.AgentEvent;
import io.streamgauge.common.message.AgentEvent.Finished;
import io.streamgauge.common.message.AgentEvent.LevelGaps;
import io.streamgauge.common.message.AgentEvent.RecordBatch;
import io.streamgauge.controller.log.LogEntry;
import io.streamgauge.controller.log.RunLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * The log of a real run with other requests in it, whose times are exact whatever else this machine
 * does: users of a closed loop, one answer after the other.
 *
 * @param gapMs the mean time between tokens
 * @param tokens of each answer
 * @param failed so many of the requests
 * @param promptTokens of the shortest prompt, by the server's count
 * @param workload its hash
 */
record VirtualLog(double gapMs, int tokens, int failed, int promptTokens, String workload) {
  VirtualLog(double gapMs) {
    this(gapMs, 25, 0, 50, "sha256:0123456789abcdef");
  }

  private static final Path REAL = Path.of("../controller/src/test/resources/golden/plain.run.gz");
  private static final int USERS = 8;
  private static final int REQUESTS = 96;
  private static final double TTFT_MS = 50;
  private static final double REQUESTS_SPREAD = 0.02;
  private static final double RUNS_SPREAD = 0.003;

  /** Writes {@code runs} repeats into {@code folder}, the same ones for the same seed. */
  Path write(Path folder, int runs, long seed) {
    try {
      Files.createDirectories(folder);
      for (int run = 0; run < runs; run++) {
        write(folder.resolve("sim_%d%s".formatted(run, RunLog.SUFFIX)), 1_000 * seed + run);
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(Path file, long seed) throws IOException {
    try (RunLog log = RunLog.create(file)) {
      RunLog.read(REAL, entry -> replaced(entry, seed).forEach(log::append));
    }
  }

  private List<LogEntry> replaced(LogEntry entry, long seed) {
    return switch (entry) {
      case LogEntry.Told(var _, RecordBatch _) -> List.of();
      case LogEntry.Told(var at, Finished finished) -> {
        List<RequestRecord> records = records(finished, seed);
        yield List.of(
            new LogEntry.Told(
                at,
                new RecordBatch(finished.runId(), finished.agent(), finished.level(), 0, records)),
            new LogEntry.Told(at, finished(finished, records)));
      }
      case LogEntry.Prepares level ->
          List.of(
              new LogEntry.Prepares(level.level(), workload, level.participants(), level.lost()));
      case LogEntry.Told told -> List.of(told);
      case LogEntry other -> List.of(other);
    };
  }

  private List<RequestRecord> records(AgentEvent.LevelEvent level, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double run = Math.exp(RUNS_SPREAD * random.nextGaussian());
    long[] free = new long[USERS];
    List<RequestRecord> records = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      int user = i % USERS;
      long sent = free[user];
      long first = sent + nanos(TTFT_MS * run * Math.exp(REQUESTS_SPREAD * random.nextGaussian()));
      long gap = nanos(gapMs * run * Math.exp(REQUESTS_SPREAD * random.nextGaussian()));
      long end = first + gap * (tokens - 1);
      free[user] = end + 1_000_000;
      records.add(record(level, i, sent, first, end, gap));
    }
    return records;
  }

  private static long nanos(double millis) {
    return Math.round(millis * 1e6);
  }

  private RequestRecord record(
      AgentEvent.LevelEvent level, int i, long sent, long first, long end, long gap) {
    boolean failed = i < this.failed;
    return new RequestRecord(
        "r-" + i,
        level.level(),
        level.agent(),
        0,
        i,
        Integer.toString(i % 18),
        "coding",
        sent,
        sent,
        sent,
        sent,
        first,
        first,
        first,
        end,
        end,
        i >= USERS,
        promptTokens + i % 18,
        RequestRecord.NONE,
        tokens,
        true,
        1,
        tokens,
        new RequestRecord.Gaps(tokens - 1, gap, gap, gap),
        new RequestRecord.Delivery(0, tokens, gap),
        "length",
        failed ? Outcome.SERVER_ERROR : Outcome.OK,
        failed ? 500 : 200,
        failed ? "HTTP 500" : "",
        Remarks.NONE,
        Optional.empty(),
        Optional.empty());
  }

  private Finished finished(Finished real, List<RequestRecord> records) {
    TokenSeriesRecorder series = new TokenSeriesRecorder();
    for (RequestRecord one : records) {
      for (int token = 0; token < tokens; token++) {
        series.add(one.firstToken() + token * one.gaps().mean(), 1);
      }
    }
    Distribution gaps =
        Distribution.of(
            records.stream()
                .flatMapToLong(
                    one -> LongStream.generate(() -> one.gaps().mean()).limit(tokens - 1L))
                .toArray());
    return new Finished(
        real.runId(),
        real.agent(),
        real.level(),
        real.client(),
        new LevelGaps(gaps, gaps),
        series.snapshot(),
        real.startedAt(),
        real.clock(),
        real.early());
  }
}
