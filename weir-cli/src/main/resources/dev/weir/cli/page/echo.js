// The echo panel. /ws/echo sends every text message back as it came; replies keep their order, so
// the oldest message without a reply is the one that a reply answers.

import { Samples, bars } from './chart.js';
import { count, millis } from './format.js';
import { connect } from './socket.js';

const BURST = 1000;
const KEPT_LINES = 50;
const PULSE = 1000;

export function echo(onRoundTrip) {
  const log = document.getElementById('echo-log');
  const form = document.getElementById('echo-form');
  const line = document.getElementById('echo-line');
  const burst = document.getElementById('echo-burst');
  const summary = document.getElementById('echo-summary');
  const spark = document.getElementById('echo-spark');
  const trips = new Samples(60);
  const panel = { lines: [] };
  let waiting = [];

  const socket = connect('/ws/echo', {
    opened: () => say('Hello, Weir'),
    message: text => {
      const { sent, answered } = waiting.shift();
      answered(performance.now() - sent, text);
    },
    closed: () => {
      waiting = [];
      burst.disabled = false;
    },
  });

  function send(text, answered) {
    waiting.push({ sent: performance.now(), answered });
    socket.send(text);
  }

  function say(text) {
    const { item, time } = row(text, '\u2026');
    send(text, (ms, reply) => {
      item.classList.add('back');
      item.firstChild.textContent = reply;
      time.textContent = millis(ms);
      panel.lines.push({ text: reply, ms });
      measured(ms);
    });
  }

  function measured(ms) {
    trips.push(ms);
    bars(spark, 'trip', trips);
    summary.textContent = `round trip ${millis(ms)}`;
    onRoundTrip(ms);
  }

  function pulse() {
    if (socket.isOpen && waiting.length === 0 && !document.hidden) send('pulse', measured);
  }

  function flood() {
    burst.disabled = true;
    const { item, time } = row(`${count(BURST)} messages at once`, '\u2026');
    const text = 'a message of sixty-four bytes, which is what chat looks like: ok';
    const start = performance.now();
    let replies = 0;
    for (let i = 0; i < BURST; i++) {
      send(text, () => {
        if (++replies < BURST) return;
        const ms = performance.now() - start;
        item.classList.add('back');
        time.textContent = `${millis(ms)}, ${count(Math.round((BURST / ms) * 1000))}/s`;
        burst.disabled = false;
      });
    }
  }

  function row(text, mark) {
    const item = document.createElement('li');
    const time = document.createElement('time');
    item.append(document.createElement('span'), time);
    item.firstChild.textContent = text;
    time.textContent = mark;
    log.append(item);
    while (log.children.length > KEPT_LINES) log.firstChild.remove();
    log.scrollTop = log.scrollHeight;
    return { item, time };
  }

  form.onsubmit = event => {
    event.preventDefault();
    if (!line.value || !socket.isOpen) return;
    say(line.value);
    line.value = '';
  };
  burst.onclick = () => socket.isOpen && flood();
  setInterval(pulse, PULSE);
  return panel;
}
