package io.streamgauge.agent.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.measure.SessionTurn;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What one user asks from its first turn to its last, or the one request that it sends. Its body
 * grows: a turn puts the answer and its own messages behind bytes that are there. On the lane's
 * event loop.
 */
final class Session {
  private static final byte[] NOTHING = new byte[0];
  private static final byte[] ANSWER = ",{\"role\":\"assistant\",\"content\":".getBytes(UTF_8);

  private final long index;
  private final Prompt prompt;
  private final Optional<EncodedTurns> turns;
  private final int count;
  private byte[] body;

  /** How many bytes of the body go before the end of its messages. */
  private int end;

  private int turn = 1;
  private long limit;

  private Session(
      long index, Prompt prompt, byte[] body, int end, long limit, Optional<EncodedTurns> turns) {
    this.index = index;
    this.prompt = prompt;
    this.body = body;
    this.end = end;
    this.limit = limit;
    this.turns = turns;
    this.count = 1 + turns.map(all -> all.later().size()).orElse(0);
  }

  static Session ofOne(long index, Prompt prompt, byte[] body, long limit) {
    return new Session(index, prompt, body, 0, limit, Optional.empty());
  }

  static Session of(long index, Prompt prompt, long limit, EncodedTurns turns) {
    return new Session(
        index, prompt, turns.first().bytes(), turns.first().end(), limit, Optional.of(turns));
  }

  /** The session's place in the level. */
  long index() {
    return index;
  }

  Prompt prompt() {
    return prompt;
  }

  /** The body of the present turn; nobody may change it. */
  byte[] body() {
    return body;
  }

  /** The most tokens that the present turn may be answered with; 0 for any. */
  long limit() {
    return limit;
  }

  SessionTurn place() {
    return new SessionTurn(turn, count);
  }

  boolean last() {
    return turn == count;
  }

  /** Whether the next turn has the answer to the present one in it. */
  boolean needsAnswer() {
    return !last() && following().live();
  }

  private EncodedTurns.Later following() {
    return turns.orElseThrow().later().get(turn - 1);
  }

  /**
   * Goes on to the next turn, of which there must be one.
   *
   * @param due when the present one was
   * @param answered when the answer to it was complete
   * @param answer that it had
   * @return when the next one is due
   */
  long next(long due, long answered, String answer) {
    EncodedTurns.Later next = following();
    byte[] said = next.live() ? message(answer) : NOTHING;
    int kept = next.afresh() ? 0 : end;
    int grown = kept + said.length + next.added().length;
    body =
        ByteBuffer.allocate(grown + next.tail().length)
            .put(body, 0, kept)
            .put(said)
            .put(next.added())
            .put(next.tail())
            .array();
    end = grown;
    limit = next.limit();
    turn++;
    return next.due(due, answered);
  }

  private static byte[] message(String answer) {
    try {
      byte[] text = Json.MAPPER.writeValueAsBytes(answer);
      return ByteBuffer.allocate(ANSWER.length + text.length + 1)
          .put(ANSWER)
          .put(text)
          .put((byte) '}')
          .array();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
