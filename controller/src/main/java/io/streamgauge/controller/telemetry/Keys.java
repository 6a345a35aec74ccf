package io.streamgauge.controller.telemetry;

import static io.opentelemetry.api.common.AttributeKey.booleanKey;
import static io.opentelemetry.api.common.AttributeKey.doubleKey;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringArrayKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.opentelemetry.api.common.AttributeKey;
import java.util.List;

/** Names of attributes: those of the conventions for generative AI, and our own. */
final class Keys {
  static final AttributeKey<String> OPERATION = stringKey("gen_ai.operation.name");
  static final AttributeKey<String> PROVIDER = stringKey("gen_ai.provider.name");
  static final AttributeKey<String> MODEL = stringKey("gen_ai.request.model");
  static final AttributeKey<Boolean> STREAM = booleanKey("gen_ai.request.stream");
  static final AttributeKey<Long> INPUT_TOKENS = longKey("gen_ai.usage.input_tokens");
  static final AttributeKey<Long> OUTPUT_TOKENS = longKey("gen_ai.usage.output_tokens");
  static final AttributeKey<Long> CACHED_TOKENS = longKey("gen_ai.usage.cache_read.input_tokens");
  static final AttributeKey<List<String>> FINISH_REASONS =
      stringArrayKey("gen_ai.response.finish_reasons");
  static final AttributeKey<Double> FIRST_CHUNK = doubleKey("gen_ai.response.time_to_first_chunk");
  static final AttributeKey<String> TOKEN_TYPE = stringKey("gen_ai.token.type");
  static final AttributeKey<String> ADDRESS = stringKey("server.address");
  static final AttributeKey<Long> PORT = longKey("server.port");
  static final AttributeKey<Long> STATUS = longKey("http.response.status_code");
  static final AttributeKey<String> ERROR = stringKey("error.type");

  static final AttributeKey<String> RUN = stringKey("streamgauge.run.id");
  static final AttributeKey<String> RUN_NAME = stringKey("streamgauge.run.name");
  static final AttributeKey<String> RUN_STATUS = stringKey("streamgauge.run.status");
  static final AttributeKey<Long> REPEAT = longKey("streamgauge.run.repeat");
  static final AttributeKey<String> BACKEND = stringKey("streamgauge.backend");
  static final AttributeKey<String> LEVEL = stringKey("streamgauge.level");
  static final AttributeKey<String> WORKLOAD = stringKey("streamgauge.workload");
  static final AttributeKey<String> AGENT = stringKey("streamgauge.agent");
  static final AttributeKey<Long> LANE = longKey("streamgauge.lane");
  static final AttributeKey<String> REQUEST = stringKey("streamgauge.request.id");
  static final AttributeKey<Long> INDEX = longKey("streamgauge.request.index");
  static final AttributeKey<Double> LATE = doubleKey("streamgauge.request.sent_late");
  static final AttributeKey<String> PROMPT = stringKey("streamgauge.prompt.id");
  static final AttributeKey<Long> TURN = longKey("streamgauge.session.turn");
  static final AttributeKey<String> METRIC = stringKey("streamgauge.metric");
  static final AttributeKey<String> QUANTILE = stringKey("streamgauge.quantile");
  static final AttributeKey<String> OUTCOME = stringKey("streamgauge.outcome");

  private Keys() {}
}
