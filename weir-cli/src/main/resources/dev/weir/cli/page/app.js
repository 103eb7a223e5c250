// The page of `weir serve`: three WebSockets, whose messages PROTOCOL.md beside this file tells.
//   /ws/echo    text, sent back as it came
//   /ws/board   JSON both ways: hello, stroke, clear, visitors
//   /ws/status  JSON from the server: {"server": {...}, "connections": [...]}

import { board } from './board.js';
import { echo } from './echo.js';
import { millis } from './format.js';
import { tab } from './socket.js';
import { status } from './status.js';

const link = document.getElementById('link');
const facts = { state: 'connecting', own: null, ms: null };

function show() {
  link.dataset.state = facts.state;
  const { own } = facts;
  link.textContent = facts.state !== 'open' ? (facts.state === 'closed' ? 'reconnecting' : facts.state)
    : ['connected', own?.protocol, own?.tls, facts.ms === null ? null : millis(facts.ms)]
        .filter(Boolean).join(' \u00b7 ');
}

function learn(news) {
  Object.assign(facts, news);
  show();
}

// For the browser's console, and for the browser test.
window.weir = {
  tab,
  echo: echo(ms => learn({ ms })),
  board: board(),
  status: status(own => learn({ own }), state => learn({ state })),
};
