package io.streamgauge.common.plan.load;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.plan.FileGate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads an arrival in JSON or YAML: the written law, or a list of due times. Only a plan file of
 * the user may name a file of times; a message or a plan from elsewhere brings the times
 * themselves.
 */
public final class ArrivalReader extends StdDeserializer<Arrival> {
  /** The attribute of a reader that may open files: the {@link FileGate} that lets it. */
  public static final String FILES = "arrival files";

  ArrivalReader() {
    super(Arrival.class);
  }

  @Override
  public Arrival deserialize(JsonParser in, DeserializationContext context) throws IOException {
    if (in.currentToken() == JsonToken.START_ARRAY) {
      return ReplayTimes.of("arrival", texts(in, context));
    }
    if (!in.currentToken().isScalarValue()) {
      return (Arrival) context.handleUnexpectedToken(Arrival.class, in);
    }
    String text = in.getText();
    if (!text.startsWith(Arrival.REPLAY)) {
      return Arrival.parse(text);
    }
    if (context.getAttribute(FILES) instanceof FileGate gate) {
      return ReplayTimes.read(gate.open("arrival", text.substring(Arrival.REPLAY.length())));
    }
    throw new PlanException("arrival", text, "a list of due times; only a plan file names files");
  }

  private static List<String> texts(JsonParser in, DeserializationContext context)
      throws IOException {
    List<String> texts = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      if (!in.currentToken().isScalarValue()) {
        context.handleUnexpectedToken(Arrival.class, in);
      }
      texts.add(in.getText());
    }
    return texts;
  }
}
