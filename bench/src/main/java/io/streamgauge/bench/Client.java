package io.streamgauge.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A program that puts load on a server: how to start it, and how to read what it says. */
sealed interface Client permits StreamgaugeClient, NativeClient, VllmRsClient {
  String name();

  boolean takes(Case.Load load);

  List<String> command(Case load, int port, Path folder);

  Measurement read(Case load, ClientProcess ended, ServerLog log) throws IOException;

  /** What is measured from outside, in the same way for every client. */
  static Measurement.Builder fromOutside(ClientProcess ended, ServerLog log) {
    long events = log.events();
    return new Measurement.Builder()
        .reported(Quantity.CPU_PER_EVENT, ended.cpuSeconds() / events * 1e6)
        .reported(Quantity.EVENTS_PER_CPU_SECOND, events / ended.cpuSeconds())
        .reported(Quantity.PEAK_MEMORY, ended.peakMebibytes())
        .reported(Quantity.START_UP, ended.startUpSeconds(log))
        .truth(Quantity.TOKENS_PER_SECOND, log.tokens() / log.seconds())
        .truth(Quantity.EVENTS_PER_SECOND, events / log.seconds());
  }
}
