package io.streamgauge.agent.client.answer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.measure.AnswerText;
import org.junit.jupiter.api.Test;

class KeptTextTest {
  private static KeptText of(TextRoom room, String... deltas) {
    KeptText text = new KeptText(room);
    for (String delta : deltas) {
      byte[] event =
          "{\"choices\":[{\"index\":0,\"delta\":{%s}}]}".formatted(delta).getBytes(UTF_8);
      text.add(event, 0, event.length);
    }
    return text;
  }

  private static String content(String text) {
    return "\"content\":\"" + text + "\"";
  }

  private static String reasoning(String text) {
    return "\"reasoning_content\":\"" + text + "\"";
  }

  @Test
  void answerAndReasoningAreKeptApartAndUnescaped() {
    AnswerText kept =
        of(
                new TextRoom(100, 100),
                "\"role\":\"assistant\"",
                reasoning("hm"),
                content("a\\n\\\"b\\\" "),
                content("\\u4e16"))
            .whole();

    assertThat(kept).isEqualTo(new AnswerText("a\n\"b\" 世", "hm", 0));
  }

  @Test
  void anAnswerIsCutAtItsLimitAndTheRestCounted() {
    TextRoom room = new TextRoom(100, 5);

    assertThat(of(room, reasoning("123"), content("456"), content("78")).whole())
        .isEqualTo(new AnswerText("45", "123", 3));
    assertThat(of(room, content("ab")).whole())
        .as("the next answer has its own")
        .isEqualTo(new AnswerText("ab", "", 0));
  }

  @Test
  void allAnswersOfALaneShareItsRoom() {
    TextRoom room = new TextRoom(4, 100);

    assertThat(of(room, content("123")).whole()).isEqualTo(new AnswerText("123", "", 0));
    assertThat(of(room, content("456")).whole()).isEqualTo(new AnswerText("4", "", 2));
    assertThat(of(room, content("789")).whole()).isEqualTo(new AnswerText("", "", 3));
  }

  @Test
  void halfOfACharacterCanStillBeWritten() {
    assertThat(of(new TextRoom(9, 9), content("\\ud83c"), content("\\udf88")).whole().text())
        .as("two events make one character")
        .isEqualTo("🎈");
    assertThat(of(new TextRoom(1, 1), content("🎈")).whole()).isEqualTo(new AnswerText("?", "", 1));
    assertThat(of(new TextRoom(9, 9), content("a\\ud83cb")).whole().text()).isEqualTo("a?b");
  }
}
