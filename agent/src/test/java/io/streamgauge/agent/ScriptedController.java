package io.streamgauge.agent;

import io.streamgauge.common.dataset.Dataset;
import io.streamgauge.common.dataset.PromptsId;
import io.streamgauge.common.message.Ack;
import io.streamgauge.common.message.AgentCommand;
import io.streamgauge.common.message.AgentEvent;
import io.streamgauge.common.message.AgentReply;
import io.streamgauge.common.message.Endpoints;
import io.streamgauge.common.message.FleetCall;
import io.streamgauge.common.message.Leave;
import io.streamgauge.common.message.Order;
import io.streamgauge.common.message.Register;
import io.streamgauge.common.message.Registered;
import io.streamgauge.common.trust.CommandSigner;
import io.streamgauge.common.trust.ControllerKeys;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** A controller of one run that only listens, with a clock of its own, and can fall silent. */
public final class ScriptedController {
  public static final ControllerKeys KEYS = ControllerKeys.fresh();
  public static final String RUN = "run";
  static final PromptsId PROMPTS = PromptsId.of(Dataset.builtIn().prompts());
  private static final long PATIENCE_SECONDS = 60;

  final List<String> addresses = new CopyOnWriteArrayList<>();
  private final Vertx vertx;
  private final Duration ahead;
  private final String name;
  private final BlockingQueue<AgentEvent> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<FleetCall> calls = new LinkedBlockingQueue<>();
  final AtomicLong records = new AtomicLong();

  /** Heartbeats that came while it was silent or turned all away. */
  public final AtomicLong unheard = new AtomicLong();

  public volatile boolean silent;

  /** Why it will have nothing of any agent; empty where it takes them in. */
  volatile String refusal = "";

  final AtomicLong heartbeats = new AtomicLong();
  volatile Optional<String> run = Optional.of(RUN);

  /** {@code ahead} is by how much its clock is ahead of this machine's. */
  public ScriptedController(Vertx vertx, Duration ahead) {
    this(vertx, ahead, "first");
    Endpoints.run(RUN).serve(vertx, this::take);
  }

  /** One that only meets agents; {@code name} tells it apart from every other one. */
  public ScriptedController(Vertx vertx, Duration ahead, String name) {
    this.vertx = vertx;
    this.ahead = ahead;
    this.name = name;
    Endpoints.fleet().serve(vertx, this::meet);
  }

  private Future<Registered> meet(FleetCall call) {
    heartbeats.incrementAndGet();
    if (silent) {
      unheard.incrementAndGet();
      return Promise.<Registered>promise().future();
    }
    calls.add(call);
    if (call instanceof Register register && !addresses.contains(register.address())) {
      addresses.add(register.address());
    }
    if (!refusal.isEmpty()) {
      unheard.incrementAndGet();
      return Future.failedFuture(new IllegalArgumentException(refusal));
    }
    return Future.succeededFuture(new Registered(call.id(), name, now(), run));
  }

  private Future<Ack> take(AgentEvent event) {
    if (silent) {
      return Future.failedFuture("silent");
    }
    events.add(event);
    if (event instanceof AgentEvent.RecordBatch batch) {
      records.addAndGet(batch.records().size());
    }
    return Future.succeededFuture(new Ack());
  }

  public Instant now() {
    return Instant.now().plus(ahead);
  }

  /** Commands the agent at the address that it gave last, and sends what prompts it asks for. */
  public AgentReply command(AgentCommand command) {
    AgentReply reply = send(order(command));
    if (reply instanceof AgentReply.NeedsPrompts) {
      loadPrompts();
      return send(order(command));
    }
    return reply;
  }

  /** Sends the prompts of {@link #PROMPTS}. */
  void loadPrompts() {
    send(order(prompts()));
  }

  static AgentCommand prompts() {
    return new AgentCommand.LoadPrompts(RUN, PROMPTS, 0, Dataset.builtIn().prompts());
  }

  AgentReply send(Order order) {
    return Endpoints.agent(addresses.getLast()).ask(vertx, order).await();
  }

  /** Commands the agent as one of this process does, once it has introduced itself: unsigned. */
  Future<AgentReply> sendHere(AgentCommand command) {
    if (addresses.isEmpty()) {
      await(calls, Register.class::isInstance);
    }
    return Endpoints.agentHere(addresses.getLast()).askHere(vertx, command);
  }

  /** Signs a command for the agent, once it has introduced itself. */
  Order order(AgentCommand command) {
    await(calls, Register.class::isInstance);
    return Order.of(new CommandSigner(KEYS.privateKey()), addresses.getLast(), command, now());
  }

  /** Waits for an event of that kind, past all others. */
  public <E extends AgentEvent> E event(Class<E> type) {
    return type.cast(await(events, type::isInstance));
  }

  /** Waits for the agent's farewell. */
  Leave farewell() {
    return (Leave) await(calls, Leave.class::isInstance);
  }

  private static <T> T await(BlockingQueue<T> queue, Predicate<T> wanted) {
    try {
      while (true) {
        T next = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
          throw new AssertionError("nothing came within " + PATIENCE_SECONDS + " s");
        }
        if (wanted.test(next)) {
          return next;
        }
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
