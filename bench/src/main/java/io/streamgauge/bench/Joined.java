package io.streamgauge.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The requests that both the tool and the server's log know, side by side. */
record Joined(List<Pair> pairs) {
  /** One request as the client and as the server saw it. */
  record Pair(RequestRow client, ServerLog.Entry server) {
    double ttftErrorMillis() {
      return Math.abs(client.ttftMillis() - server.ttftMillis());
    }
  }

  Joined {
    pairs = List.copyOf(pairs);
  }

  static Joined of(Collection<RequestRow> rows, ServerLog log) {
    List<Pair> pairs = new ArrayList<>();
    for (RequestRow row : rows) {
      ServerLog.Entry entry = log.entries().get(row.id());
      if (entry != null) {
        pairs.add(new Pair(row, entry));
      }
    }
    pairs.sort(Comparator.comparingDouble(pair -> pair.client().sentMillis()));
    return new Joined(pairs);
  }

  /** Without the first requests sent, which a closed loop opens its streams with. */
  Joined after(int opening) {
    return new Joined(pairs.subList(Math.min(opening, pairs.size()), pairs.size()));
  }

  Samples clientTtft() {
    return new Samples(pairs.stream().mapToDouble(pair -> pair.client().ttftMillis()).toArray());
  }

  Samples serverTtft() {
    return ServerLog.ttftMillis(pairs.stream().map(Pair::server).toList());
  }

  Samples serverGaps() {
    return ServerLog.gapMillis(pairs.stream().map(Pair::server).toList());
  }

  Samples ttftErrors() {
    return new Samples(pairs.stream().mapToDouble(Pair::ttftErrorMillis).toArray());
  }

  /** How long after its due time each request was sent. */
  Samples lateness() {
    return new Samples(
        pairs.stream()
            .mapToDouble(pair -> pair.client().sentMillis() - pair.client().dueMillis())
            .toArray());
  }
}
