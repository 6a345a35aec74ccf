package io.streamgauge.common.gpu;

import java.util.Optional;

/**
 * A process that computes on a GPU.
 *
 * @param name of its command, or empty where the host does not tell (as in a container)
 * @param memoryMb of the GPU in its use, in MB of 2^20 bytes, where the driver tells
 */
public record GpuProcess(long pid, String name, Optional<Long> memoryMb) {}
