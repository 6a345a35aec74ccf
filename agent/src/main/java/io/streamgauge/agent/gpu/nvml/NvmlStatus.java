package io.streamgauge.agent.gpu.nvml;

import java.util.Arrays;

/** What NVML returns: the codes of {@code nvmlReturn_t} that are told apart here. */
public enum NvmlStatus {
  SUCCESS(0, "ok"),
  INVALID_ARGUMENT(2, "argument not known to this driver"),
  NOT_SUPPORTED(3, "not supported"),
  NO_PERMISSION(4, "no permission"),
  NOT_FOUND(6, "not found"),
  INSUFFICIENT_SIZE(7, "more entries than asked for"),
  DRIVER_NOT_LOADED(9, "the NVIDIA driver is not loaded"),
  TIMEOUT(10, "the driver timed out"),
  LIBRARY_NOT_FOUND(12, "a part of the driver is missing"),
  FUNCTION_NOT_FOUND(13, "not in this driver's library"),
  GPU_IS_LOST(15, "the GPU has fallen off the bus"),
  RESET_REQUIRED(16, "the GPU must be reset"),
  OPERATING_SYSTEM(17, "blocked by the operating system"),
  VERSION_MISMATCH(18, "library and kernel driver are of different versions"),
  UNKNOWN(999, "unknown error");

  private final int code;
  private final String text;

  NvmlStatus(int code, String text) {
    this.code = code;
    this.text = text;
  }

  /** In words; the number of a code that is not known here. */
  static String text(int code) {
    return Arrays.stream(values())
        .filter(status -> status.code == code)
        .map(status -> status.text)
        .findFirst()
        .orElse("NVML error " + code);
  }

  int code() {
    return code;
  }

  public boolean is(int returned) {
    return returned == code;
  }

  public static boolean ok(int code) {
    return SUCCESS.is(code);
  }

  static boolean lost(int code) {
    return GPU_IS_LOST.is(code) || RESET_REQUIRED.is(code);
  }
}
