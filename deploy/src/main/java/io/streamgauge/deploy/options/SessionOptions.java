package io.streamgauge.deploy.options;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.dataset.session.Sessions;
import io.streamgauge.common.json.Durations;
import io.streamgauge.common.plan.request.DatasetRef;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code run} that have conversations sent in turns. */
final class SessionOptions {
  @Option(
      names = "--sessions",
      description =
          "Send conversations in turns: a session is a user whose next turn goes when the answer is"
              + " complete and the think time is over. --concurrency, --rate, --requests and"
              + " --max-concurrency then count sessions, not turns. Default: first turns only.")
  boolean sessions;

  @Option(
      names = "--think",
      paramLabel = "TIME",
      description =
          "Time between an answer and the session's next turn. Default: what the file says, else"
              + " none.")
  @Nullable String think;

  @Option(
      names = "--history",
      paramLabel = "HOW",
      description =
          "What goes before a later turn: live, what the server answered; recorded, what the file"
              + " has. Default: live.")
  @Nullable String history;

  /** The dataset as these options would have it sent. */
  DatasetRef over(DatasetRef dataset) {
    if (!sessions && dataset.sessions().isEmpty()) {
      refuse("think", think);
      refuse("history", history);
      return dataset;
    }
    Sessions base = dataset.sessions().orElse(Sessions.DEFAULT);
    return dataset.inSessions(
        Optional.of(
            new Sessions(
                Optional.ofNullable(think)
                    .map(text -> Durations.parse("think", text))
                    .or(base::think),
                history == null ? base.history() : Sessions.History.parse(history))));
  }

  private static void refuse(String field, @Nullable String value) {
    if (value != null) {
      throw new PlanException(field, value, "none without sessions");
    }
  }
}
