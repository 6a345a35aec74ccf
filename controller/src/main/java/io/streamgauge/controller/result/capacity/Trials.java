package io.streamgauge.controller.result.capacity;

import io.streamgauge.common.measure.Metric;
import io.streamgauge.common.measure.RequestRecord;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.Load;
import io.streamgauge.common.plan.load.OpenLoop;
import io.streamgauge.common.plan.slo.Slo;
import io.streamgauge.common.plan.slo.Slos;
import io.streamgauge.controller.result.SloCheck;
import io.streamgauge.controller.result.window.Rates;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The requests of a level as trials of its objectives, in the order of their places in it. */
public final class Trials {
  /** Times in s from the level's start. */
  private record Request(long index, double due, double end, List<Trial> trials) {
    double took() {
      return end - due;
    }
  }

  /** So many times what a request takes a level is filling up. */
  private static final double OPENING = 2;

  /** What is proved by all requests, but not by so large a share of them, may be by chance. */
  private static final double MOST = 0.8;

  private static final int FIRST = 50;

  private final List<Slo> objectives;
  private final Load load;
  private final List<Request> requests = new ArrayList<>();

  public Trials(Slos slos, Load load) {
    this.objectives = slos.all();
    this.load = load;
  }

  public void add(RequestRecord request) {
    add(
        request.index(),
        request.due() / 1e9,
        request.ended() / 1e9,
        objectives.stream()
            .map(
                slo -> {
                  Metric judged = SloCheck.judged(slo.metric(), load);
                  return Trial.of(request, judged, slo.limit().toNanos());
                })
            .toList());
  }

  /** The trials of one request, one an objective; its times in s from the level's start. */
  public void add(long index, double due, double end, List<Trial> trials) {
    requests.add(new Request(index, due, end, trials));
  }

  /** What all of them say, in a level that took so long. */
  public Attainment attainment(double seconds) {
    List<Request> ordered = ordered();
    return attainment(ordered, ordered.size(), seconds);
  }

  /**
   * What those say that were over before the first one that is not: whichever ended later tells of
   * itself by that, be it that it took long. It has to be proved by most of them already, because
   * of two looks that differ one is wrong.
   */
  public Proof soFar() {
    List<Request> ordered = ordered();
    int whole = 0;
    while (whole < ordered.size() && ordered.get(whole).index() == whole) {
      whole++;
    }
    Proof proof = attainment(ordered, whole, 0).proof();
    return proof == attainment(ordered, (int) (MOST * whole), 0).proof() ? proof : Proof.UNDECIDED;
  }

  private List<Request> ordered() {
    return requests.stream().sorted(Comparator.comparingLong(Request::index)).toList();
  }

  private Attainment attainment(List<Request> ordered, int to, double seconds) {
    List<Request> all = ordered.subList(0, to);
    double usual = usual(all);
    List<Request> steady =
        all.stream().skip(opening()).filter(request -> request.due() >= OPENING * usual).toList();
    Spans spans = Spans.of(load, steady.isEmpty() ? 0 : span(steady), usual);
    List<ObjectiveTest> tests = new ArrayList<>();
    for (int i = 0; i < objectives.size(); i++) {
      int objective = i;
      tests.add(
          ObjectiveTest.of(
              objectives.get(i),
              steady.stream().map(request -> request.trials().get(objective)).toList(),
              spans,
              objectives.size()));
    }
    return new Attainment(tests, seconds, needed(all, usual));
  }

  /** How long a level has to last to be proved to pass, at the pace of these requests. */
  private double needed(List<Request> requests, double usual) {
    double end = requests.stream().mapToDouble(Request::end).max().orElse(0);
    double most = objectives.stream().mapToDouble(ObjectiveTest::fewest).max().orElse(0);
    double trials = (opening() + most) * end / Math.max(1, requests.size());
    return Rates.round(
        OPENING * usual + Math.max(Spans.needed(load) * Spans.LENGTH * usual, trials));
  }

  private static double span(List<Request> steady) {
    return steady.getLast().due() - steady.getFirst().due();
  }

  /**
   * What a request takes in the middle of the first after the opening: later ones may wait ever
   * longer.
   */
  private double usual(List<Request> requests) {
    double[] sorted =
        requests.stream()
            .skip(opening())
            .limit(FIRST)
            .mapToDouble(Request::took)
            .sorted()
            .toArray();
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }

  /** The first request of each user goes when all others go, which is so never again. */
  private int opening() {
    return switch (load) {
      case ClosedLoop closed -> closed.concurrency();
      case OpenLoop _ -> 0;
    };
  }
}
