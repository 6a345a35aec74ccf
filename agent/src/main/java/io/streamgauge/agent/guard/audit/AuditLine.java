package io.streamgauge.agent.guard.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.streamgauge.common.json.Json;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/** A line of the audit log: an entry behind the SHA-256 of the line before it, in hexadecimal. */
record AuditLine(
    String previous,
    Instant time,
    String run,
    String agent,
    String command,
    String summary,
    String verdict) {
  /** What stands in the very first line. */
  static final String NOTHING = "0".repeat(64);

  /** The command of a line that this log writes about the line before, which a crash cut off. */
  static final String TORN = "(torn)";

  static AuditLine of(String previous, AuditEntry entry) {
    return new AuditLine(
        previous,
        entry.time(),
        entry.run(),
        entry.agent(),
        entry.command(),
        entry.summary(),
        entry.verdict());
  }

  static AuditLine torn(String previous, Instant time) {
    return new AuditLine(
        previous, time, "", "", TORN, "the line before was cut off when the agent ended", "noted");
  }

  /** As one line, without its end. */
  byte[] encode() {
    try {
      return Json.MAPPER.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a line of the audit log", e);
    }
  }

  static String hash(byte[] line) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(line));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
