package io.streamgauge.common.trust;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CommandVerifierTest {
  private static final Instant NOW = Instant.parse("2026-11-24T20:00:00.123456789Z");
  private static final Duration SKEW = Duration.ofSeconds(10);
  private static final byte[] BODY = "{\"type\":\"Start\",\"run_id\":\"run-7\"}".getBytes(UTF_8);
  private static final ControllerKeys KEYS = ControllerKeys.fresh();

  private final CommandSigner signer = new CommandSigner(KEYS.privateKey());
  private final CommandVerifier verifier = new CommandVerifier(KEYS.publicKey(), "agent-1", SKEW);

  private SignedCommand signed() {
    return signer.sign("run-7", "agent-1", BODY, NOW);
  }

  @Test
  void aCommandOfTheControllerIsGenuineWithItsRunAndBody() {
    assertThat(verifier.verify(signed(), NOW))
        .isEqualTo(new Verdict.Genuine("run-7", Bytes.of(BODY)));
  }

  @Test
  void aCommandIsGenuineOnlyOnce() {
    SignedCommand command = signed();
    verifier.verify(command, NOW);

    assertThat(verifier.verify(command, NOW)).isInstanceOf(Verdict.Replayed.class);
    assertThat(verifier.verify(command, command.expires().plus(SKEW)))
        .isInstanceOf(Verdict.Replayed.class);
  }

  @Test
  void theSameOrderSignedTwiceIsTwoCommands() {
    assertThat(verifier.verify(signed(), NOW)).isInstanceOf(Verdict.Genuine.class);
    assertThat(verifier.verify(signed(), NOW)).isInstanceOf(Verdict.Genuine.class);
  }

  @Test
  void aRefusedCommandIsNotRememberedAsSeen() {
    SignedCommand command = signed();
    SignedCommand forged =
        new SignedCommand(
            command.runId(),
            command.agent(),
            command.nonce(),
            command.expires(),
            Bytes.of(new byte[0]),
            command.signature());

    assertThat(verifier.verify(forged, NOW)).isInstanceOf(Verdict.Forged.class);
    assertThat(verifier.remembered()).isZero();
    assertThat(verifier.verify(command, NOW)).isInstanceOf(Verdict.Genuine.class);
  }

  @Test
  void aCommandOfAnotherKeyIsForged() {
    SignedCommand command =
        new CommandSigner(ControllerKeys.fresh().privateKey()).sign("run-7", "agent-1", BODY, NOW);

    assertThat(verifier.verify(command, NOW)).isInstanceOf(Verdict.Forged.class);
  }

  @Test
  void anotherAgentsCommandIsForeignAndRelabelledItIsForged() {
    SignedCommand other = signer.sign("run-7", "agent-2", BODY, NOW);
    SignedCommand relabelled =
        new SignedCommand(
            other.runId(),
            "agent-1",
            other.nonce(),
            other.expires(),
            other.body(),
            other.signature());

    assertThat(verifier.verify(other, NOW))
        .isEqualTo(new Verdict.Foreign("the command is for agent agent-2, this is agent-1"));
    assertThat(verifier.verify(relabelled, NOW)).isInstanceOf(Verdict.Forged.class);
  }

  @Test
  void anotherRunsCommandIsForgedWhenItIsRelabelled() {
    SignedCommand other = signer.sign("run-6", "agent-1", BODY, NOW);
    SignedCommand relabelled =
        new SignedCommand(
            "run-7",
            other.agent(),
            other.nonce(),
            other.expires(),
            other.body(),
            other.signature());

    assertThat(verifier.verify(relabelled, NOW)).isInstanceOf(Verdict.Forged.class);
    assertThat(verifier.verify(other, NOW))
        .isInstanceOfSatisfying(
            Verdict.Genuine.class, genuine -> assertThat(genuine.runId()).isEqualTo("run-6"));
  }

  @Test
  void lettersDoNotMoveFromOneNameToTheNext() {
    SignedCommand command = signer.sign("run-7a", "gent-1", BODY, NOW);
    SignedCommand shifted =
        new SignedCommand(
            "run-7",
            "agent-1",
            command.nonce(),
            command.expires(),
            command.body(),
            command.signature());

    assertThat(verifier.verify(shifted, NOW)).isInstanceOf(Verdict.Forged.class);
  }

  @Test
  void aCommandIsObeyedUntilItsExpiryAndTheSkewAndNotAfter() {
    SignedCommand first = signed();
    SignedCommand second = signed();
    Instant last = first.expires().plus(SKEW);

    assertThat(first.expires()).isEqualTo(NOW.plus(CommandSigner.LIFE));
    assertThat(verifier.verify(first, last)).isInstanceOf(Verdict.Genuine.class);
    assertThat(verifier.verify(second, last.plusNanos(1)))
        .isEqualTo(
            new Verdict.Expired(
                "the command expired 10 s ago by this host's clock, which may differ by 10s"));
  }

  @Test
  void aCommandWithoutEndIsRefusedSinceItWouldHaveToBeRememberedForEver() {
    Instant earlier = NOW.minus(CommandVerifier.LONGEST_LIFE).minus(SKEW);

    assertThat(verifier.verify(signed(), earlier)).isInstanceOf(Verdict.Expired.class);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CommandSigner(KEYS.privateKey(), Duration.ofDays(365)));
  }

  @Test
  void anExpiredCommandIsForgotten() {
    for (int i = 0; i < 10; i++) {
      verifier.verify(signed(), NOW);
    }
    assertThat(verifier.remembered()).isEqualTo(10);

    Instant later = NOW.plusSeconds(60);
    verifier.verify(signer.sign("run-8", "agent-1", BODY, later), later);

    assertThat(verifier.remembered()).isEqualTo(1);
  }

  @Test
  void aClockThatIsSetBackBringsNoForgottenCommandToLife() {
    SignedCommand command = signed();
    verifier.verify(command, NOW);
    Instant later = NOW.plusSeconds(3600);
    verifier.verify(signer.sign("run-8", "agent-1", BODY, later), later);

    assertThat(verifier.verify(command, NOW)).isInstanceOf(Verdict.Replayed.class);
    assertThat(verifier.verify(signer.sign("run-9", "agent-1", BODY, NOW.plusSeconds(1)), NOW))
        .as("a new command is obeyed all the same")
        .isInstanceOf(Verdict.Genuine.class);
  }

  @Test
  void whatCannotBeRememberedIsRefused() {
    CommandVerifier small = new CommandVerifier(KEYS.publicKey(), "agent-1", SKEW, 3);
    for (int i = 0; i < 3; i++) {
      assertThat(small.verify(signed(), NOW)).isInstanceOf(Verdict.Genuine.class);
    }

    assertThat(small.verify(signed(), NOW)).isInstanceOf(Verdict.Replayed.class);
    assertThat(small.remembered()).isEqualTo(3);
  }

  @Test
  void anyFlippedBitIsRefused() {
    SignedCommand command = signed();
    List<SignedCommand> damaged = new ArrayList<>();
    damaged.addAll(
        flips(command.nonce().toArray()).stream()
            .map(nonce -> with(command, nonce, command.expires(), command.body()))
            .toList());
    damaged.addAll(
        flips(command.body().toArray()).stream()
            .map(body -> with(command, command.nonce(), command.expires(), body))
            .toList());
    for (int bit = 0; bit < 30; bit++) { // further bits would only be long expired, or far away
      Instant seconds =
          Instant.ofEpochSecond(
              command.expires().getEpochSecond() ^ 1L << bit, command.expires().getNano());
      damaged.add(with(command, command.nonce(), seconds, command.body()));
    }
    for (int bit = 0; bit < 29; bit++) {
      Instant nanos =
          Instant.ofEpochSecond(
              command.expires().getEpochSecond(), command.expires().getNano() ^ 1L << bit);
      damaged.add(with(command, command.nonce(), nanos, command.body()));
    }
    for (String run : List.of("sun-7", "r5n-7", "run-6", "run-w", "run,7")) {
      damaged.add(
          new SignedCommand(
              run,
              command.agent(),
              command.nonce(),
              command.expires(),
              command.body(),
              command.signature()));
    }
    for (Bytes signature : flips(command.signature().toArray())) {
      damaged.add(
          new SignedCommand(
              command.runId(),
              command.agent(),
              command.nonce(),
              command.expires(),
              command.body(),
              signature));
    }

    assertThat(damaged)
        .hasSize((16 + BODY.length + 64) * 8 + 59 + 5)
        .doesNotContain(command)
        .allSatisfy(
            bad -> assertThat(verifier.verify(bad, NOW)).isInstanceOf(Verdict.Forged.class));
    assertThat(verifier.verify(command, NOW)).isInstanceOf(Verdict.Genuine.class);
  }

  private static SignedCommand with(SignedCommand c, Bytes nonce, Instant expires, Bytes body) {
    return new SignedCommand(c.runId(), c.agent(), nonce, expires, body, c.signature());
  }

  private static List<Bytes> flips(byte[] bytes) {
    return IntStream.range(0, bytes.length * 8)
        .mapToObj(
            bit -> {
              byte[] copy = bytes.clone();
              copy[bit / 8] ^= (byte) (1 << bit % 8);
              return Bytes.of(copy);
            })
        .toList();
  }

  @Test
  void ofManyThreadsWithOneCommandOneIsObeyed() throws InterruptedException {
    SignedCommand command = signed();
    List<Verdict> verdicts = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads =
        IntStream.range(0, 8)
            .mapToObj(
                _ -> Thread.ofVirtual().start(() -> verdicts.add(verifier.verify(command, NOW))))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(verdicts).hasSize(8);
    assertThat(verdicts.stream().filter(Verdict.Genuine.class::isInstance)).hasSize(1);
  }

  @Test
  void noncesDiffer() {
    Set<Bytes> nonces =
        IntStream.range(0, 100).mapToObj(_ -> signed().nonce()).collect(Collectors.toSet());

    assertThat(nonces).hasSize(100);
  }

  @Test
  void aKeyOfAnotherKindIsRefusedBeforeAnythingIsChecked() throws GeneralSecurityException {
    var other = KeyPairGenerator.getInstance("Ed448").generateKeyPair();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CommandVerifier(other.getPublic(), "agent-1"));
    assertThatIllegalArgumentException().isThrownBy(() -> new CommandSigner(other.getPrivate()));
  }
}
