package io.streamgauge.common.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.HostPort;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Two members that die at once take the registrations with them of which one held the first and the
 * other the second copy. With 40 addresses some are of that kind. Who comes after them at the same
 * place is a cluster by itself until the two are merged, as a controller that is started again.
 */
class MembersKilledTest {
  private static final HostPort ANYWHERE = new HostPort("127.0.0.1", 0);

  private static final List<String> ADDRESSES =
      IntStream.range(0, 40).mapToObj(i -> "address-" + i).toList();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String cluster = "test-" + UUID.randomUUID();
  private final List<Membership> joined = new ArrayList<>();

  @Test
  void whoServesAnAddressAfterThemIsReached() {
    try {
      Membership served = join(ANYWHERE);
      Membership other = join(ANYWHERE, served);
      Membership caller = join(ANYWHERE, served);
      serve(served, "first");
      eventually(caller, "first");

      HostPort place = served.place();
      kill(served, other);

      Membership successor = join(place);
      serve(successor, "second");
      eventually(caller, "second");
    } finally {
      joined.forEach(one -> one.vertx().close().await());
    }
  }

  private Membership join(HostPort bind, Membership... members) {
    List<HostPort> places = List.of(members).stream().map(Membership::place).toList();
    Membership membership = Node.join(new NodeOptions(bind, places, cluster), 0).await();
    joined.add(membership);
    return membership;
  }

  private static void serve(Membership membership, String id) {
    Vertx vertx = membership.vertx();
    ADDRESSES.forEach(
        address ->
            vertx
                .eventBus()
                .<String>consumer(address, message -> message.reply(id))
                .completion()
                .await());
  }

  private static void eventually(Membership caller, String id) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    for (String address : ADDRESSES) {
      String answer = answer(caller, address);
      while (!answer.equals(id) && System.nanoTime() < end) {
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        answer = answer(caller, address);
      }
      assertThat(answer).as(address).isEqualTo(id);
    }
  }

  /** Its answer, or why there was none. */
  private static String answer(Membership caller, String address) {
    try {
      return caller
          .vertx()
          .eventBus()
          .<String>request(address, "who?", new DeliveryOptions().setSendTimeout(2_000))
          .await()
          .body();
    } catch (ReplyException e) {
      return e.failureType().toString();
    }
  }

  /** As a SIGKILL would: without a word to the others, both in the same moment. */
  private void kill(Membership... members) {
    CompletableFuture.allOf(
            Stream.of(members)
                .map(Membership::hazelcast)
                .map(it -> CompletableFuture.runAsync(() -> it.getLifecycleService().terminate()))
                .toArray(CompletableFuture[]::new))
        .join();
    for (Membership member : members) {
      joined.remove(member);
      member.vertx().close().await();
    }
  }
}
