// What a server is doing, as it says itself. Everything that comes from it is shown as text, never
// as markup: a program may be called what it likes.
"use strict";

const WAVE_SECONDS = 5;
const MOST_AUDIT = 500;
const LEAST_DB = -60;
const MOST_DB = 20;

const byId = id => document.getElementById(id);
const rows = { devices: new Map(), streams: new Map(), grants: new Map() };
let token = takeToken();
let events = null;
let retryMillis = 500;
let auditSeen = 0;
let wave = { device: null, pieces: [], rate: 200 };

// ---- the token: it comes with the address once, and stays with this tab

function takeToken() {
  const address = new URL(location.href);
  const given = address.searchParams.get("token");
  if (given) {
    sessionStorage.setItem("pcmshare-token", given);
    address.searchParams.delete("token");
    history.replaceState(null, "", address);
  }
  return sessionStorage.getItem("pcmshare-token");
}

byId("login").addEventListener("submit", event => {
  event.preventDefault();
  token = byId("token").value.trim();
  sessionStorage.setItem("pcmshare-token", token);
  byId("token").value = "";
  connect();
});

// ---- the connection

function connection(state, text) {
  byId("connection").dataset.state = state;
  byId("connection").textContent = text;
  byId("login").hidden = state !== "locked";
}

function connect() {
  if (events) {
    events.close();
  }
  if (!token) {
    connection("locked", "locked");
    return;
  }
  const query = new URLSearchParams({ token });
  if (byId("wave-device").dataset.chosen) {
    query.set("device", byId("wave-device").value);
  }
  const mine = new EventSource("events?" + query);
  events = mine;
  mine.addEventListener("state", event => {
    retryMillis = 500;
    connection("live", "live");
    showState(JSON.parse(event.data));
  });
  mine.addEventListener("audit", event => showAudit(JSON.parse(event.data)));
  mine.addEventListener("wave", event => takeWave(JSON.parse(event.data)));
  mine.addEventListener("error", () => {
    mine.close();
    if (events === mine) {
      lost();
    }
  });
}

// Why it broke an EventSource does not say: an answer without one does.
async function lost() {
  connection("lost", "no connection, trying again …");
  try {
    const answer = await fetch("metrics", { headers: { Authorization: "Bearer " + token } });
    if (answer.status === 401) {
      sessionStorage.removeItem("pcmshare-token");
      token = null;
      connection("locked", "wrong token");
      return;
    }
  } catch (gone) {
    // the server has ended; it may come back
  }
  setTimeout(connect, retryMillis);
  retryMillis = Math.min(10000, retryMillis * 2);
}

async function call(what, body) {
  try {
    const answer = await fetch("api/" + what, {
      method: "POST",
      headers: { "Content-Type": "application/json", Authorization: "Bearer " + token },
      body: JSON.stringify(body),
    });
    const said = await answer.json();
    complain(answer.ok ? null : said.error);
  } catch (gone) {
    complain("The server did not answer.");
  }
}

function complain(sentence) {
  byId("message").hidden = !sentence;
  byId("message").textContent = sentence || "";
}

// ---- making elements; texts go in as texts

function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  Object.assign(made, properties);
  made.append(...children);
  return made;
}

function cell(row, className = "") {
  const made = element("td", { className });
  row.append(made);
  return made;
}

function setText(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

// Keeps a row for each thing, so that what somebody holds (a slider, a button) stays under the hand.
function keep(kind, things, key, make, update) {
  const known = rows[kind];
  const body = byId(kind);
  const left = new Set(known.keys());
  things.forEach((thing, i) => {
    const id = key(thing);
    left.delete(id);
    if (!known.has(id)) {
      known.set(id, make(thing));
    }
    const row = known.get(id);
    if (body.children[i] !== row.node) {
      body.insertBefore(row.node, body.children[i] || null);
    }
    update(row, thing);
  });
  for (const id of left) {
    known.get(id).node.remove();
    known.delete(id);
  }
}

// ---- words

const baseName = path => path.slice(path.lastIndexOf("/") + 1) || "?";
const decibels = value => value === null ? "-∞ dB" : value.toFixed(1) + " dB";
const sound = it => it.format ? it.format + " " + it.channels + "×" + it.rate : "–";
const millis = nanos => (nanos / 1e6).toFixed(1) + " ms";

function duration(nanos) {
  const seconds = Math.floor(nanos / 1e9);
  const pad = number => String(number).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  return (hours ? hours + ":" : "") + pad(Math.floor(seconds / 60) % 60) + ":" + pad(seconds % 60);
}

function quantity(name, value) {
  if (!name.endsWith("_nanos")) {
    return String(value);
  }
  return value >= 1e9 ? (value / 1e9).toFixed(1) + " s"
    : value >= 1e6 ? (value / 1e6).toFixed(value >= 1e7 ? 0 : 1) + " ms"
    : Math.round(value / 1e3) + " µs";
}

// ---- the state

function showState(state) {
  setText(byId("up"), duration(state.upNanos));
  setText(byId("time"), state.time);
  setText(byId("cpu"), state.cpuPercent.toFixed(1) + " %");
  setText(byId("sessions"), String(state.sessions));
  setText(byId("xruns"), String(state.xruns));
  byId("xruns").className = state.xruns ? "bad" : "";
  setText(byId("version"), state.version);
  keep("devices", state.devices, device => device.name, makeDevice, updateDevice);
  keep("streams", state.streams, stream => stream.number, makeStream,
    (row, stream) => updateStream(row, stream, state.devices));
  keep("grants", state.grants, grant => grant.number + " " + grant.pid, makeGrant, updateGrant);
  byId("no-streams").hidden = state.streams.length > 0;
  byId("no-grants").hidden = state.grants.length > 0;
  offerWaveDevices(state.devices);
  showHistograms(state.histograms);
}

function makeMeter(parent, label) {
  const canvas = element("canvas", { className: "meter" });
  canvas.setAttribute("role", "meter");
  canvas.setAttribute("aria-label", label);
  canvas.setAttribute("aria-valuemin", LEAST_DB);
  canvas.setAttribute("aria-valuemax", 6);
  parent.append(canvas);
  return { canvas, held: { decibels: null, at: 0 } };
}

function updateMeter(meter, it) {
  Draw.meter(meter.canvas, it.peakDecibels, it.rmsDecibels, meter.held, performance.now());
  const level = it.peakDecibels === null ? LEAST_DB : it.peakDecibels;
  meter.canvas.setAttribute("aria-valuenow", level.toFixed(1));
  meter.canvas.setAttribute("aria-valuetext", decibels(it.peakDecibels));
  meter.canvas.title = decibels(it.peakDecibels);
}

function makeDevice(device) {
  const node = element("tr");
  const row = { node, name: cell(node), card: cell(node), state: cell(node), sound: cell(node) };
  row.meter = makeMeter(cell(node), "level of " + device.name);
  row.streams = cell(node, "number");
  row.xruns = cell(node, "number");
  row.choose = element("button", { type: "button", textContent: "☆" });
  row.choose.addEventListener("click", () => call("default", { device: device.name }));
  cell(node).append(row.choose);
  return row;
}

function updateDevice(row, device) {
  setText(row.name, device.name);
  setText(row.card, device.cardId);
  row.card.title = device.description;
  setText(row.state, device.state);
  row.state.className = device.state === "gone" ? "bad" : device.state === "idle" ? "faint" : "good";
  setText(row.sound, sound(device));
  row.sound.title = "period " + device.periodFrames + ", ring " + device.bufferFrames + " frames";
  updateMeter(row.meter, device);
  setText(row.streams, String(device.streams));
  setText(row.xruns, String(device.xruns));
  setText(row.choose, device.isDefault ? "★" : "☆");
  row.choose.disabled = device.isDefault;
  row.choose.title = device.name + (device.isDefault ? " is the default" : ": make it the default");
  row.choose.setAttribute("aria-label", row.choose.title);
}

function makeStream(stream) {
  const node = element("tr");
  node.dataset.stream = stream.number;
  const what = "stream " + stream.number;
  const row = { node, number: cell(node, "number"), program: cell(node, "program"), kind: cell(node),
    sound: cell(node), state: cell(node) };
  row.meter = makeMeter(cell(node), "level of " + what);
  row.latency = cell(node, "number");
  row.xruns = cell(node, "number");
  row.slider = element("input", { type: "range", min: LEAST_DB, max: MOST_DB, step: 0.5 });
  row.slider.setAttribute("aria-label", "volume of " + what);
  row.slider.addEventListener("input", () => {
    row.movedAt = performance.now();
    setText(row.volume, decibels(volumeOf(row.slider)));
    call("volume", { stream: stream.number, decibels: volumeOf(row.slider) });
  });
  row.volume = element("output");
  row.mute = element("button", { type: "button", className: "mute" });
  row.mute.addEventListener("click", () => call("mute",
    { stream: stream.number, muted: row.mute.getAttribute("aria-pressed") !== "true" }));
  cell(node).append(element("div", { className: "volume" }, row.slider, row.volume, row.mute));
  row.device = element("select");
  row.device.setAttribute("aria-label", "device of " + what);
  row.device.addEventListener("change",
    () => call("move", { stream: stream.number, device: row.device.value }));
  cell(node).append(row.device);
  const revoke = element("button", { type: "button", className: "danger", textContent: "revoke" });
  revoke.setAttribute("aria-label", "revoke " + what);
  revoke.addEventListener("click", () => revokeAsked(row.grant));
  cell(node).append(revoke);
  return row;
}

// the slider's left end is silence
function volumeOf(slider) {
  return Number(slider.value) <= LEAST_DB ? null : Number(slider.value);
}

function updateStream(row, stream, devices) {
  row.grant = { number: stream.number, program: stream.program, pid: stream.pid };
  setText(row.number, String(stream.number));
  setText(row.program, baseName(stream.program) + " [" + stream.pid + "]");
  row.program.title = stream.program;
  setText(row.kind, stream.mode === "shared" ? stream.kind : stream.kind + ", " + stream.mode);
  setText(row.sound, sound(stream));
  setText(row.state, stream.state.toLowerCase());
  row.state.className = stream.state === "RUNNING" ? "good" : stream.state === "XRUN" ? "bad" : "";
  updateMeter(row.meter, stream);
  setText(row.latency, millis(stream.latencyNanos));
  row.latency.title = stream.queuedFrames + " of " + stream.bufferFrames + " frames queued";
  setText(row.xruns, String(stream.xruns));
  row.xruns.className = stream.xruns ? "number bad" : "number";
  if (performance.now() - (row.movedAt || -1e9) > 1000) {
    row.slider.value = stream.volumeDecibels === null ? LEAST_DB : stream.volumeDecibels;
    setText(row.volume, decibels(stream.volumeDecibels));
  }
  row.mute.setAttribute("aria-pressed", String(stream.muted));
  setText(row.mute, stream.muted ? "muted" : "mute");
  const own = devices.find(device => device.name === stream.device);
  const direction = own ? own.direction : "playback";
  offer(row.device, devices.filter(d => d.direction === direction).map(d => d.name), stream.device);
}

function offer(select, names, chosen) {
  if (document.activeElement === select) {
    return; // somebody is choosing
  }
  const all = names.includes(chosen) ? names : [...names, chosen];
  if (all.join("\n") !== [...select.options].map(option => option.value).join("\n")) {
    select.replaceChildren(...all.map(name => element("option", { value: name, textContent: name })));
  }
  select.value = chosen;
}

function revokeAsked(grant) {
  const who = baseName(grant.program) + " [" + grant.pid + "]";
  if (confirm("Take back what " + who + " was granted? It will not be heard any more.")) {
    call("revoke", { grant: grant.number });
  }
}

function makeGrant(grant) {
  const node = element("tr");
  const row = { node, number: cell(node, "number"), holder: cell(node, "program"), device: cell(node),
    permissions: cell(node, "program"), ends: cell(node) };
  const revoke = element("button", { type: "button", className: "danger", textContent: "revoke" });
  revoke.setAttribute("aria-label", "revoke grant " + grant.number);
  revoke.addEventListener("click", () => revokeAsked(grant));
  cell(node).append(revoke);
  return row;
}

function updateGrant(row, grant) {
  setText(row.number, String(grant.number));
  setText(row.holder, baseName(grant.program) + " [" + grant.pid + "]");
  row.holder.title = grant.program + ", user " + grant.uid;
  setText(row.device, grant.device);
  setText(row.permissions, grant.permissions.join(", "));
  row.permissions.title = grant.permissions.join(", ");
  const ends = [];
  if (grant.leftNanos >= 0) {
    ends.push("in " + duration(grant.leftNanos));
  }
  if (grant.leftFrames >= 0) {
    ends.push("after " + grant.leftFrames + " frames");
  }
  setText(row.ends, ends.join(" or ") || "never");
}

// ---- waveform

function offerWaveDevices(devices) {
  const select = byId("wave-device");
  const first = devices.find(d => d.isDefault && d.direction === "playback") || devices[0];
  if (first) {
    offer(select, devices.map(d => d.name), select.dataset.chosen || first.name);
  }
}

byId("wave-device").addEventListener("change", event => {
  event.target.dataset.chosen = event.target.value;
  event.target.blur();
  connect();
});

function takeWave(event) {
  if (!event.goesOn) {
    wave = { device: event.device, pieces: [], rate: event.rate };
  }
  event.low.forEach((low, i) => wave.pieces.push([low, event.high[i]]));
  const shown = Math.ceil(event.rate * WAVE_SECONDS);
  wave.pieces.splice(0, Math.max(0, wave.pieces.length - shown));
  byId("wave").dataset.end = event.endPiece;
  Draw.wave(byId("wave"), wave.pieces, shown);
}

// ---- histograms

const TITLES = {
  wake_up_nanos: "woke late by",
  mix_nanos: "a pass took",
  queue_frames: "frames queued before a pass",
};

function showHistograms(histograms) {
  const parent = byId("histograms");
  histograms.forEach((histogram, i) => {
    let figure = parent.children[i];
    if (!figure) {
      figure = element("figure", {}, element("canvas"),
        element("figcaption", {}, element("strong"), element("span", { className: "faint" })));
      figure.firstChild.setAttribute("role", "img");
      parent.append(figure);
    }
    showHistogram(figure, histogram);
  });
}

function showHistogram(figure, histogram) {
  const name = histogram.name;
  const first = histogram.buckets.findIndex(bucket => bucket.count > 0);
  const shown = histogram.buckets.slice(Math.max(0, first));
  const place = value => Math.max(0, shown.findIndex(bucket => value <= bucket.upTo));
  const marks = histogram.count === 0 ? [] : [
    ["p50", place(histogram.p50), 0], ["p99", place(histogram.p99), 1]];
  Draw.histogram(figure.firstChild, shown.map(bucket => bucket.count), marks,
    shown.map(bucket => quantity(name, bucket.upTo)));
  const words = "p50 " + quantity(name, histogram.p50) + " · p99 " + quantity(name, histogram.p99)
    + " · max " + quantity(name, histogram.max) + " · " + histogram.count + " values";
  figure.firstChild.setAttribute("aria-label", (TITLES[name] || name) + ": " + words);
  setText(figure.querySelector("strong"), TITLES[name] || name);
  setText(figure.querySelector("span"), words);
}

// ---- audit

function showAudit(entry) {
  if (entry.number <= auditSeen && entry.number > 1) {
    return; // it was told again after the connection broke
  }
  if (entry.number === 1) {
    byId("audit").replaceChildren(); // another server, or all of it again
  }
  auditSeen = entry.number;
  const row = element("tr");
  const time = new Date(entry.time);
  setText(cell(row), time.toLocaleTimeString([], { hour12: false }));
  row.firstChild.title = entry.time;
  setText(cell(row, entry.event === "refusal" ? "bad" : ""), entry.event);
  setText(cell(row, "program"), baseName(entry.program) + " [" + entry.pid + "]");
  row.lastChild.title = entry.program + ", user " + entry.uid;
  setText(cell(row), entry.stream);
  setText(cell(row, "program"), entry.result);
  row.lastChild.title = entry.permissions.join(", ");
  byId("audit").prepend(row);
  while (byId("audit").children.length > MOST_AUDIT) {
    byId("audit").lastChild.remove();
  }
  filterRow(row);
}

function filterRow(row) {
  const wanted = byId("filter").value.trim().toLowerCase();
  const words = row.textContent + " " + [...row.cells].map(each => each.title).join(" ");
  row.hidden = !words.toLowerCase().includes(wanted);
}

byId("filter").addEventListener("input", () => [...byId("audit").children].forEach(filterRow));

connect();
