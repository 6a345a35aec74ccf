package io.streamgauge.controller.run;

import io.streamgauge.controller.level.Intake;
import io.streamgauge.controller.log.LogEntry;
import io.streamgauge.controller.log.RunFacts;
import io.streamgauge.controller.store.RunDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run whose controller is gone: its journal, which is this process's now. */
public record AbandonedRun(Path path, Journal journal, RunFacts facts) {
  private static final Logger log = LoggerFactory.getLogger(AbandonedRun.class);

  /** All of a directory of results; what cannot be read is told, and left as it is. */
  public static List<AbandonedRun> in(Path directory) {
    return RunDirectory.journals(directory).stream().flatMap(AbandonedRun::of).toList();
  }

  private static Stream<AbandonedRun> of(Path path) {
    try {
      Optional<Journal> journal = Journal.takeOver(path);
      return journal.isPresent() ? of(path, journal.get()) : Stream.empty();
    } catch (IOException e) {
      log.error("a run cannot be ended: {}", e.getMessage());
      return Stream.empty();
    }
  }

  private static Stream<AbandonedRun> of(Path path, Journal journal) throws IOException {
    Optional<LogEntry> first;
    try {
      first = journal.first();
    } catch (IOException e) {
      journal.close();
      throw e;
    }
    if (first.isEmpty()) { // killed before there was anything to tell
      RunDirectory.takeUp(path, journal).discard();
      return Stream.empty();
    }
    if (first.get() instanceof LogEntry.Opened(RunFacts facts)) {
      return Stream.of(new AbandonedRun(path, journal, facts));
    }
    journal.close();
    throw new IOException(path + ": the first line does not open a run");
  }

  RunDirectory takeUp() throws IOException {
    return RunDirectory.takeUp(path, journal);
  }

  /** The run as its journal tells of it; its records are written to the directory again. */
  RecoveredRun replay(RunDirectory directory) throws IOException {
    RecoveredRun run = new RecoveredRun(facts, new Intake(directory));
    journal.read(run::take);
    return run;
  }
}
