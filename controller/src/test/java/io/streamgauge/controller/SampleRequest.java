package io.streamgauge.controller;

import static io.streamgauge.common.measure.RequestRecord.NONE;

import io.streamgauge.common.measure.AnswerText;
import io.streamgauge.common.measure.Oddity;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.Remarks;
import io.streamgauge.common.measure.RequestRecord;
import io.streamgauge.common.measure.RequestRecord.Delivery;
import io.streamgauge.common.measure.RequestRecord.Gaps;
import io.streamgauge.common.measure.SessionTurn;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A made-up request, times in ms. Unless told otherwise it is due and sent at 0, its first token
 * comes at 20 and its last at 100, it ends at 110, and has 8 tokens in and 10 out in 10 chunks.
 */
public final class SampleRequest {
  private final long index;
  private String id;
  private String agent = "a";
  private String level = "c2";
  private String prompt = "p1";
  private String category = "coding";
  private double due;
  private double sent;
  private double firstByte = 10;
  private double firstToken = 20;
  private double lastToken = 100;
  private double ended = 110;
  private long input = 8;
  private long cached = NONE;
  private long output = 10;
  private int chunks = 10;
  private boolean counted = true;
  private Remarks remarks = Remarks.NONE;
  private int inFirst = 1;
  private Gaps gaps = Gaps.EMPTY;
  private int together;
  private int inTime = Integer.MAX_VALUE;
  private double leastDeadline = 10;
  private String finish = "stop";
  private Outcome outcome = Outcome.OK;
  private int status = 200;
  private String error = "";
  private boolean reused;
  private @Nullable AnswerText text;
  private @Nullable SessionTurn turn;

  private SampleRequest(long index) {
    this.index = index;
    this.id = "r" + index;
  }

  public static SampleRequest number(long index) {
    return new SampleRequest(index);
  }

  /** A request that ended {@code outcome} although tokens had come. */
  public static SampleRequest failed(long index, Outcome outcome, String error) {
    SampleRequest request = new SampleRequest(index);
    request.outcome = outcome;
    request.error = error;
    request.finish = "";
    return request;
  }

  public SampleRequest id(String text) {
    id = text;
    return this;
  }

  public SampleRequest agent(String name) {
    agent = name;
    return this;
  }

  public SampleRequest level(String name) {
    level = name;
    return this;
  }

  public SampleRequest prompt(String promptId, String promptCategory) {
    prompt = promptId;
    category = promptCategory;
    return this;
  }

  public SampleRequest due(double millis) {
    due = millis;
    return this;
  }

  /** Sent at {@code at}; the first token and the end count from there. */
  public SampleRequest times(double at, double untilFirst, double untilEnd) {
    sent = at;
    firstByte = at + untilFirst / 2;
    firstToken = at + untilFirst;
    lastToken = at + untilEnd;
    ended = at + untilEnd;
    return this;
  }

  public SampleRequest lastToken(double millis) {
    lastToken = millis;
    return this;
  }

  public SampleRequest tokens(long in, long out, int inChunks) {
    input = in;
    output = out;
    chunks = inChunks;
    return this;
  }

  /** So many of the tokens in were in the server's cache. */
  public SampleRequest cached(long tokens) {
    cached = tokens;
    return this;
  }

  public SampleRequest uncounted() {
    counted = false;
    input = NONE;
    return this;
  }

  public SampleRequest odd(Map<Oddity, String> words, long hiddenTokens) {
    remarks = new Remarks(words, hiddenTokens);
    return this;
  }

  public SampleRequest firstChunk(int tokens) {
    inFirst = tokens;
    return this;
  }

  public SampleRequest gaps(int count, double mean, double p99, double max) {
    gaps = new Gaps(count, nanos(mean), nanos(p99), nanos(max));
    return this;
  }

  /** {@code chunksTogether} came with the one before them, {@code tokensInTime} in time. */
  public SampleRequest delivery(int chunksTogether, int tokensInTime) {
    together = chunksTogether;
    inTime = tokensInTime;
    return this;
  }

  /** NaN where no deadline of the later tokens would do. */
  public SampleRequest leastDeadline(double millis) {
    leastDeadline = millis;
    return this;
  }

  public SampleRequest finish(String reason) {
    finish = reason;
    return this;
  }

  /** {@code cut} characters of the answer were not kept. */
  public SampleRequest text(String kept, String reasoning, long cut) {
    text = new AnswerText(kept, reasoning, cut);
    return this;
  }

  /** The turn of that number of the session that has the request's index. */
  public SampleRequest turn(int number, int of) {
    turn = new SessionTurn(number, of);
    return this;
  }

  public SampleRequest reused() {
    reused = true;
    return this;
  }

  /** Never got a connection: nothing was sent, nothing came. */
  public RequestRecord neverSent() {
    return new RequestRecord(
        id,
        level,
        agent,
        0,
        index,
        prompt,
        category,
        nanos(due),
        nanos(due),
        NONE,
        NONE,
        NONE,
        NONE,
        NONE,
        NONE,
        nanos(ended),
        false,
        NONE,
        NONE,
        0,
        false,
        1,
        0,
        Gaps.EMPTY,
        Delivery.NONE,
        "",
        outcome,
        0,
        error,
        Remarks.NONE,
        Optional.empty(),
        Optional.ofNullable(turn));
  }

  public RequestRecord build() {
    return new RequestRecord(
        id,
        level,
        agent,
        0,
        index,
        prompt,
        category,
        nanos(due),
        nanos(due),
        nanos(sent),
        nanos(sent),
        nanos(firstByte),
        nanos(firstToken),
        nanos(firstToken),
        nanos(lastToken),
        nanos(ended),
        reused,
        input,
        cached,
        output,
        counted,
        inFirst,
        chunks,
        gaps,
        outcome == Outcome.OK
            ? new Delivery(
                together, Math.toIntExact(Math.min(inTime, output)), nanos(leastDeadline))
            : Delivery.NONE,
        finish,
        outcome,
        status,
        error,
        remarks,
        Optional.ofNullable(text),
        Optional.ofNullable(turn));
  }

  private static long nanos(double millis) {
    return Double.isNaN(millis) ? NONE : Math.round(millis * 1e6);
  }
}
