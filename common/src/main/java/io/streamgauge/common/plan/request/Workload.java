package io.streamgauge.common.plan.request;

/**
 * What is sent to each backend, whatever the load.
 *
 * @param dataset where the prompts come from
 * @param request what every request looks like
 * @param seed everything random follows from it
 */
public record Workload(DatasetRef dataset, RequestShape request, long seed) {
  public static final Workload DEFAULT =
      new Workload(DatasetRef.BUILT_IN, RequestShape.DEFAULT, 42);

  public Workload withDataset(DatasetRef other) {
    return new Workload(other, request, seed);
  }

  /** As it may be shown: without prompts and secret fields of bodies. */
  public Workload redacted() {
    return new Workload(dataset.redacted(), request.redacted(), seed);
  }
}
