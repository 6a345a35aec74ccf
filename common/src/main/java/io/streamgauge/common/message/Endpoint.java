package io.streamgauge.common.message;

import io.streamgauge.common.PlanException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A typed address of the event bus: a question goes in, an answer comes back. A handler that throws
 * or fails becomes the asker's failure, not its time-out.
 */
public record Endpoint<Q extends Message, A extends Message>(
    String address, Class<Q> question, Class<A> answer, Duration timeout) {
  private static final int HANDLER_FAILED = 500;

  /** Answers questions until the returned consumer is unregistered. */
  public MessageConsumer<Message> serve(Vertx vertx, Function<Q, Future<A>> handler) {
    return vertx.eventBus().consumer(address, message -> answer(handler, message));
  }

  /** Answers those of this process only: no other member of a cluster can reach it. */
  public MessageConsumer<Message> serveHere(Vertx vertx, Function<Q, Future<A>> handler) {
    return vertx.eventBus().localConsumer(address, message -> answer(handler, message));
  }

  private void answer(
      Function<Q, Future<A>> handler, io.vertx.core.eventbus.Message<Message> message) {
    answer(handler, message::body)
        .onSuccess(answer -> message.reply(answer, options()))
        .onFailure(error -> message.fail(HANDLER_FAILED, text(error)));
  }

  /** What the asker did wrong speaks for itself; a bug is told with its kind. */
  private static String text(Throwable error) {
    return (error instanceof IllegalArgumentException || error instanceof PlanException)
            && error.getMessage() != null
        ? error.getMessage()
        : String.valueOf(error);
  }

  private Future<A> answer(Function<Q, Future<A>> handler, Supplier<Message> body) {
    try { // a body is decoded when it is asked for
      return Objects.requireNonNull(
          handler.apply(question.cast(body.get())), "no future of an answer");
    } catch (Throwable e) { // even an Error, for else the asker waits for its time-out
      return Future.failedFuture(e);
    }
  }

  /** Asks; fails when nobody answers within the time-out or the handler failed. */
  public Future<A> ask(Vertx vertx, Q question) {
    return ask(vertx, question, options());
  }

  /** Asks within this process only: no other member can answer in its place. */
  public Future<A> askHere(Vertx vertx, Q question) {
    return ask(vertx, question, options().setLocalOnly(true));
  }

  private Future<A> ask(Vertx vertx, Q question, DeliveryOptions options) {
    return vertx
        .eventBus()
        .<Message>request(address, question, options)
        .map(reply -> answer.cast(reply.body()));
  }

  private DeliveryOptions options() {
    return WireCodec.options().setSendTimeout(timeout.toMillis());
  }
}
