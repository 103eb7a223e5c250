// The live connections and the server's figures, from the snapshots that /ws/status sends. The feed
// is silent while nothing changes, so the page's own tick moves the charts and the ages on.

import { Samples, draw, path } from './chart.js';
import { bytes, count, duration, millis } from './format.js';
import { connect, tab } from './socket.js';

const TICK = 250;
const MINUTE = 60_000 / TICK;
const ROW_SAMPLES = 60;
const KEPT_EVENTS = 12;
const FADE = 1200;

export function status(onOwn, onState) {
  const body = document.getElementById('status-rows');
  const flow = document.getElementById('status-flow');
  const state = { server: null, connections: [] };
  const rows = new Map();
  const received = meter(MINUTE);
  const sent = meter(MINUTE);
  let at = 0;

  connect('/ws/status', {
    opened: () => onState('open'),
    message: text => show(JSON.parse(text)),
    closed: () => onState('closed'),
  });

  function show({ server, connections }) {
    const first = state.server === null;
    Object.assign(state, { server, connections });
    at = performance.now();
    received.total(server.in);
    sent.total(server.out);
    set('stat-open', count(server.open));
    set('stat-heap', bytes(server.heap));
    set('server-facts', `Weir ${server.version} \u00b7 Java ${server.java} \u00b7 ` +
      `${server.loops} ${server.loop} loop${server.loops === 1 ? '' : 's'} \u00b7 TLS by ${server.tls}`);
    set('status-more', server.open > connections.length ? `${connections.length} of ${count(server.open)}` : '');
    const seen = new Set();
    for (const connection of connections) {
      seen.add(connection.id);
      if (!rows.has(connection.id)) opened(connection, first);
      rows.get(connection.id).update(connection);
    }
    for (const [id, row] of rows) if (!seen.has(id)) closed(id, row);
    onOwn(connections.find(isOwn));
    tick.ages();
  }

  function opened(connection, quietly) {
    const row = connectionRow(connection);
    rows.set(connection.id, row);
    const place = [...body.children].find(other => isOwn(connection) || !other.matches('.yours'));
    body.insertBefore(row.element, place ?? null);
    if (quietly) return;
    row.element.classList.add('new');
    setTimeout(() => row.element.classList.remove('new'), FADE);
    event(`${connection.protocol} ${connection.peer}`, 'opened');
  }

  function closed(id, row) {
    rows.delete(id);
    row.element.classList.add('gone');
    setTimeout(() => row.element.remove(), FADE);
    event(`${row.connection.protocol} ${row.connection.peer}`, 'closed');
  }

  function event(text, kind) {
    const list = document.getElementById('status-events');
    const item = document.createElement('li');
    item.className = kind;
    item.textContent = text;
    list.prepend(item);
    while (list.children.length > KEPT_EVENTS) list.lastChild.remove();
  }

  function tick() {
    if (!state.server) return;
    received.tick();
    sent.tick();
    set('stat-in', `${bytes(received.rate)}/s`);
    set('stat-out', `${bytes(sent.rate)}/s`);
    const peak = Math.max(received.samples.peak, sent.samples.peak, 1000);
    draw(flow, 'in', received.samples, { peak, base: 32, tip: 3 });
    draw(flow, 'out', sent.samples, { peak, base: 32, tip: 61 });
    path(flow, 'axis').setAttribute('d', 'M0 32H600');
    set('status-peak', `peak ${bytes(peak)}/s`);
    for (const row of rows.values()) row.tick();
    tick.ages();
  }
  tick.ages = () => {
    const since = performance.now() - at;
    set('stat-up', duration(state.server.uptimeMs + since));
    for (const row of rows.values()) row.age(since);
  };
  setInterval(tick, TICK);
  return state;
}

// Bytes per second out of a growing total, sampled at each tick and smoothed over a second.
function meter(length) {
  const samples = new Samples(length);
  let now = null;
  let before = null;
  return {
    samples,
    get rate() {
      return samples.values.slice(-4).reduce((sum, v) => sum + v, 0) / 4;
    },
    total(n) {
      now = n;
      before ??= n;
    },
    tick() {
      samples.push(((now - before) * 1000) / TICK);
      before = now;
    },
  };
}

function connectionRow(first) {
  const element = document.createElement('tr');
  const cell = className => {
    const td = element.insertCell();
    td.className = className;
    return td;
  };
  const peer = cell('');
  const protocol = cell('');
  const tls = cell('quiet');
  const carries = cell('');
  const [received, sent] = [cell('n'), cell('n')];
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 88 20');
  svg.setAttribute('preserveAspectRatio', 'none');
  cell('s').append(svg);
  const [rtt, age] = [cell('n'), cell('n')];
  const flow = meter(ROW_SAMPLES);

  const row = {
    element,
    connection: first,
    update(connection) {
      row.connection = connection;
      const own = isOwn(connection);
      element.classList.toggle('yours', own);
      peer.replaceChildren(connection.peer, ...(own ? [badge('you', 'badge you')] : []));
      protocol.replaceChildren(badge(connection.protocol), ...(connection.carries.length ? [badge('ws')] : []));
      tls.textContent = connection.tls ? connection.tls.replace('TLSv', '') : 'none';
      tls.title = connection.cipher ?? '';
      carries.textContent = connection.carries.map(target => target.split('?')[0]).join(' ');
      received.textContent = bytes(connection.in);
      sent.textContent = bytes(connection.out);
      rtt.textContent = millis(connection.rttMs);
      flow.total(connection.in + connection.out);
    },
    tick() {
      flow.tick();
      draw(svg, 'flow', flow.samples, { peak: Math.max(flow.samples.peak, 200), base: 19, tip: 2 });
    },
    age(since) {
      age.textContent = duration(row.connection.ageMs + since);
    },
  };
  return row;
}

function badge(text, className = 'badge') {
  const span = document.createElement('span');
  span.className = className;
  span.textContent = text;
  return span;
}

function isOwn(connection) {
  return connection.carries.some(target => target.endsWith(`?tab=${tab}`));
}

function set(id, text) {
  const element = document.getElementById(id);
  if (element.textContent !== text) element.textContent = text;
}
