package io.streamgauge.agent.sim.journal;

import java.util.ArrayDeque;
import java.util.List;

/** The last finished requests. It holds so many requests, and no more than 64 MiB of times. */
final class RequestLog {
  private static final long MAX_TIMES = 8 << 20;

  private final int limit;
  private final ArrayDeque<ServedRequest> requests = new ArrayDeque<>();
  private long times;
  private long dropped;

  RequestLog(int limit) {
    this.limit = limit;
  }

  void add(ServedRequest request) {
    requests.addLast(request);
    times += request.events();
    while (requests.size() > limit || times > MAX_TIMES) {
      times -= requests.removeFirst().events();
      dropped++;
    }
  }

  List<ServedRequest> requests() {
    return List.copyOf(requests);
  }

  int size() {
    return requests.size();
  }

  long dropped() {
    return dropped;
  }
}
