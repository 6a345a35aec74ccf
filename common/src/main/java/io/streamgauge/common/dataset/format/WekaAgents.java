package io.streamgauge.common.dataset.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.dataset.Shown;
import io.streamgauge.common.dataset.row.Blocks;
import io.streamgauge.common.dataset.row.FileRow;
import io.streamgauge.common.dataset.row.Occasion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * WEKA's traces of coding agents: a row is a session with its requests, among which stand those of
 * sub-agents. Ids of blocks mean something within their session only.
 */
final class WekaAgents implements RowFormat {
  private static final long SECOND = 1_000_000_000;
  private static final int BLOCK = 64;

  @Override
  public String name() {
    return "weka";
  }

  @Override
  public String units() {
    return "t and think_time in s, t since the session's start, blocks of 64 tokens unless"
        + " block_size says otherwise";
  }

  @Override
  public boolean timesOfSessions() {
    return true;
  }

  @Override
  public boolean fits(Fields first) {
    return first.hasArray("requests");
  }

  @Override
  public List<FileRow> read(Fields row) {
    String id = row.text("id").orElse(String.valueOf(row.number()));
    int block = row.tokens("block_size").orElse(BLOCK);
    List<FileRow> rows = new ArrayList<>();
    requests(
        row,
        row.array("requests"),
        new Session(id, id.hashCode() * 0x9E37_79B9_7F4A_7C15L, block),
        rows);
    return rows.isEmpty() ? List.of(new FileRow.Skipped("a session without requests")) : rows;
  }

  private record Session(String id, long scope, int block) {
    Session sub(String agent) {
      return new Session(id + "/" + agent, scope, block);
    }
  }

  private static void requests(
      Fields row, Iterable<JsonNode> requests, Session session, List<FileRow> rows) {
    for (JsonNode request : requests) {
      Fields fields = new Fields(row.number(), request, Map.of(), false, new TreeSet<>());
      String type = fields.text("type").orElse("n");
      switch (type) {
        case "n", "s" -> rows.add(request(fields, session));
        case "subagent" ->
            requests(
                row,
                fields.array("requests"),
                session.sub(fields.text("agent_id").orElse("agent")),
                rows);
        default -> throw new PlanException("requests.type", Shown.text(type), "n, s or subagent");
      }
    }
  }

  private static FileRow request(Fields request, Session session) {
    return new FileRow.Lengths(
        request.needTokens("in"),
        request.needTokens("out"),
        request
            .ids("hash_ids")
            .map(ids -> ids.stream().map(id -> id ^ session.scope()).toList())
            .map(ids -> new Blocks(ids, session.block())),
        new Occasion(
            request.nanos("t", SECOND),
            request.nanos("think_time", SECOND),
            Optional.of(session.id())));
  }
}
