package io.streamgauge.deploy.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.deploy.Streamgauge;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The generated parts of the pages say what the code says. */
class GeneratedPagesTest {
  private static final String REWRITE =
      "mvn test -pl deploy -am -Dtest=GeneratedPagesTest -Dsurefire.failIfNoSpecifiedTests=false"
          + " -Ddocs=write";

  @Test
  void everyGeneratedPartSaysWhatTheCodeSays() throws IOException {
    Map<String, String> parts =
        Map.of(
            "commands", CommandPages.of(Streamgauge.commandLine()),
            "findings", EnumTables.findings(),
            "latencies", EnumTables.latencies(),
            "outcomes", EnumTables.outcomes(),
            "result", SchemaTables.of(SchemaTables.read("result.schema.json")),
            "calls", ApiTable.of(SchemaTables.read("openapi.json")));

    for (Page page : Page.all()) {
      assertThat(parts.keySet()).containsAll(page.parts());
      Page held = page;
      for (String name : page.parts()) {
        held = held.with(name, parts.get(name));
      }
      if (System.getProperty("docs", "").equals("write")) {
        held.write();
      } else {
        assertThat(page.text())
            .as("%s is not what the code says; to rewrite it: %s", page.name(), REWRITE)
            .isEqualTo(held.text());
      }
    }
    assertThat(Page.all().stream().flatMap(page -> page.parts().stream()))
        .containsExactlyInAnyOrderElementsOf(parts.keySet());
  }
}
