/** NVIDIA's management library (NVML), and the sampler that asks it. */
package io.streamgauge.agent.gpu;
