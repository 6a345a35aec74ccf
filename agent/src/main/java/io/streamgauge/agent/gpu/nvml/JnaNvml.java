package io.streamgauge.agent.gpu.nvml;

import io.streamgauge.agent.gpu.GpuChoice;
import io.streamgauge.agent.gpu.nvml.NvmlLibrary.Handle;
import io.streamgauge.agent.gpu.nvml.NvmlLibrary.Text;
import io.streamgauge.common.gpu.GpuInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** NVML through JNA. */
final class JnaNvml implements Nvml {
  private static final int THOUSAND = 1_000;
  private static final int TEN = 10;

  private final NvmlLibrary library;
  private final String driver;
  private final String cuda;
  private final List<NvmlGpu> gpus;
  private final List<String> problems;

  private JnaNvml(
      NvmlLibrary library, String driver, String cuda, List<NvmlGpu> gpus, List<String> problems) {
    this.library = library;
    this.driver = driver;
    this.cuda = cuda;
    this.gpus = List.copyOf(gpus);
    this.problems = List.copyOf(problems);
  }

  /** Initialises the library and opens the GPUs that are wanted; what fails is a problem told. */
  static Nvml open(NvmlLibrary library, GpuChoice choice) {
    int status = library.call(library.has("nvmlInit_v2") ? "nvmlInit_v2" : "nvmlInit");
    if (!NvmlStatus.ok(status)) {
      return Nvml.none("NVML does not start: " + NvmlStatus.text(status));
    }
    List<String> problems = new ArrayList<>();
    List<NvmlGpu> gpus = new ArrayList<>();
    long count = count(library, problems);
    List<GpuInfo> seen = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      try {
        Optional<JnaGpu> gpu = gpu(library, index, choice, seen);
        gpu.ifPresent(gpus::add);
      } catch (GpuLostException e) {
        problems.add(e.getMessage());
      }
    }
    choice
        .missing(seen)
        .forEach(name -> problems.add("gpu: there is no %s among %s".formatted(name, names(seen))));
    if (count == 0 && problems.isEmpty()) {
      problems.add("the NVIDIA driver shows no GPU");
    }
    return new JnaNvml(
        library, library.text("nvmlSystemGetDriverVersion").text(), cuda(library), gpus, problems);
  }

  private static long count(NvmlLibrary library, List<String> problems) {
    String newest =
        library.has("nvmlDeviceGetCount_v2") ? "nvmlDeviceGetCount_v2" : "nvmlDeviceGetCount";
    NvmlLibrary.Number32 count = library.number(newest);
    if (!NvmlStatus.ok(count.status())) {
      problems.add("the GPUs cannot be counted: " + NvmlStatus.text(count.status()));
      return 0;
    }
    return count.value();
  }

  private static Optional<JnaGpu> gpu(
      NvmlLibrary library, int index, GpuChoice choice, List<GpuInfo> seen) {
    String newest =
        library.has("nvmlDeviceGetHandleByIndex_v2")
            ? "nvmlDeviceGetHandleByIndex_v2"
            : "nvmlDeviceGetHandleByIndex";
    Handle handle = library.handle(newest, index);
    require(index, "it cannot be opened", handle.status());
    Text uuid = library.text("nvmlDeviceGetUUID", handle.pointer());
    require(index, "its UUID cannot be read", uuid.status());
    Text name = library.text("nvmlDeviceGetName", handle.pointer());
    require(index, "its name cannot be read", name.status());
    GpuInfo info = new GpuInfo(index, uuid.text(), name.text(), Optional.empty());
    seen.add(info);
    return choice.takes(info)
        ? Optional.of(JnaGpu.open(library, handle.pointer(), info))
        : Optional.empty();
  }

  private static void require(int index, String what, int status) {
    if (!NvmlStatus.ok(status)) {
      throw new GpuLostException("GPU %d: %s: %s".formatted(index, what, NvmlStatus.text(status)));
    }
  }

  /** 12080 stands for 12.8. */
  private static String cuda(NvmlLibrary library) {
    String newest =
        library.has("nvmlSystemGetCudaDriverVersion_v2")
            ? "nvmlSystemGetCudaDriverVersion_v2"
            : "nvmlSystemGetCudaDriverVersion";
    NvmlLibrary.Number32 version = library.number(newest);
    return NvmlStatus.ok(version.status())
        ? version.value() / THOUSAND + "." + version.value() % THOUSAND / TEN
        : "";
  }

  private static List<String> names(List<GpuInfo> seen) {
    return seen.stream().map(gpu -> gpu.index() + " (" + gpu.uuid() + ")").toList();
  }

  @Override
  public String driver() {
    return driver;
  }

  @Override
  public String cuda() {
    return cuda;
  }

  @Override
  public List<NvmlGpu> gpus() {
    return gpus;
  }

  @Override
  public List<String> problems() {
    return problems;
  }

  @Override
  public void close() {
    library.call("nvmlShutdown");
  }
}
