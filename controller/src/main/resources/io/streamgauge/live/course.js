'use strict';
// What a run has told second by second. A level begins again at 0, so its seconds are laid behind those before.
const LONGEST = 2400;
// A shorter while says nothing of a rate.
const LEAST = 0.5;
// What a GPU tells, and which it is.
const OF_GPU = ' of GPU ';

class Course {
  constructor() {
    this.columns = {at: [], tokens: [], flight: [], ttft: [], ttft50: [], ttft99: [], itl: [], itl50: [], itl99: []};
    this.boards = {at: []};
    this.engine = {at: [], ...Object.fromEntries(ENGINE_GAUGES.map(({key}) => [key, []]))};
    this.base = 0;
    this.before = null;
  }

  // In seconds of the run; of a level's first second there is nothing before. Another repeat of a level has its name, and begins at 0.
  moment(level, elapsed) {
    if (this.level !== level || this.base + seconds(elapsed) < this.latest) {
      this.level = level;
      this.base = this.latest ?? 0;
      this.before = null;
    }
    this.latest = this.base + seconds(elapsed);
    return this.latest;
  }

  stats(live) {
    const at = this.moment(live.backend + ' ' + live.level, live.elapsed), sums = live.totals, before = this.before ?? {at: this.base, totals: {}};
    const grown = key => (sums[key] ?? 0) - (before.totals[key] ?? 0);
    const mean = (sum, count) => grown(count) > 0 ? grown(sum) / grown(count) : null;
    const arrived = 'arrived_tokens' in sums ? 'arrived_tokens' : 'output_tokens';
    const over = at - before.at;
    const row = {at, tokens: over > 0 ? Math.max(0, grown(arrived)) / over : null, flight: live.in_flight,
      ttft: mean('ttft_sum', 'ttft_count'), ttft50: live.ttft_p50 ?? null, ttft99: live.ttft_p99 ?? null,
      itl: mean('itl_sum', 'itl_count'), itl50: live.itl_p50 ?? null, itl99: live.itl_p99 ?? null};
    if (over >= LEAST) {
      this.before = {at, totals: sums};
      Object.entries(row).forEach(([key, value]) => this.columns[key].push(value));
      thin(this.columns);
    }
    return row;
  }

  observed(seen) {
    const at = this.moment(seen.stage.backend + ' ' + seen.stage.level, seen.elapsed);
    if (seen.boards.length) {
      const rows = this.boards.at.push(at);
      for (const board of seen.boards) {
        for (const [key, value] of Object.entries(board.values)) {
          (this.boards[key + OF_GPU + `${board.gpu}, ${board.agent}`] ??= Array(rows - 1).fill(null)).push(value);
        }
      }
      Object.values(this.boards).filter(one => one.length < rows).forEach(one => one.push(null));
      thin(this.boards);
    }
    if (Object.keys(seen.engine).length) {
      this.engine.at.push(at);
      ENGINE_GAUGES.forEach(({key}) => this.engine[key].push(seen.engine[key] ?? null));
      thin(this.engine);
    }
  }
}

// Of a long run every second moment is let go.
function thin(columns) {
  if (columns.at.length > LONGEST) Object.keys(columns).forEach(key => { columns[key] = columns[key].filter((_, i) => i % 2); });
}
