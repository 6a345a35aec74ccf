package io.streamgauge.agent.engine.kind;

import io.streamgauge.agent.engine.EngineFiles;
import io.streamgauge.agent.engine.EngineFolder;
import io.streamgauge.agent.engine.EngineLimits;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How an agent starts engines.
 *
 * @param files the settings of this host's owner
 * @param address where engines listen whose file names no host: the agent's own
 * @param folder for logs and notes
 * @param limits how long an engine is given to end
 * @param memory of the GPUs, to be free again after an engine
 */
public record EngineOptions(
    EngineFiles files,
    String address,
    EngineFolder folder,
    EngineLimits limits,
    EngineGpuMemory memory) {
  private static final String LOOPBACK = "127.0.0.1";

  /** In the user's own process. */
  public static EngineOptions local(Path engines) {
    return of(new EngineFiles(engines, EngineFiles.Origin.USER), LOOPBACK);
  }

  /** The same with the files of the installation. */
  public static EngineOptions local() {
    return local(EngineFiles.folder(Optional.empty()));
  }

  /** Of an agent that a controller commands over the network, at its own address there. */
  public static EngineOptions network(Path engines, String address) {
    return of(new EngineFiles(engines, EngineFiles.Origin.NETWORK), address);
  }

  private static EngineOptions of(EngineFiles files, String address) {
    return new EngineOptions(
        files, address, EngineFolder.ofUser(), EngineLimits.DEFAULT, EngineGpuMemory.none());
  }

  public EngineOptions withMemory(EngineGpuMemory other) {
    return new EngineOptions(files, address, folder, limits, other);
  }
}
