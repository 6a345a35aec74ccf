package io.streamgauge.controller.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
  @Test
  void plainTextStaysAsItIs() {
    assertThat(Csv.cell("connection reset")).isEqualTo("connection reset");
    assertThat(Csv.cell("")).isEmpty();
    assertThat(Csv.cell("größer 漢字 a-b=c+d@e")).isEqualTo("größer 漢字 a-b=c+d@e");
  }

  @Test
  void commasAndQuotesAreQuoted() {
    assertThat(Csv.cell("a,b")).isEqualTo("\"a,b\"");
    assertThat(Csv.cell("say \"no\"")).isEqualTo("\"say \"\"no\"\"\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(1)"})
  void whatASpreadsheetWouldTakeForAFormulaIsLedByAnApostrophe(String text) {
    assertThat(Csv.cell(text)).isEqualTo("'" + text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '^',
      quoteCharacter = '~',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "\uff1d1+1^'\uff1d1+1",
        "\uff0b1^'\uff0b1",
        "\uff0d1^'\uff0d1",
        "\uff20SUM(A1)^'\uff20SUM(A1)",
        "\ufe661^'\ufe661",
        "a;=1+1^a;'=1+1",
        "a; @SUM(A1)^a;' @SUM(A1)",
        ";=1^;'=1",
        "a|+1^a|'+1",
        "a;\uff1d1^a;'\uff1d1",
        "\u00a0=1^'\u00a0=1",
        "\ufeff=1^'\ufeff=1"
      })
  void aFormulaIsNoneInOtherFormsAndBehindOtherSeparators(String text, String cell) {
    assertThat(Csv.cell(text)).isEqualTo(cell);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '^',
      quoteCharacter = '~',
      value = {
        "a,=1^\"a,'=1\"",
        "a\"=1^\"a\"\"'=1\"",
        "a;\"=cmd|' /C calc'!A0^\"a;\"\"'=cmd|' /C calc'!A0\""
      })
  void noRunOfSeparatorsLeadsToAFormula(String text, String cell) {
    assertThat(Csv.cell(text)).isEqualTo(cell);
    assertThat(Csv.cell("\t=1")).isEqualTo("' =1");
    assertThat(Csv.cell("\r\n@x")).isEqualTo("' @x");
  }

  @Test
  void aFormulaWithACommaIsBothLedAndQuoted() {
    assertThat(Csv.cell("=SUM(1,\"2\")")).isEqualTo("\"'=SUM(1,\"\"2\"\")\"");
  }

  @Test
  void lineEndsAndControlCharactersBecomeOneBlank() {
    assertThat(Csv.cell("two\r\nlines\tand\u001b[31mred")).isEqualTo("two lines and [31mred");
  }

  @Test
  void whatATerminalActsOnBecomesABlank() {
    assertThat(Csv.cell("a\u007fb\u009b31mc\u2028d\u001be")).isEqualTo("a b 31mc d e");
  }
}
