package io.streamgauge.agent.gpu.nvml;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.streamgauge.agent.gpu.GpuMemory;
import io.streamgauge.agent.gpu.GpuPower;
import io.streamgauge.agent.gpu.GpuProcesses;
import io.streamgauge.agent.gpu.GpuSource;
import io.streamgauge.agent.gpu.GpuSources;
import io.streamgauge.agent.gpu.nvml.NvmlLibrary.Number32;
import io.streamgauge.common.gpu.GpuBoard;
import io.streamgauge.common.gpu.GpuInfo;
import io.streamgauge.common.gpu.GpuProcess;
import io.streamgauge.common.gpu.GpuQuantity;
import io.streamgauge.common.gpu.PowerReading;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A GPU read through JNA; what it could not tell when it was opened is not asked for again. */
final class JnaGpu implements NvmlGpu {
  private final GpuBoard board;
  private final List<GpuSource> quick;
  private final List<GpuSource> slow;
  private final List<GpuProcesses> processes;

  private JnaGpu(
      GpuBoard board, List<GpuSource> quick, List<GpuSource> slow, List<GpuProcesses> processes) {
    this.board = board;
    this.quick = List.copyOf(quick);
    this.slow = List.copyOf(slow);
    this.processes = List.copyOf(processes);
  }

  /**
   * Asks for everything once.
   *
   * @throws GpuLostException when it falls away meanwhile
   */
  static JnaGpu open(NvmlLibrary library, Pointer device, GpuInfo info) {
    List<String> unavailable = new ArrayList<>();
    List<GpuSource> quick = usable(GpuSources.quick(library, device), info, unavailable);
    GpuPower power = GpuPower.open(library, device);
    if (power.reading() == PowerReading.NONE) {
      unavailable.add("power (%s)".formatted(NvmlStatus.text(power.refusal())));
    } else {
      quick.add(power);
    }
    List<GpuSource> slow = usable(GpuSources.slow(library, device), info, unavailable);
    List<GpuProcesses> listers = new ArrayList<>();
    GpuProcesses lister = GpuProcesses.own(library, device);
    int listed = lister.status();
    if (NvmlStatus.ok(listed)) {
      listers.add(lister);
    } else {
      unavailable.add("processes (%s)".formatted(NvmlStatus.text(listed)));
    }
    GpuProcesses shared = GpuProcesses.ofMps(library, device);
    if (NvmlStatus.ok(shared.status())) {
      listers.add(shared);
    }
    Number32 limit = library.number("nvmlDeviceGetEnforcedPowerLimit", device);
    if (!NvmlStatus.ok(limit.status())) {
      unavailable.add("power limit (%s)".formatted(NvmlStatus.text(limit.status())));
    }
    GpuBoard board =
        new GpuBoard(
            new GpuInfo(info.index(), info.uuid(), info.name(), GpuMemory.totalMb(library, device)),
            power.reading(),
            NvmlStatus.ok(limit.status())
                ? Optional.of(GpuQuantity.POWER.told(limit.value()))
                : Optional.empty(),
            mig(library, device, unavailable),
            unavailable);
    return new JnaGpu(board, quick, slow, listers);
  }

  /** Those that answer; the others are told by name and reason. */
  private static List<GpuSource> usable(
      List<GpuSource> all, GpuInfo info, List<String> unavailable) {
    List<GpuSource> usable = new ArrayList<>();
    Map<GpuQuantity, Long> values = new EnumMap<>(GpuQuantity.class);
    for (GpuSource source : all) {
      int status = source.read(values);
      if (NvmlStatus.lost(status)) {
        throw lost(info.index(), status);
      }
      if (NvmlStatus.ok(status)) {
        usable.add(source);
      } else {
        unavailable.add("%s (%s)".formatted(source.name(), NvmlStatus.text(status)));
      }
    }
    return usable;
  }

  private static Optional<Boolean> mig(
      NvmlLibrary library, Pointer device, List<String> unavailable) {
    try (Memory current = new Memory(Long.BYTES);
        Memory pending = new Memory(Long.BYTES)) {
      current.clear();
      int status = library.call("nvmlDeviceGetMigMode", device, current, pending);
      if (!NvmlStatus.ok(status)) {
        unavailable.add("MIG mode (%s)".formatted(NvmlStatus.text(status)));
        return Optional.empty();
      }
      return Optional.of(current.getInt(0) != 0);
    }
  }

  private static GpuLostException lost(int index, int status) {
    return new GpuLostException("GPU %d: %s".formatted(index, NvmlStatus.text(status)));
  }

  @Override
  public GpuBoard board() {
    return board;
  }

  /** Also asked by whoever looks whether an engine's memory has come back, hence one at a time. */
  @Override
  public synchronized Map<GpuQuantity, Long> read() {
    return read(quick);
  }

  @Override
  public Map<GpuQuantity, Long> readSlowly() {
    return read(slow);
  }

  private Map<GpuQuantity, Long> read(List<GpuSource> sources) {
    Map<GpuQuantity, Long> values = new EnumMap<>(GpuQuantity.class);
    for (GpuSource source : sources) {
      int status = source.read(values);
      if (NvmlStatus.lost(status)) {
        throw lost(index(), status);
      }
    }
    return values;
  }

  @Override
  public List<GpuProcess> processes() {
    List<GpuProcess> all = new ArrayList<>();
    for (GpuProcesses lister : processes) {
      int status = lister.status();
      if (NvmlStatus.lost(status)) {
        throw lost(index(), status);
      }
      if (NvmlStatus.ok(status)) {
        all.addAll(lister.list());
      }
    }
    return all;
  }
}
