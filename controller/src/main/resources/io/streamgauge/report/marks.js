'use strict';
// What is drawn behind the lines of a chart.
const behind = draw => ({hooks: {drawClear: plot => {
  plot.ctx.save();
  draw(plot, plot.ctx, plot.bbox);
  plot.ctx.restore();
}}});

function band(plot, from, to, label) {
  const {left, top, width, height} = plot.bbox, {ctx} = plot;
  const a = Math.max(left, plot.valToPos(from, 'x', true)), b = Math.min(left + width, plot.valToPos(to, 'x', true));
  if (b <= a) return;
  ctx.fillRect(a, top, b - a, height);
  if (b - a > ctx.measureText(label).width + 8) {
    ctx.save();
    ctx.fillStyle = colour('faint');
    ctx.fillText(label, a + 4, top + 4);
    ctx.restore();
  }
}

// Where the load was not steady, and where answers were waited for and nothing was sent any more.
const phaseBands = ({steady_state: steady}, course) => behind((plot, ctx) => {
  const sent = course.last_sent_ms / 1000, end = course.tokens_per_s.length * course.step_ms / 1000;
  ctx.fillStyle = colour('grid');
  ctx.font = 12 * devicePixelRatio + 'px system-ui';
  ctx.textBaseline = 'top';
  if (steady && steady.found) {
    band(plot, 0, steady.from_s, 'ramp');
    band(plot, Math.min(steady.to_s, sent), sent, 'after the steady state');
  }
  band(plot, sent, end, 'drain');
});

// A map of cells: columns by time, rows by their edges.
const cells = map => behind((plot, ctx, {left, top, width, height}) => {
  const most = Math.max(...map.cells.flat());
  ctx.beginPath();
  ctx.rect(left, top, width, height);
  ctx.clip();
  ctx.fillStyle = colour('one');
  map.cells.forEach((column, i) => {
    const a = plot.valToPos(i * map.step_ms / 1000, 'x', true), b = plot.valToPos((i + 1) * map.step_ms / 1000, 'x', true);
    column.forEach((count, row) => {
      if (count === 0) return;
      const upper = plot.valToPos(map.edges[row + 1], 'y', true), lower = plot.valToPos(map.edges[row], 'y', true);
      ctx.globalAlpha = 0.1 + 0.8 * Math.sqrt(count / most);
      ctx.fillRect(a, upper, b - a, lower - upper);
    });
  });
});

// An upright line with a name.
const upright = (x, label) => behind((plot, ctx, {left, top, width, height}) => {
  const at = plot.valToPos(x, 'x', true);
  ctx.strokeStyle = ctx.fillStyle = colour('faint');
  ctx.setLineDash([4, 4]);
  ctx.beginPath();
  ctx.moveTo(at, top);
  ctx.lineTo(at, top + height);
  ctx.stroke();
  ctx.font = 12 * devicePixelRatio + 'px system-ui';
  ctx.textBaseline = 'bottom';
  ctx.textAlign = at > left + width / 2 ? 'right' : 'left';
  ctx.fillText(' ' + label + ' ', at, top + height - 4);
});
