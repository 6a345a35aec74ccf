package io.streamgauge.common.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.node.Node;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EndpointTest {
  private static final AgentCommand QUESTION =
      new AgentCommand.Stop("run", "enough", Outcome.CANCELLED);

  /** So long that a test which waited for it would fail first. */
  private static final Endpoint<AgentCommand, AgentReply> ENDPOINT =
      new Endpoint<>("test", AgentCommand.class, AgentReply.class, Duration.ofHours(1));

  private final Vertx vertx = Node.local();

  @AfterEach
  void close() {
    answer(vertx.close());
  }

  @Test
  void theAnswerComesBack() {
    ENDPOINT.serve(
        vertx, question -> Future.succeededFuture(new AgentReply.Refused(question.runId())));

    assertThat(answer(ENDPOINT.ask(vertx, QUESTION))).isEqualTo(new AgentReply.Refused("run"));
  }

  @ParameterizedTest
  @MethodSource
  void aHandlerThatFailsFailsTheAskerAtOnce(
      Function<AgentCommand, Future<AgentReply>> handler, String message) {
    ENDPOINT.serve(vertx, handler);

    ReplyException failure = failure(ENDPOINT.ask(vertx, QUESTION));

    assertThat(failure.failureType()).isEqualTo(ReplyFailure.RECIPIENT_FAILURE);
    assertThat(failure).hasMessageContaining(message);
  }

  static Stream<Arguments> aHandlerThatFailsFailsTheAskerAtOnce() {
    return Stream.of(
        argumentSet(
            "by throwing",
            (Function<AgentCommand, Future<AgentReply>>)
                _ -> {
                  throw new IllegalStateException("no such run");
                },
            "no such run"),
        argumentSet(
            "by throwing an error",
            (Function<AgentCommand, Future<AgentReply>>)
                _ -> {
                  throw new NoClassDefFoundError("no such class");
                },
            "no such class"),
        argumentSet(
            "later",
            (Function<AgentCommand, Future<AgentReply>>)
                _ -> Future.failedFuture(new IllegalStateException("disk full")),
            "disk full"),
        argumentSet(
            "without a future", (Function<AgentCommand, Future<AgentReply>>) _ -> null, "answer"));
  }

  @Test
  void aHandlerThatFailedAnswersTheNextQuestion() {
    ENDPOINT.serve(
        vertx,
        question ->
            question instanceof AgentCommand.Stop
                ? Future.failedFuture("not now")
                : Future.succeededFuture(new AgentReply.Accepted()));

    failure(ENDPOINT.ask(vertx, QUESTION));

    assertThat(answer(ENDPOINT.ask(vertx, new AgentCommand.StopEngine("run"))))
        .isEqualTo(new AgentReply.Accepted());
  }

  @Test
  void aQuestionOfAnotherKindFailsTheAsker() {
    ENDPOINT.serve(vertx, _ -> Future.succeededFuture(new AgentReply.Accepted()));
    var wrong = new Endpoint<>("test", Message.class, Message.class, Duration.ofHours(1));

    assertThat(failure(wrong.ask(vertx, new Ack())).failureType())
        .isEqualTo(ReplyFailure.RECIPIENT_FAILURE);
  }

  @Test
  void whereNobodyListensTheAskerFails() {
    assertThat(failure(ENDPOINT.ask(vertx, QUESTION)).failureType())
        .isEqualTo(ReplyFailure.NO_HANDLERS);
  }

  @Test
  void whereNobodyAnswersTheAskerFailsAfterTheTimeout() {
    var hasty = new Endpoint<>("test", AgentCommand.class, AgentReply.class, Duration.ofMillis(50));
    ENDPOINT.serve(vertx, _ -> Future.future(_ -> {}));

    assertThat(failure(hasty.ask(vertx, QUESTION)).failureType()).isEqualTo(ReplyFailure.TIMEOUT);
  }

  @Test
  void aWatcherSeesItsRunsEventsInTheirOrder() throws InterruptedException {
    BlockingQueue<RunEvent> seen = new LinkedBlockingQueue<>();
    Endpoints.watch(vertx, "mine", seen::add);
    List<RunEvent> mine =
        List.of(new RunEvent.Note("mine", "one"), new RunEvent.Note("mine", "two"));

    Endpoints.publish(vertx, new RunEvent.Note("other", "none of mine"));
    mine.forEach(event -> Endpoints.publish(vertx, event));

    assertThat(seen.poll(30, TimeUnit.SECONDS)).isEqualTo(mine.get(0));
    assertThat(seen.poll(30, TimeUnit.SECONDS)).isEqualTo(mine.get(1));
  }

  @Test
  void addressesOfAgentsAndRunsAreTheirOwn() {
    assertThat(
            List.of(
                Endpoints.fleet().address(),
                Endpoints.control().address(),
                Endpoints.agent("a").address(),
                Endpoints.agent("b").address(),
                Endpoints.run("a").address(),
                Endpoints.run("b").address()))
        .doesNotHaveDuplicates();
  }

  private static <T> T answer(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  private static ReplyException failure(Future<?> future) {
    CompletionException thrown =
        catchThrowableOfType(CompletionException.class, () -> answer(future));
    assertThat(thrown).as("failure").hasCauseInstanceOf(ReplyException.class);
    return (ReplyException) thrown.getCause();
  }
}
