package io.streamgauge.bench.truth;

import io.streamgauge.bench.truth.VirtualSlots.Served;
import io.streamgauge.common.plan.load.Arrival;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.Load;
import io.streamgauge.common.plan.load.LoadKind;
import io.streamgauge.common.plan.load.OpenLoop;
import io.streamgauge.common.plan.slo.Slo;
import io.streamgauge.common.plan.slo.Slos;
import io.streamgauge.controller.result.capacity.Attainment;
import io.streamgauge.controller.result.capacity.Capacity;
import io.streamgauge.controller.result.capacity.CapacitySearch;
import io.streamgauge.controller.result.capacity.CapacitySearch.Step;
import io.streamgauge.controller.result.capacity.Proof;
import io.streamgauge.controller.result.capacity.Trial;
import io.streamgauge.controller.result.capacity.Trials;
import io.streamgauge.controller.result.capacity.Tried;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/** A search for the capacity of a server in virtual time, as {@code run --find} goes about it. */
record VirtualSearch(VirtualSlots server, Slo slo, CapacitySearch search) {
  /** Agents report so often, in s. */
  private static final double LOOK = 1;

  /** The requests of a level, which tell nothing before they are over. */
  private static final class Asked {
    private final Trials over;
    private final double limit;
    private final PriorityQueue<Served> inFlight =
        new PriorityQueue<>(Comparator.comparingDouble(Served::end));
    private double end;

    Asked(Trials over, Slo slo) {
      this.over = over;
      this.limit = slo.limit().toNanos() / 1e9;
    }

    void send(Served request) {
      inFlight.add(request);
      end = Math.max(end, request.end());
    }

    Proof provedBy(double now) {
      take(now);
      return over.soFar();
    }

    Attainment attainment() {
      take(end);
      return over.attainment(end);
    }

    double end() {
      return end;
    }

    private void take(double until) {
      while (!inFlight.isEmpty() && inFlight.element().end() <= until) {
        Served request = inFlight.remove();
        over.add(
            request.index(),
            request.due(),
            request.end(),
            List.of(Trial.of(request.ttft() / limit)));
      }
    }
  }

  Capacity run(long seed) {
    List<Tried> tried = new ArrayList<>();
    double elapsed = 0;
    Optional<Step> step = search.next(tried, elapsed);
    while (step.isPresent()) {
      Tried level = run(step.get(), 1_000 * seed + tried.size());
      tried.add(level);
      elapsed += level.seconds();
      step = search.next(tried, elapsed);
    }
    return Capacity.of(search.kind(), tried);
  }

  private Tried run(Step step, long seed) {
    Load load = load(step.load());
    VirtualSlots.Flow flow =
        switch (load) {
          case ClosedLoop closed -> server.closed(closed.concurrency(), seed);
          case OpenLoop open -> server.open(open.rate(), seed);
        };
    Asked asked = new Asked(new Trials(new Slos(List.of(slo)), load), slo);
    double look = LOOK;
    for (Served served = flow.next(); served.due() < step.seconds(); served = flow.next()) {
      while (look <= served.due() && asked.provedBy(look) == Proof.UNDECIDED) {
        look += LOOK;
      }
      if (look <= served.due()) {
        break;
      }
      asked.send(served);
    }
    double end = asked.end();
    Attainment attainment = asked.attainment();
    return new Tried(
        "",
        step.load(),
        step.again(),
        Tried.Outcome.of(attainment.proof()),
        attainment.late(),
        end,
        attainment.tooShort() ? Optional.of(attainment.neededSeconds()) : Optional.empty());
  }

  private Load load(double amount) {
    return search.kind() == LoadKind.RATE
        ? new OpenLoop(amount, new Arrival.Poisson(), Optional.empty())
        : new ClosedLoop((int) amount, Optional.empty());
  }
}
