package io.streamgauge.controller.gpu;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.streamgauge.common.gpu.ClockEvent;
import io.streamgauge.common.gpu.GpuQuantity;
import java.io.IOException;

/**
 * The samples of a GPU in a level's window, as the result file holds them: in columns until they
 * are written, since they are many.
 */
@JsonSerialize(using = GpuPoints.Writer.class)
public final class GpuPoints {
  private static final double MILLI = 1e6;

  private final GpuSeries series;
  private final int first;
  private final int end;
  private final int every;
  private final long origin;

  /**
   * @param first sample, and {@code end} the one after the last
   * @param every of so many samples one is shown
   * @param origin from when times are told
   */
  GpuPoints(GpuSeries series, int first, int end, int every, long origin) {
    this.series = series;
    this.first = first;
    this.end = end;
    this.every = every;
    this.origin = origin;
  }

  private void write(JsonGenerator out) throws IOException {
    out.writeStartArray();
    for (int i = first; i < end; i += every) {
      out.writeStartObject();
      out.writeNumberField("t_ms", Math.round((series.at(i) - origin) / MILLI * 1e3) / 1e3);
      for (GpuQuantity quantity : GpuQuantity.values()) {
        if (series.has(quantity, i)) {
          write(out, quantity, i);
        }
      }
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private void write(JsonGenerator out, GpuQuantity quantity, int sample) throws IOException {
    if (quantity != GpuQuantity.CLOCK_EVENTS) {
      out.writeNumberField(quantity.key(), Rounded.of(series.value(quantity, sample)));
      return;
    }
    out.writeArrayFieldStart(quantity.key());
    for (ClockEvent event : ClockEvent.of(series.raw(quantity, sample))) {
      out.writeString(event.label());
    }
    out.writeEndArray();
  }

  static final class Writer extends StdSerializer<GpuPoints> {
    Writer() {
      super(GpuPoints.class);
    }

    @Override
    public void serialize(GpuPoints points, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      points.write(out);
    }
  }
}
