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
import java.util.List;
import java.util.Optional;

/** A search for the capacity of a server in virtual time, as {@code run --find} goes about it. */
record VirtualSearch(VirtualSlots server, Slo slo, CapacitySearch search) {
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
    Trials trials = new Trials(new Slos(List.of(slo)), load);
    double look = 1;
    double end = 0;
    double limit = slo.limit().toNanos() / 1e9;
    for (Served served = flow.next(); served.due() < step.seconds(); served = flow.next()) {
      if (served.due() >= look) {
        if (trials.soFar() != Proof.UNDECIDED) {
          break;
        }
        look = served.due() + 1;
      }
      trials.add(
          served.index(), served.due(), served.end(), List.of(Trial.of(served.ttft() / limit)));
      end = Math.max(end, served.end());
    }
    Attainment attainment = trials.attainment(end);
    return new Tried(
        "",
        step.load(),
        step.again(),
        Tried.Outcome.of(attainment.proof()),
        attainment.late(),
        end);
  }

  private Load load(double amount) {
    return search.kind() == LoadKind.RATE
        ? new OpenLoop(amount, new Arrival.Poisson(), Optional.empty())
        : new ClosedLoop((int) amount, Optional.empty());
  }
}
