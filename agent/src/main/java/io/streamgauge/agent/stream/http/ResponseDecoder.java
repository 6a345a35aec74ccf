package io.streamgauge.agent.stream.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.streamgauge.agent.stream.OneLine;
import java.io.ByteArrayOutputStream;

/**
 * Reads the responses of one HTTP/1.1 connection (RFC 9112) from whatever its reads bring. Body
 * bytes are handed on as slices of the read, without a copy; only a head is assembled. Written for
 * this tool because a time stamp must be taken once for each read of the socket, which a client
 * that hands on chunk by chunk does not allow.
 */
public final class ResponseDecoder {
  /** Receives the parts of a response in their order. */
  public interface Sink {
    void head(ResponseHead head);

    void body(byte[] data, int offset, int length);

    /** The response is whole; {@code keepAlive} tells whether the connection may carry another. */
    void end(boolean keepAlive);
  }

  private enum State {
    HEAD,
    LENGTH,
    CHUNK_SIZE,
    CHUNK_EXTENSION,
    CHUNK,
    AFTER_CHUNK,
    TRAILER,
    UNTIL_CLOSE,
    OVER
  }

  private static final int LARGEST_HEAD = 64 << 10;
  private static final int LONGEST_SIZE_LINE = 4 << 10;
  private static final long LARGEST_CHUNK = 1L << 40;

  private final Sink sink;
  private final ByteArrayOutputStream head = new ByteArrayOutputStream(512);
  private State state = State.OVER;
  private boolean keepAlive;
  private boolean lineEmpty;
  private boolean sizeSeen;
  private long left;
  private int trailerBytes;
  private int interimBytes;
  private int sizeLineBytes;

  public ResponseDecoder(Sink sink) {
    this.sink = sink;
  }

  /** A request is on its way: the next bytes begin its response. */
  public void expect() {
    interimBytes = 0;
    beginHead();
  }

  private void beginHead() {
    head.reset();
    lineEmpty = false;
    state = State.HEAD;
  }

  /**
   * Takes what one read brought.
   *
   * @throws MalformedResponseException when it is no response, or comes unasked
   */
  public void feed(byte[] data, int offset, int length) {
    int at = offset;
    int limit = offset + length;
    while (at < limit) {
      at =
          switch (state) {
            case HEAD -> headByte(data, at);
            case LENGTH, CHUNK -> counted(data, at, limit);
            case CHUNK_SIZE -> betweenChunks() ? wholeChunk(data, at, limit) : chunkSize(data, at);
            case CHUNK_EXTENSION -> chunkExtension(data, at);
            case AFTER_CHUNK -> afterChunk(data, at);
            case TRAILER -> trailer(data, at);
            case UNTIL_CLOSE -> untilClose(data, at, limit);
            case OVER -> throw new MalformedResponseException("bytes after the end of a response");
          };
    }
  }

  /** Whether the next byte begins a chunk. */
  public boolean betweenChunks() {
    return state == State.CHUNK_SIZE && sizeLineBytes == 0;
  }

  /** The connection was closed: true when that is how the response ends, or none was under way. */
  public boolean close() {
    if (state == State.UNTIL_CLOSE) {
      state = State.OVER;
      sink.end(false);
    }
    return state == State.OVER;
  }

  private int headByte(byte[] data, int at) {
    byte b = data[at];
    if (b == '\n') {
      if (lineEmpty && head.size() > 2) {
        headIsWhole();
        return at + 1;
      }
      lineEmpty = true;
    } else if (b != '\r') {
      lineEmpty = false;
    }
    head.write(b);
    if (interimBytes + head.size() > LARGEST_HEAD) {
      throw new MalformedResponseException("a response head of more than 64 KiB");
    }
    return at + 1;
  }

  private void headIsWhole() {
    ResponseHead parsed = ResponseHead.parse(head.toString(ISO_8859_1).strip());
    if (parsed.interim()) {
      interimBytes += head.size();
      beginHead();
      return;
    }
    keepAlive = parsed.keepsConnection();
    if (parsed.bodiless()) {
      left = 0;
      state = State.LENGTH;
    } else if (parsed.chunked()) {
      beginChunkSize();
    } else if (!parsed.field("Content-Length").isEmpty()) {
      left = contentLength(ResponseHead.once(parsed.field("Content-Length")));
      state = State.LENGTH;
    } else {
      state = State.UNTIL_CLOSE;
    }
    sink.head(parsed);
    if (state == State.LENGTH && left == 0) {
      end();
    }
  }

  private static long contentLength(String text) {
    if (text.length() > 15 || text.chars().anyMatch(c -> c < '0' || c > '9')) {
      throw new MalformedResponseException("Content-Length: " + OneLine.of(text, 80));
    }
    return Long.parseLong(text);
  }

  private int counted(byte[] data, int at, int limit) {
    int slice = (int) Math.min(left, limit - at);
    left -= slice;
    sink.body(data, at, slice);
    if (left == 0) {
      if (state == State.LENGTH) {
        end();
      } else if (state == State.CHUNK) {
        state = State.AFTER_CHUNK;
      }
    }
    return at + slice;
  }

  private void beginChunkSize() {
    left = 0;
    sizeSeen = false;
    sizeLineBytes = 0;
    state = State.CHUNK_SIZE;
  }

  /** Hands on a chunk that lies whole in the read without a step for each byte. */
  private int wholeChunk(byte[] data, int at, int limit) {
    long chunk = WholeChunk.at(data, at, limit);
    if (chunk == WholeChunk.NONE) {
      return chunkSize(data, at);
    }
    int body = WholeChunk.body(chunk);
    sink.body(data, body, WholeChunk.end(chunk) - body);
    return WholeChunk.next(chunk);
  }

  private void countSizeLine() {
    if (++sizeLineBytes > LONGEST_SIZE_LINE) {
      throw new MalformedResponseException("a chunk-size line of more than 4 KiB");
    }
  }

  private int chunkSize(byte[] data, int at) {
    countSizeLine();
    byte b = data[at];
    int digit = Character.digit(b, 16);
    if (digit >= 0) {
      left = left * 16 + digit;
      sizeSeen = true;
      if (left > LARGEST_CHUNK) {
        throw new MalformedResponseException("a chunk size beyond 2^40 bytes");
      }
      return at + 1;
    }
    if (!sizeSeen || (b != '\r' && b != '\n' && b != ';' && b != ' ' && b != '\t')) {
      throw new MalformedResponseException("expected a chunk size, got byte " + (b & 0xff));
    }
    state = State.CHUNK_EXTENSION;
    return at;
  }

  /** Skips to the end of the line. */
  private int chunkExtension(byte[] data, int at) {
    countSizeLine();
    if (data[at] == '\n') {
      if (left > 0) {
        state = State.CHUNK;
      } else {
        lineEmpty = true;
        trailerBytes = 0;
        state = State.TRAILER;
      }
    }
    return at + 1;
  }

  private int afterChunk(byte[] data, int at) {
    byte b = data[at];
    if (b == '\n') {
      beginChunkSize();
    } else if (b != '\r') {
      throw new MalformedResponseException("expected the end of a chunk, got byte " + (b & 0xff));
    }
    return at + 1;
  }

  private int trailer(byte[] data, int at) {
    byte b = data[at];
    if (++trailerBytes > LARGEST_HEAD) {
      throw new MalformedResponseException("trailers of more than 64 KiB");
    }
    if (b == '\n') {
      if (lineEmpty) {
        end();
      }
      lineEmpty = true;
    } else if (b != '\r') {
      lineEmpty = false;
    }
    return at + 1;
  }

  private int untilClose(byte[] data, int at, int limit) {
    sink.body(data, at, limit - at);
    return limit;
  }

  private void end() {
    state = State.OVER;
    sink.end(keepAlive);
  }
}
