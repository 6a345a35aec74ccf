package io.streamgauge.controller.result.finding;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Everything that can be flagged on a level, with what it means and what to do about it. */
public enum FindingCode {
  NOTHING_MEASURED(
      "no request of the level, or of one of its models, was answered in full, or none in the"
          + " level's time: there is nothing to judge, and the run failed",
      "see the message: what was planned, what became of it and what to change"),
  STOPPED_EARLY(
      "the level ended before its work was done: its numbers are those of a part, and it is not"
          + " valid",
      "see why it ended, and run it again"),
  AGENT_LOST(
      "an agent was lost, and its part of the load with it: nobody took it over, and the run is"
          + " `degraded`; one that was lost before the start is only told",
      "see `lost_agents` and that agent's log; run it again for the whole load"),
  AGENT_RELEASE(
      "an agent is of another release than the controller, though of the same protocol",
      "install one release on all hosts"),
  START_SPREAD(
      "the agents' load began more than 10 ms apart, the error of their clocks included",
      "see `started_at_ms` and `clock_bound_ms` of each agent; give busy hosts free cores"),
  REQUESTS_FAILED(
      "requests failed; they count into no latency and no rate",
      "see outcome, status and error in the requests file"),
  SESSIONS_FAILED(
      "a turn that failed ended its session, and the turns after it were never sent: later turns"
          + " are those of the sessions that held out",
      "see which turns failed in the requests file, and read the turns' numbers (`sessions`) with"
          + " how many each has"),
  TOKENS_NOT_COUNTED(
      "the server gave no usage, so chunks are counted as tokens",
      "have the server send usage (`stream_options.include_usage`)"),
  USAGE_DOUBTED(
      "the server's count of an answer's tokens cannot be right: below the chunks that bear some,"
          + " above the limit that was asked for without as many chunks, or no total at all; chunks"
          + " are counted instead",
      "compare with no run whose tokens were counted; mend the server's `usage`"),
  HIDDEN_REASONING(
      "the server counted tokens of reasoning that it never showed: they are in `hidden_tokens`,"
          + " and in no other number, for nobody knows when they came",
      "have the server show its reasoning, or read TTFT as the end of it"),
  NO_FINISH_REASON(
      "answers ended without a finish reason: they may have been cut",
      "see whether a gateway ends broken streams with `[DONE]`"),
  NO_DONE(
      "answers ended with a finish reason but without `[DONE]`; their end is their last event",
      "nothing to do"),
  CONTENT_TYPE(
      "event streams came under another content type", "nothing to do; other clients refuse them"),
  UNFRAMED_STREAM(
      "chunks came as bare lines of JSON, not as the data of events",
      "see that the URL is that of the API that was asked for"),
  UNKNOWN_EVENTS(
      "an event or a line of a stream was neither a known chunk nor a known keep-alive",
      "read it in the finding's message: it bears no token that is known"),
  UNKNOWN_TEXT(
      "chunks held a text under a name that is not known; it counts as no token, so TTFT and gaps"
          + " may be too long",
      "see the name in the finding's message, and report it"),
  CHUNKS_NOT_TOKENS(
      "fewer than 0.8 chunks a token: gaps between tokens cannot be known, ITL is not given",
      "read `icl_ms`, or have the server send one token a chunk"),
  FIRST_CHUNK_TOKENS(
      "first chunks held several tokens, which flatters TPOT",
      "read `tpot_after_first_ms` beside `tpot_ms`"),
  OUTPUT_LENGTH(
      "answers ended by themselves although `--ignore-eos` was given, or the server ended them for"
          + " their length before the length that was asked for",
      "the engine does not know `ignore_eos`, or has a limit of its own; compare no rates with one"
          + " that does as it is asked"),
  CONTEXT_SHORT(
      "before the load, prompts with their answers could need more tokens than the server says that"
          + " it takes for a request: which are refused, and which answered in part, is in the"
          + " message; lengths that nobody told are estimated, as a token for 4 bytes",
      "see the message for the setting; ask for fewer tokens (`--max-tokens`), or use shorter"
          + " prompts"),
  CONTEXT_FULL(
      "answers ended for their length with fewer tokens than were asked for: with their prompts"
          + " they filled the server's context",
      "give each request more context (llama.cpp: `ctx_size / n_parallel`), or ask for fewer"
          + " tokens; compare no rates with answers of full length"),
  CAP_REACHED(
      "`--max-concurrency` held requests back, so for that time the loop was not open",
      "read the latencies from the due time; raise the cap or lower the rate"),
  REQUESTS_DROPPED(
      "requests were due but still waited for the cap when the level's time was over",
      "the server cannot take this rate"),
  CLIENT_LAG(
      "what the client may have added to a metric at p99 is over `--max-client-error` (2 %) of its"
          + " median: stamps of events that came in one read with a later one, stamps that the"
          + " client took itself while its event loops were late, sendings that were stamped early"
          + " or were behind their due time. `validity.metrics` tells it by metric. The level is"
          + " void where the run is about such a metric (those of its objectives, else TTFT, ITL,"
          + " ICL, TPOT, E2E and throughput), unless the target is our own engine in the same"
          + " process. A second one tells of throughput",
      "give the client free cores, fewer streams an agent or more agents"),
  CLIENT_OVERLOADED(
      "a lane used more than nine tenths of a core: requests go out late, and stamps are late that"
          + " the client takes itself; void where `client_lag` is",
      "use fewer streams an agent, or more agents on other cores or hosts"),
  CLIENT_BUSY(
      "a lane used more than half of a core, from where lateness grows fast",
      "use fewer streams an agent or more agents"),
  CLOCK_STEP(
      "the wall clock of a client's host was set during the level. Spans and series are of the"
          + " monotonic clock and hold; times of day (`started_at`, names of files) go on by the"
          + " clock as it was when the process started",
      "nothing to do, but to add the step where the result is held against logs of others"),
  CPU_STOLEN(
      "the hypervisor gave more than 2 % of the client host's processor time to other guests",
      "measure from a host of your own"),
  CACHE_WARM(
      "by the server's count more than 5 % of the input tokens were in its prefix cache already:"
          + " TTFT is that of a warm cache",
      "empty the cache before the run, or use more prompts than requests, where a cold one is"
          + " meant"),
  PROMPT_LENGTH(
      "by the server's count prompts are over 5 % longer or shorter than the dataset asks"
          + " (`input_tokens`): chat template, special tokens or another tokenizer; or of prompts"
          + " made to length more than 1 % are not of it",
      "compare runs by the server's count (`input_tokens`), or use the model's own tokenizer to"
          + " make the prompts"),
  PROMPTS_MADE(
      "the prompts were made to length for this server, and how the tokens of words were counted",
      "nothing to do; see `prompt_length` in the metrics for the lengths that the server counted"),
  TOKENIZER_MISFIT(
      "the tokenizer that was given (`--tokenizer`) is over 1 % off the server's count of the same"
          + " prompts: it is another model's",
      "give that of the model that is served, or leave the option out, so that the server counts"),
  TEXT_KEPT(
      "the texts of the answers were kept (`--keep-text`), which costs the client time",
      "leave the option out where latencies are to be compared, or see that `loop_lag_ms` is"
          + " small"),
  REQUESTS_RESENT(
      "the server had closed kept connections, and acknowledged no byte of the requests written to"
          + " them: these, which it cannot have read, went over new ones; their times count from"
          + " the first sending (`connections.resent`)",
      "nothing to do; where it happens often, the server closes connections that it says it keeps"),
  BUFFERED_STREAM(
      "half of the chunks, or more, came together with the one before them, or half of the answers"
          + " in one burst at their end: something on the way holds tokens back. Only told where so"
          + " many came while the client did not look that it cannot know",
      "measure without the proxy between, or turn its buffering off; ITL and ICL are not the"
          + " model's"),
  SERVER_DISAGREES(
      "the server's own mean TTFT or ITL is more than 10 % off the client's: what is above it is"
          + " the way between, what is below it was held back on the way",
      "measure from nearer by and without a proxy; see `engine` in the result for both"),
  ENGINE_LATE(
      "the simulated engine wrote its tokens late by its own schedule, at p99 by more than"
          + " `--max-client-error` (2 %) of the median TTFT or gap: that much of the numbers is its"
          + " lateness, and neither the client's nor what was to be simulated",
      "give the engine a core of its own, or fewer streams; see `engine.schedule_error`"),
  WARMUP_FAILED(
      "requests of the warm-up before the level were not answered: it may have begun cold",
      "see the message; warm up until requests are answered, then measure"),
  FINISH_REASONS(
      "answers ended otherwise than by `stop` or `length`",
      "see `finish_reasons`; compare only runs with the same mix"),
  ONE_TOKEN_ANSWERS(
      "answers of a single token have no TPOT; a limit on it is undetermined for them",
      "ask for more tokens (`--max-tokens`), or judge them by TTFT alone"),
  RATE_NOT_ACHIEVED(
      "fewer requests were sent, or answered, than the rate asks for, by more than 2 %",
      "the server, the cap or the client cannot take this rate: lower it"),
  WINDOW_SHORT(
      "the level's duration is shorter than an answer takes at the median: its rates are those of a"
          + " beginning",
      "run longer (`--duration`), some times as long as an answer takes"),
  ARRIVAL_LAW(
      "the gaps between requests do not follow the law that was asked for",
      "raise the cap, give the client free cores, or lower the rate"),
  PHASE_LOCK(
      "the users of the closed loop run in step: TTFT repeats with every round",
      "vary the output length, or use an open loop (`--rate`)"),
  TREND(
      "throughput or TTFT drifts by more than 10 % from the first half of the level to the second",
      "warm up more (`--warmup`), run longer, and read `steady_state`"),
  SAME_HOST(
      "client and server run on one host and take each other's processors; a warning where"
          + " something waited for one in more than a fifth of the level's time"
          + " (`cpu_pressure_share`)",
      "good for a try; for numbers to be compared run the client elsewhere"),
  UNVERIFIED_SERVER(
      "the server's certificate was not verified (`--insecure`)",
      "give the authority that signed it (`--ca`)"),
  PROXY_IGNORED(
      "the environment of a load agent names a proxy for the target, which is not used: it would be"
          + " measured in the target's place",
      "nothing to do where the target is reached; else measure from a host that reaches it"),
  ENGINE_CAP(
      "more requests were in flight than the engine serves at once; the others queued inside it",
      "raise the engine's limit, or lower the concurrency"),
  AGENT_OUTLIER(
      "one agent's mean TTFT is over 20 % off that of the others",
      "look at that agent's host and its way to the server; leave it out and run again"),
  FIXED_ORDER(
      "several backends were measured one after the other, once each",
      "run them again in another order before calling one faster"),
  GPU_HOST_ASSUMED(
      "an agent's GPUs were sampled although nothing shows that the target runs on its host",
      "give the target's URL by the agent's host name, or leave that agent out"),
  GPU_LOST(
      "a GPU fell away; its numbers end there, and there is no energy",
      "see the kernel log of that host (`Xid`); run it again"),
  GPU_COVERAGE(
      "more than a tenth of a GPU's samples are missing, so its means are those of the rest",
      "give the GPU's host a free core, or sample less often (`--gpu-interval`)"),
  GPU_THROTTLED(
      "something held a GPU's clocks back: `clock_events` tells what, and for how long",
      "put the clocks beside the numbers when you compare; a hot board needs air, a capped one a"
          + " higher limit"),
  GPU_SHARED(
      "others computed on the GPU, or it is split into instances (MIG): its numbers are those of"
          + " the whole board",
      "stop the others, or read no energy into the target"),
  GPU_UNUSED(
      "a GPU ran no kernel during the level, and its idle energy is in the total",
      "leave it out with `--gpu`"),
  ENERGY_WINDOW_SHORT(
      "the level's window is shorter than 2 s: the energy counter moves in steps too coarse for it",
      "run longer (`--duration`)"),
  ENERGY_COUNTER_RESET(
      "a GPU's energy counter began anew, so there is no energy for the level",
      "see whether the driver was loaded anew; run it again"),
  ENERGY_DISAGREE(
      "sampled power, integrated, is more than 5 % off the energy counter",
      "trust the counter; power that is averaged or sampled for a part of the time misses peaks");

  private final String meaning;
  private final String remedy;

  FindingCode(String meaning, String remedy) {
    this.meaning = meaning;
    this.remedy = remedy;
  }

  public String meaning() {
    return meaning;
  }

  public String remedy() {
    return remedy;
  }

  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
