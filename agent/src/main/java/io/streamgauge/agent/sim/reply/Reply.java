package io.streamgauge.agent.sim.reply;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The whole plan of a reply, made before its first byte: a function of the options, the request and
 * the request's ordinal.
 *
 * <p>Text and length follow from the seed and the prompt alone, so a repeated prompt gets the same
 * text; gaps and faults also differ by ordinal.
 *
 * @param faultPoint where a fault strikes, from 0 (after the first write) to 1 (before the last)
 */
public record Reply(
    InferenceRequest request,
    String finishReason,
    long textSeed,
    Schedule schedule,
    @Nullable Fault fault,
    double faultPoint,
    long ordinal) {

  public static Reply plan(SimulationOptions options, InferenceRequest request, long ordinal) {
    SplittableRandom faults = AnswerSeeds.random(options.seed(), AnswerSeeds.FAULTS, ordinal);
    Fault drawn = options.faults().draw(faults);
    // One JSON answer has no [DONE] that could be missing.
    Fault fault = drawn == Fault.NO_DONE && !request.stream() ? null : drawn;
    int whole = length(options.seed(), request);
    int length = Math.min(whole, request.room());
    Schedule schedule =
        options
            .latency()
            .schedule(
                request.prompt().tokens(),
                fault == Fault.EMPTY || request.api() == Api.EMBEDDINGS ? 0 : length,
                AnswerSeeds.random(
                    options.seed(), AnswerSeeds.GAPS, request.prompt().hash(), ordinal));
    return new Reply(
        request,
        fault != Fault.EMPTY && (length < whole || length == request.maxTokens())
            ? "length"
            : "stop",
        AnswerSeeds.mix(options.seed(), AnswerSeeds.TEXT, request.prompt().hash()),
        schedule,
        fault,
        faults.nextDouble(),
        ordinal);
  }

  public int promptTokens() {
    return request.prompt().tokens();
  }

  /** After how many of {@code writes} the fault strikes: at least one, and never all if it can. */
  public int writesBeforeFault(int writes) {
    return 1 + (int) (faultPoint * Math.max(1, writes - 1));
  }

  private static int length(long seed, InferenceRequest request) {
    int cap = request.maxTokens();
    return request.ignoreEos()
        ? cap
        : AnswerSeeds.random(seed, AnswerSeeds.LENGTH, request.prompt().hash())
            .nextInt(Math.ceilDiv(cap, 4), cap + 1);
  }
}
