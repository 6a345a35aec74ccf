package io.streamgauge.controller.telemetry;

import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/** A server that takes OTLP and reads it by the classes that are made of its specification. */
final class StandInCollector implements AutoCloseable {
  record Call(String path, Map<String, List<String>> headers, byte[] body) {}

  final List<Call> calls = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private final int status;

  /** That answers everything with that status. */
  StandInCollector(int status) {
    this.status = status;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::take);
    server.start();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = new GZIPInputStream(exchange.getRequestBody()).readAllBytes();
      calls.add(new Call(exchange.getRequestURI().toString(), exchange.getRequestHeaders(), body));
      exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(status, -1);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  List<Span> spans() {
    return traces().stream()
        .flatMap(request -> request.getResourceSpansList().stream())
        .flatMap(resource -> resource.getScopeSpansList().stream())
        .flatMap(scope -> scope.getSpansList().stream())
        .toList();
  }

  List<ExportTraceServiceRequest> traces() {
    return calls.stream()
        .filter(call -> call.path().equals("/v1/traces"))
        .map(
            call -> {
              try {
                return ExportTraceServiceRequest.parseFrom(call.body());
              } catch (InvalidProtocolBufferException e) {
                throw new UncheckedIOException(e);
              }
            })
        .toList();
  }

  List<Metric> metrics() {
    return calls.stream()
        .filter(call -> call.path().equals("/v1/metrics"))
        .map(
            call -> {
              try {
                return ExportMetricsServiceRequest.parseFrom(call.body());
              } catch (InvalidProtocolBufferException e) {
                throw new UncheckedIOException(e);
              }
            })
        .flatMap(request -> request.getResourceMetricsList().stream())
        .flatMap(resource -> resource.getScopeMetricsList().stream())
        .flatMap(scope -> scope.getMetricsList().stream())
        .toList();
  }

  /** Attributes by name, their values as text. */
  static Map<String, String> read(List<KeyValue> attributes) {
    Map<String, String> all = new TreeMap<>();
    attributes.forEach(pair -> all.put(pair.getKey(), text(pair.getValue())));
    return all;
  }

  private static String text(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case INT_VALUE -> String.valueOf(value.getIntValue());
      case DOUBLE_VALUE -> String.valueOf(value.getDoubleValue());
      case BOOL_VALUE -> String.valueOf(value.getBoolValue());
      case ARRAY_VALUE ->
          value.getArrayValue().getValuesList().stream()
              .map(StandInCollector::text)
              .toList()
              .toString();
      case KVLIST_VALUE, BYTES_VALUE, STRING_VALUE_STRINDEX, VALUE_NOT_SET ->
          throw new AssertionError("nobody sends " + value);
    };
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
