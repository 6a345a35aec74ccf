package io.streamgauge.controller.book;

import io.streamgauge.common.message.RunEvent;
import java.util.List;

/**
 * A finding on a level that is over.
 *
 * @param severity info, warning or void
 */
public record LevelFinding(
    String backend, String level, String code, String severity, String message) {
  public static List<LevelFinding> of(RunEvent.LevelEnded ended) {
    return ended.findings().stream()
        .map(
            flag ->
                new LevelFinding(
                    ended.backend(), ended.level(), flag.code(), flag.severity(), flag.message()))
        .toList();
  }
}
