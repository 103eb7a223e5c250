// The drawing board. The server's order is the truth: `strokes` holds what it said, in that order,
// and a piece of one's own stroke stays in `wet` (drawn at once) until the server has sent it back.

import { connect } from './socket.js';

const COLORS = {
  vermilion: '#e4572e',
  blue: '#2e86de',
  green: '#17a673',
  amber: '#f0a202',
  violet: '#8e5bd8',
  pink: '#d6336c',
  teal: '#0fa3b1',
};
const SIZES = { fine: 5, medium: 12, broad: 26 };
const PIECE_POINTS = 128;
const STROKE_POINTS = 2000;
const LEAST_STEP = 2;
const KEY_STEP = 10;
const PEN_LINGERS = 2000;

export function board() {
  const frame = document.getElementById('board');
  const ink = document.getElementById('board-ink').getContext('2d');
  const wetCanvas = document.getElementById('board-wet');
  const wetInk = wetCanvas.getContext('2d');
  const state = {
    you: 0,
    strokes: [],
    visitors: 0,
    get pending() {
      return wet.length;
    },
  };
  const size = { width: 1600, height: 1000 };
  const pens = new Map();
  let wet = [];
  let pen = null;
  let color = COLORS.vermilion;
  let width = SIZES.medium;
  let strokeNumber = 0;

  const socket = connect('/ws/board', { message: text => receive(JSON.parse(text)), closed: () => (wet = []) });

  // From the server

  function receive(message) {
    switch (message.type) {
      case 'hello':
        Object.assign(size, message.board);
        state.you = message.you;
        state.strokes = message.strokes;
        choose(colors, (color = message.color));
        repaint();
        break;
      case 'stroke': {
        const { type, ...piece } = message;
        if (piece.from === state.you) wet.shift();
        else showPen(piece);
        add(piece);
        break;
      }
      case 'clear':
        state.strokes = [];
        repaint();
        break;
      case 'visitors':
        state.visitors = message.count;
        showVisitors();
        break;
    }
    paintWet();
  }

  function add(piece) {
    const known = state.strokes.findLast(s => s.from === piece.from && s.stroke === piece.stroke);
    if (known) {
      trace(ink, piece, known.points.slice(-2).concat(piece.points));
      known.points.push(...piece.points);
    } else {
      state.strokes.push(piece);
      trace(ink, piece, piece.points);
    }
    showEmpty();
  }

  // Painting

  function trace(to, { color, size }, points) {
    to.strokeStyle = color;
    to.lineWidth = size;
    to.beginPath();
    to.moveTo(points[0], points[1]);
    for (let i = 0; i < points.length; i += 2) to.lineTo(points[i], points[i + 1]);
    to.stroke();
  }

  function scale(to) {
    const { width, height } = frame.getBoundingClientRect();
    to.canvas.width = Math.round(width * devicePixelRatio);
    to.canvas.height = Math.round(height * devicePixelRatio);
    to.setTransform(to.canvas.width / size.width, 0, 0, to.canvas.height / size.height, 0, 0);
    to.lineCap = to.lineJoin = 'round';
  }

  function repaint() {
    scale(ink);
    for (const stroke of state.strokes) trace(ink, stroke, stroke.points);
    showEmpty();
    scale(wetInk);
    paintWet();
  }

  function paintWet() {
    wetInk.clearRect(0, 0, size.width, size.height);
    for (const piece of wet) trace(wetInk, piece, piece.from.concat(piece.points));
    if (pen?.points.length) trace(wetInk, pen, pen.from.concat(pen.points));
    if (cursor) trace(wetInk, { color, size: width * 1.5 }, [cursor.x, cursor.y]);
  }

  function showEmpty() {
    document.getElementById('board-empty').hidden = state.strokes.length > 0;
  }

  function showPen({ from, color, points }) {
    let tag = pens.get(from);
    if (!tag) {
      tag = document.createElement('span');
      tag.className = 'pen';
      tag.textContent = `visitor ${from}`;
      pens.set(from, tag);
      frame.append(tag);
    }
    const [x, y] = points.slice(-2);
    const box = frame.getBoundingClientRect();
    tag.style.background = color;
    tag.style.transform = `translate(${(x / size.width) * box.width + 6}px, ${(y / size.height) * box.height + 6}px)`;
    tag.fading?.cancel();
    tag.fading = tag.animate([{ opacity: 1, offset: 0.8 }, { opacity: 0 }], PEN_LINGERS);
    tag.fading.onfinish = () => {
      tag.remove();
      pens.delete(from);
    };
  }

  function showVisitors() {
    const others = state.visitors - 1;
    document.getElementById('board-visitors').textContent = others ? `with ${others} more` : 'only you';
  }

  // To the server

  function down(x, y) {
    pen = { stroke: ++strokeNumber, color, size: width, from: [], points: [], sent: 0 };
    move(x, y);
  }

  function move(x, y) {
    x = Math.round(Math.min(Math.max(x, 0), size.width));
    y = Math.round(Math.min(Math.max(y, 0), size.height));
    const [lastX, lastY] = pen.points.length ? pen.points.slice(-2) : pen.from;
    if (Math.hypot(x - lastX, y - lastY) < LEAST_STEP) return;
    if (!pen.points.length && !wetFrame) wetFrame = requestAnimationFrame(flush);
    pen.points.push(x, y);
    if (pen.points.length === PIECE_POINTS * 2) flush();
  }

  let wetFrame = 0;
  function flush() {
    wetFrame = 0;
    if (!pen?.points.length) return;
    const { stroke, color, size, from, points } = pen;
    if (socket.isOpen) {
      socket.send(JSON.stringify({ type: 'stroke', stroke, color, size, points }));
      wet.push({ color, size, from, points });
    }
    pen.from = points.slice(-2);
    pen.points = [];
    pen.sent += points.length / 2;
    if (pen.sent > STROKE_POINTS - PIECE_POINTS) {
      down(...pen.from);
    }
    paintWet();
  }

  function up() {
    flush();
    pen = null;
  }

  function at(event) {
    const box = frame.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * size.width, ((event.clientY - box.top) / box.height) * size.height];
  }

  wetCanvas.onpointerdown = event => {
    if (event.button !== 0) return;
    wetCanvas.setPointerCapture(event.pointerId);
    down(...at(event));
  };
  wetCanvas.onpointermove = event => {
    if (!pen) return;
    for (const e of event.getCoalescedEvents?.() ?? [event]) move(...at(e));
  };
  wetCanvas.onpointerup = wetCanvas.onpointercancel = () => pen && up();

  // The pen by keyboard

  let cursor = null;
  const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  wetCanvas.onkeydown = event => {
    const step = STEPS[event.key];
    if (!step && event.key !== ' ') return;
    event.preventDefault();
    cursor ??= { x: size.width / 2, y: size.height / 2 };
    if (event.key === ' ') {
      if (pen) up();
      else down(cursor.x, cursor.y);
    } else {
      cursor.x = Math.min(Math.max(cursor.x + step[0] * KEY_STEP, 0), size.width);
      cursor.y = Math.min(Math.max(cursor.y + step[1] * KEY_STEP, 0), size.height);
      if (pen) move(cursor.x, cursor.y);
    }
    paintWet();
  };
  wetCanvas.onblur = () => {
    if (pen) up();
    cursor = null;
    paintWet();
  };

  // Tools

  const colors = choices('board-colors', COLORS, '--swatch', value => value, value => (color = value));
  const sizes = choices('board-sizes', SIZES, '--dot', value => `${4 + value / 3}px`, value => (width = value));
  choose(sizes, width);

  function choices(id, named, property, look, chosen) {
    const group = document.getElementById(id);
    for (const [name, value] of Object.entries(named)) {
      const button = document.createElement('button');
      button.type = 'button';
      button.value = value;
      button.ariaLabel = button.title = name;
      button.style.setProperty(property, look(value));
      button.onclick = () => {
        chosen(value);
        choose(group, value);
      };
      group.append(button);
    }
    return group;
  }

  function choose(group, value) {
    for (const button of group.children) button.ariaPressed = String(button.value === String(value));
  }

  document.getElementById('board-clear').onclick = () => socket.isOpen && socket.send('{"type":"clear"}');
  new ResizeObserver(repaint).observe(frame);
  matchMedia('(resolution: 1dppx)').addEventListener('change', repaint);
  return state;
}
