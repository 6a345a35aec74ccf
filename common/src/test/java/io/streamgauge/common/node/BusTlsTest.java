package io.streamgauge.common.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.streamgauge.common.HostPort;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Two members with certificates of one authority, and each kind of stranger that can join. */
@Execution(ExecutionMode.CONCURRENT)
class BusTlsTest {
  @TempDir Path folder;
  private final List<Vertx> open = new ArrayList<>();
  private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
  private final String cluster = "test-" + UUID.randomUUID();
  private HostPort meeting;
  private Vertx controller;

  @BeforeEach
  void startAController() {
    Certificates.needOpenssl();
    TlsFiles tls = Certificates.make(folder.resolve("ours"), "127.0.0.1");
    Membership first = member(List.of(), Optional.of(tls));
    meeting = first.place();
    controller = first.vertx();
    serve(controller, "controller");
  }

  @AfterEach
  void stop() {
    open.reversed().forEach(vertx -> vertx.close().await());
  }

  private Membership member(List<HostPort> members, Optional<TlsFiles> tls) {
    Membership member =
        Node.join(new NodeOptions(new HostPort("127.0.0.1", 0), members, cluster, tls)).await();
    open.add(member.vertx());
    return member;
  }

  private Vertx joiner(Optional<TlsFiles> tls) {
    return member(List.of(meeting), tls).vertx();
  }

  private void serve(Vertx vertx, String address) {
    vertx
        .eventBus()
        .<String>consumer(
            address,
            message -> {
              heard.add(message.body());
              message.reply("yes");
            })
        .completion()
        .await();
  }

  private static Future<String> ask(Vertx vertx, String address, String text) {
    return vertx
        .eventBus()
        .<String>request(address, text, new DeliveryOptions().setSendTimeout(1_000))
        .map(Message::body);
  }

  /** A subscription takes a moment to be known everywhere. */
  private static String askUntilAnswered(Vertx vertx, String address, String text) {
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (true) {
      try {
        return ask(vertx, address, text).await();
      } catch (ReplyException e) {
        if (System.nanoTime() > limit) {
          throw e;
        }
      }
    }
  }

  @Test
  void membersOfOneAuthorityTalk() {
    Vertx agent = joiner(Optional.of(Certificates.make(folder.resolve("ours"), "127.0.0.1")));
    serve(agent, "agent");

    assertThat(askUntilAnswered(agent, "controller", "a")).isEqualTo("yes");
    assertThat(askUntilAnswered(controller, "agent", "b")).isEqualTo("yes");
    assertThat(heard).contains("a", "b");
  }

  /**
   * Vert.x does not compare names on the bus. When this fails, it has begun to: tell so in {@link
   * TlsFiles#protect} and in docs/operate/security.md.
   */
  @Test
  void theBusTakesACertificateOfOurAuthorityForAnotherHostToo() {
    Vertx agent =
        joiner(Optional.of(Certificates.make(folder.resolve("ours"), "elsewhere.example")));
    serve(agent, "agent");

    assertThat(askUntilAnswered(controller, "agent", "b")).isEqualTo("yes");
  }

  @Test
  void aMemberWithoutACertificateJoinsButIsDeafAndDumb() {
    strangerIsDeafAndDumb(Optional.empty());
  }

  @Test
  void aMemberOfAnotherAuthorityJoinsButIsDeafAndDumb() {
    strangerIsDeafAndDumb(Optional.of(Certificates.make(folder.resolve("theirs"), "127.0.0.1")));
  }

  private void strangerIsDeafAndDumb(Optional<TlsFiles> tls) {
    Membership joined = member(List.of(meeting), tls);
    assertThat(joined.others()).as("it has joined").containsExactly(meeting);
    Vertx stranger = joined.vertx();
    serve(stranger, "stranger");
    Vertx friend = joiner(Optional.of(Certificates.make(folder.resolve("ours"), "127.0.0.1")));
    assertThat(askUntilAnswered(friend, "controller", "friend")).isEqualTo("yes");
    heard.clear();

    for (int i = 0; i < 3; i++) {
      Future<String> from = ask(stranger, "controller", "from the stranger");
      Future<String> to = ask(controller, "stranger", "to the stranger");
      assertThatExceptionOfType(ReplyException.class).isThrownBy(from::await);
      assertThatExceptionOfType(ReplyException.class).isThrownBy(to::await);
    }
    assertThat(heard).isEmpty();
    assertThat(askUntilAnswered(friend, "controller", "still")).isEqualTo("yes");
  }
}
