package io.streamgauge.common.trust;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamgauge.common.PlanException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;

/**
 * A command of the controller to one agent, signed. Nothing in it is secret.
 *
 * @param runId the run that it belongs to; visible ASCII
 * @param agent whom it is for; visible ASCII
 * @param nonce random, so that no two are equal
 * @param expires until when it may be obeyed, by the controller's clock
 * @param body the command as JSON
 * @param signature Ed25519 over {@link #signedPart}
 */
public record SignedCommand(
    String runId, String agent, Bytes nonce, Instant expires, Bytes body, Bytes signature) {
  static final int NONCE_LENGTH = 16;
  private static final int SIGNATURE_LENGTH = 64;
  private static final String PURPOSE = "streamgauge command 1";

  public SignedCommand {
    name("run_id", runId);
    name("agent", agent);
    length("nonce", nonce, NONCE_LENGTH);
    length("signature", signature, SIGNATURE_LENGTH);
  }

  /** In ASCII no two names have the same bytes. */
  private static void name(String field, String name) {
    if (!name.matches("[!-~]{1,200}")) {
      throw new PlanException(field, name, "1 to 200 visible ASCII characters");
    }
  }

  private static void length(String field, Bytes bytes, int length) {
    if (bytes.length() != length) {
      throw new PlanException(field, bytes, length + " bytes");
    }
  }

  /**
   * What is signed: the purpose, the run, the agent, the nonce, the expiry (seconds and nanoseconds
   * of the epoch, 8 and 4 bytes) and the SHA-256 of the body, each led by its length in 4 bytes, so
   * that no two commands have the same encoding and no signature is good for anything else.
   */
  static byte[] signedPart(String runId, String agent, Bytes nonce, Instant expires, Bytes body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      field(out, PURPOSE.getBytes(UTF_8));
      field(out, runId.getBytes(UTF_8));
      field(out, agent.getBytes(UTF_8));
      field(out, nonce.toArray());
      out.writeInt(Long.BYTES + Integer.BYTES);
      out.writeLong(expires.getEpochSecond());
      out.writeInt(expires.getNano());
      field(out, sha256(body.toArray()));
    } catch (IOException e) {
      throw new UncheckedIOException("in memory", e);
    }
    return bytes.toByteArray();
  }

  byte[] signedPart() {
    return signedPart(runId, agent, nonce, expires, body);
  }

  private static void field(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
