package io.streamgauge.agent.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.agent.stream.delta.Delta;
import io.streamgauge.agent.stream.delta.JsonDeltaReader;
import io.streamgauge.agent.stream.scan.ScanDeltaReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/** The byte scan says of every event, whole or damaged, what the JSON parser says. */
class ReadersAgreeTest {
  private static final String SEED = "20261124";

  private static final List<byte[]> CAPTURED =
      Captures.streamed().keySet().stream()
          .flatMap(name -> Captures.payloads(Captures.body(name)).stream())
          .toList();

  /** Keys that mean something somewhere, and some that never do. */
  private static final String[] KEYS = {
    "choices",
    "delta",
    "text",
    "finish_reason",
    "content",
    "reasoning_content",
    "reasoning",
    "refusal",
    "role",
    "tool_calls",
    "function_call",
    "function",
    "name",
    "arguments",
    "usage",
    "prompt_tokens",
    "completion_tokens",
    "reasoning_tokens",
    "prompt_tokens_details",
    "completion_tokens_details",
    "cached_tokens",
    "object",
    "error",
    "message",
    "id",
    "größe",
    "cont\\u0065nt",
    "",
    "contents",
    "index"
  };

  private static final String[] LEAVES = {
    "null",
    "true",
    "false",
    "0",
    "-0",
    "7",
    "42",
    "-1",
    "1.5",
    "1e3",
    "1E-2",
    "0.0",
    "999999999",
    "2147483647",
    "2147483648",
    "9999999999",
    "\"\"",
    "\"a\"",
    "\"error\"",
    "\"stop\"",
    "\"length\"",
    "\"eos\"",
    "\"st\\u006fp\"",
    "\"\\n\"",
    "\"\\\"\\\\\\/\"",
    "\"静か😀\"",
    "\"\\ud83d\\ude00\"",
    "\"\\ud83d\"",
    "\"a longer text that goes on \\t over more than one word\""
  };

  private final ScanDeltaReader scan = new ScanDeltaReader();
  private final JsonDeltaReader parser = new JsonDeltaReader();
  private final Delta scanned = new Delta();
  private final Delta parsed = new Delta();

  @Example
  void onEveryCapturedEvent() {
    CAPTURED.forEach(this::agree);
  }

  @Example
  void onEveryCapturedEventCutShortAnywhere() {
    for (byte[] event : CAPTURED.stream().filter(event -> event.length < 600).limit(150).toList()) {
      for (int length = 0; length < event.length; length++) {
        agree(Arrays.copyOf(event, length));
      }
    }
  }

  @Property(tries = 5_000, seed = SEED, shrinking = ShrinkingMode.BOUNDED)
  void onDamagedCaptures(@ForAll("captured") byte[] event, @ForAll("damage") List<Edit> damage) {
    agree(event);
    agree(damaged(event, damage));
  }

  @Property(tries = 5_000, seed = SEED, shrinking = ShrinkingMode.BOUNDED)
  void onMadeUpEvents(@ForAll("events") String event) {
    agree(event.getBytes(UTF_8));
    Statistics.label("taken by the scan alone")
        .collect(scan.scan(event.getBytes(UTF_8), 0, event.getBytes(UTF_8).length, scanned));
    Statistics.label("taken by the scan alone")
        .coverage(coverage -> coverage.check(true).percentage(share -> share > 5));
  }

  @Property(tries = 5_000, seed = SEED, shrinking = ShrinkingMode.BOUNDED)
  void onDamagedMadeUpEvents(@ForAll("events") String event, @ForAll("damage") List<Edit> damage) {
    agree(damaged(event.getBytes(UTF_8), damage));
  }

  @Property(tries = 3_000, seed = SEED, shrinking = ShrinkingMode.BOUNDED)
  void onTextsThatFitTheEventBeforeOrBreakIt(@ForAll("texts") byte[] text) {
    agree(saying("before".getBytes(UTF_8)));
    agree(saying(text));
  }

  @Property(tries = 3_000, seed = SEED, shrinking = ShrinkingMode.BOUNDED)
  void onTextOfAnyBytes(@ForAll byte[] text) {
    agree(saying("before".getBytes(UTF_8)));
    agree(saying(text));
  }

  private static byte[] saying(byte[] text) {
    String before = "{\"choices\":[{\"delta\":{\"content\":\"";
    byte[] event = (before + "\"}}]}").getBytes(UTF_8);
    return splice(event, before.length(), before.length(), text);
  }

  private void agree(byte[] event) {
    scan.read(event, 0, event.length, scanned);
    parser.read(event, 0, event.length, parsed);
    assertThat(scanned.toString()).as(new String(event, UTF_8)).isEqualTo(parsed.toString());
  }

  /** Texts that matter to JSON more often than chance would have them. */
  @Provide
  Arbitrary<byte[]> texts() {
    return Arbitraries.oneOf(
            Arbitraries.of(
                "\\",
                "\"",
                "\\u00e4",
                "\\u",
                "\n",
                "a",
                "静",
                "😀",
                "\",\"content\":\"",
                "\\n",
                "\\\""),
            Arbitraries.strings().ofMaxLength(9))
        .list()
        .ofMaxSize(4)
        .map(parts -> String.join("", parts).getBytes(UTF_8));
  }

  @Provide
  Arbitrary<byte[]> captured() {
    return Arbitraries.of(CAPTURED);
  }

  /** One change at a place given as a share of the length. */
  record Edit(Kind kind, int permille, byte value) {
    enum Kind {
      FLIP,
      REPLACE,
      DELETE,
      INSERT,
      TRUNCATE,
      REPEAT
    }
  }

  @Provide
  Arbitrary<List<Edit>> damage() {
    Arbitrary<Byte> structural =
        Arbitraries.of("{}[]\",:\\ntfu0123e-+. \t\n".chars().mapToObj(c -> (byte) c).toList());
    return Combinators.combine(
            Arbitraries.of(Edit.Kind.class),
            Arbitraries.integers().between(0, 999).withoutEdgeCases(),
            Arbitraries.oneOf(structural, Arbitraries.bytes()))
        .as(Edit::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }

  private static byte[] damaged(byte[] event, List<Edit> damage) {
    byte[] bytes = event;
    for (Edit edit : damage) {
      int at = bytes.length * edit.permille() / 1000;
      if (at < bytes.length) {
        bytes = apply(edit, bytes, at);
      }
    }
    return bytes;
  }

  private static byte[] apply(Edit edit, byte[] bytes, int at) {
    byte value = edit.value();
    return switch (edit.kind()) {
      case FLIP -> splice(bytes, at, at + 1, (byte) (bytes[at] ^ (1 << (value & 7))));
      case REPLACE -> splice(bytes, at, at + 1, value);
      case DELETE -> splice(bytes, at, at + 1);
      case INSERT -> splice(bytes, at, at, value);
      case TRUNCATE -> Arrays.copyOf(bytes, at);
      case REPEAT ->
          splice(bytes, at, at, Arrays.copyOfRange(bytes, Math.max(0, at - (value & 0x7F)), at));
    };
  }

  private static byte[] splice(byte[] bytes, int from, int to, byte... with) {
    byte[] spliced = Arrays.copyOf(bytes, bytes.length - (to - from) + with.length);
    System.arraycopy(with, 0, spliced, from, with.length);
    System.arraycopy(bytes, to, spliced, from + with.length, bytes.length - to);
    return spliced;
  }

  /** Events that look like real ones: known keys where they belong, sometimes of a wrong type. */
  @Provide
  Arbitrary<String> events() {
    Arbitrary<String> any = any();
    Arbitrary<String> text =
        mostly(Arbitraries.of("null", "\"\"", "\"a\"", "\"\\n\"", "\"静\""), any);
    Arbitrary<String> count =
        mostly(Arbitraries.of("null", "0", "7", "123456789", "1234567890", "9999999999"), any);
    Arbitrary<String> function =
        mostly(object(field("name", text), field("arguments", text), stray(any)), any);
    Arbitrary<String> toolCalls =
        mostly(array(object(field("function", function), field("index", count))), any);
    Arbitrary<String> delta =
        object(
            field("role", text),
            field("content", text),
            field("reasoning", text),
            field("reasoning_content", text),
            field("refusal", text),
            field("tool_calls", toolCalls),
            field("function_call", function),
            stray(any));
    Arbitrary<String> reason =
        mostly(Arbitraries.of("null", "\"stop\"", "\"abort\"", "\"x\""), any);
    Arbitrary<String> choice =
        object(
            field("delta", mostly(delta, any)),
            field("text", text),
            field("finish_reason", reason),
            stray(any));
    Arbitrary<String> usage =
        object(
            field("prompt_tokens", count),
            field("completion_tokens", count),
            field("reasoning_tokens", count),
            field("prompt_tokens_details", mostly(object(field("cached_tokens", count)), any)),
            field(
                "completion_tokens_details", mostly(object(field("reasoning_tokens", count)), any)),
            stray(any));
    return object(
        field("choices", mostly(array(choice), any)),
        field("usage", mostly(usage, any)),
        field("object", mostly(Arbitraries.of("\"chat.completion.chunk\"", "\"error\""), any)),
        stray(any));
  }

  private static Arbitrary<String> any() {
    return Arbitraries.lazyOf(
        () -> Arbitraries.of(LEAVES),
        () -> Arbitraries.of(LEAVES),
        () -> array(any()),
        () -> object(stray(any())));
  }

  private static Arbitrary<String> mostly(Arbitrary<String> usual, Arbitrary<String> other) {
    return Arbitraries.frequencyOf(Tuple.of(12, usual), Tuple.of(1, other));
  }

  private static Arbitrary<String> field(String key, Arbitrary<String> value) {
    return value.map(text -> "\"" + key + "\":" + text);
  }

  private static Arbitrary<String> stray(Arbitrary<String> value) {
    return Combinators.combine(Arbitraries.of(KEYS), value)
        .as((key, text) -> "\"" + key + "\" : " + text);
  }

  @SafeVarargs
  private static Arbitrary<String> object(Arbitrary<String>... fields) {
    List<Arbitrary<String>> choices = new ArrayList<>();
    for (Arbitrary<String> field : fields) {
      choices.add(field);
    }
    return Arbitraries.oneOf(choices)
        .list()
        .ofMaxSize(4)
        .map(some -> "{" + String.join(",", some) + "}");
  }

  private static Arbitrary<String> array(Arbitrary<String> element) {
    return element.list().ofMaxSize(2).map(some -> "[" + String.join(", ", some) + "]");
  }
}
