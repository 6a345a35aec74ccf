package io.streamgauge.controller.api;

import io.streamgauge.common.measure.RunStatus;
import io.streamgauge.common.message.RunEvent;
import io.streamgauge.controller.api.answer.Answers;
import io.streamgauge.controller.book.BackendResult;
import io.streamgauge.controller.book.LevelFinding;
import io.streamgauge.controller.book.RunNews;
import io.streamgauge.controller.book.RunState;
import io.streamgauge.controller.book.RunView;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The news of a run as server-sent events are written. */
final class EventText {
  /** The end of a level; {@code valid} is whether its numbers can be used. */
  record LevelEnd(String backend, String level, boolean valid, List<LevelFinding> findings) {}

  /** The end of a run. */
  record End(
      RunState state,
      Optional<RunStatus> status,
      int exitCode,
      Optional<String> failure,
      List<BackendResult> results) {}

  /** What was dropped before the reader could take it is not passed over in silence. */
  static String of(RunNews.Entry entry, long last) {
    long missed = entry.number() - last - 1;
    return (missed > 0 ? "event: gap\ndata: {\"missed\":%d}\n\n".formatted(missed) : "")
        + "id: %d\nevent: %s\ndata: %s\n\n"
            .formatted(entry.number(), type(entry.news()), Answers.write(data(entry.news())));
  }

  private static String type(RunNews news) {
    return switch (news) {
      case RunNews.Moved _ -> "state";
      case RunNews.Told(RunEvent event) ->
          switch (event) {
            case RunEvent.Note _ -> "note";
            case RunEvent.LiveStats _ -> "stats";
            case RunEvent.Observed _ -> "observed";
            case RunEvent.LevelEnded _ -> "level";
            case RunEvent.Written _ -> "result";
            case RunEvent.Ended _ -> "ended";
          };
    };
  }

  private static Object data(RunNews news) {
    return switch (news) {
      case RunNews.Moved(RunState state) -> Map.of("state", state);
      case RunNews.Told(RunEvent event) ->
          switch (event) {
            case RunEvent.Note note -> Map.of("text", note.text());
            case RunEvent.LiveStats stats -> stats;
            case RunEvent.Observed observed -> observed;
            case RunEvent.LevelEnded ended ->
                new LevelEnd(ended.backend(), ended.level(), ended.valid(), LevelFinding.of(ended));
            case RunEvent.Written written -> BackendResult.of(written);
            case RunEvent.Ended ended ->
                new End(
                    RunState.ENDED,
                    Optional.of(RunView.statusOf(ended)),
                    ended.exitCode(),
                    ended.failure(),
                    ended.results().stream().map(BackendResult::of).toList());
          };
    };
  }

  private EventText() {}
}
