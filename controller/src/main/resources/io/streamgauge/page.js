"use strict";
const element = id => document.getElementById(id);
// Text nodes only: nothing that comes from an agent or a plan is ever read as markup.
function fill(id, rows) {
  element(id).replaceChildren(...rows.map(cells => {
    const row = document.createElement("tr");
    cells.forEach(cell => row.insertCell().textContent = cell ?? "");
    return row;
  }));
}
async function ask(path) {
  const token = element("token").value;
  const headers = token ? { Authorization: "Bearer " + token } : {};
  const answer = await fetch(path, { headers });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.detail);
  return body;
}
async function refresh() {
  try {
    const [agents, runs] = await Promise.all([ask("/api/v1/agents"), ask("/api/v1/runs")]);
    fill("agents", agents.map(a => [a.id, a.roles.join(", "), a.host, a.cores, a.lanes, a.version,
      a.state, a.last_heard_s.toFixed(1) + " s ago", a.reason]));
    fill("runs", runs.map(r => [r.id, r.name, r.state, r.status, r.submitted_at, r.live && r.live.done + (r.live.total ? "/" + r.live.total : ""),
      r.live?.failed, r.exit_code]));
    element("state").textContent = "";
  } catch (problem) {
    element("state").textContent = problem.message;
  }
}
element("login").addEventListener("submit", event => { event.preventDefault(); refresh(); });
setInterval(refresh, 2000);
refresh();
