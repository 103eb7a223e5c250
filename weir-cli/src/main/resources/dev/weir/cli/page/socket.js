// A WebSocket that opens itself again: backoff doubles from half a second to eight, with jitter.

const FIRST_DELAY = 500;
const LONGEST_DELAY = 8000;

// Names this tab in the request targets of its WebSockets, which the status feed shows: so the
// page knows which connections are its own, also where one connection carries many tabs.
export const tab = crypto.getRandomValues(new Uint32Array(2)).reduce((s, n) => s + n.toString(36), '');

export function connect(path, { opened = () => {}, message, closed = () => {} }) {
  const url = new URL(`${path}?tab=${tab}`, location.href.replace(/^http/, 'ws'));
  let delay = FIRST_DELAY;
  let socket;

  function open() {
    socket = new WebSocket(url);
    socket.onopen = () => {
      delay = FIRST_DELAY;
      opened();
    };
    socket.onmessage = event => message(event.data);
    socket.onclose = event => {
      closed(event.code, event.reason);
      setTimeout(open, delay * (0.5 + Math.random() / 2));
      delay = Math.min(delay * 2, LONGEST_DELAY);
    };
  }

  open();
  return {
    get isOpen() {
      return socket.readyState === WebSocket.OPEN;
    },
    send: text => socket.send(text),
  };
}
