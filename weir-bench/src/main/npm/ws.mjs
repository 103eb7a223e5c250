// The peer `ws`: WebSocket by the package ws, HTTP by Node itself. Usage: node ws.mjs DIR
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { WebSocket, WebSocketServer } from 'ws';

const BODY = Buffer.from('Hello, World!');
const HEADERS = { 'Content-Type': 'text/plain', 'Content-Length': BODY.length };

const directory = process.argv[2];
const websockets = new WebSocketServer({ noServer: true, perMessageDeflate: { threshold: 0 } });
const audience = new Set();

function answer(request, response) {
  if (request.url === '/') {
    response.writeHead(200, HEADERS).end(BODY);
  } else {
    response.writeHead(404, { 'Content-Length': 0 }).end();
  }
}

function echo(socket) {
  socket.on('message', (data, binary) => socket.send(data, { binary }));
}

function join(socket) {
  audience.add(socket);
  socket.on('close', () => audience.delete(socket));
  socket.on('message', (data, binary) => {
    for (const other of audience) {
      if (other.readyState === WebSocket.OPEN) other.send(data, { binary });
    }
  });
}

const roles = { '/ws': echo, '/broadcast': join };

function upgrade(request, socket, head) {
  const role = roles[request.url];
  if (role) {
    websockets.handleUpgrade(request, socket, head, role);
  } else {
    socket.destroy();
  }
}

// Idle connections stay: that they do is measured.
async function listen(name, server) {
  server.on('request', answer).on('upgrade', upgrade);
  server.keepAliveTimeout = 0;
  await new Promise((listening) => server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, listening));
  console.log(`${name} ${server.address().port}`);
}

await listen('plain', http.createServer());
await listen('tls', https.createServer({
  cert: readFileSync(`${directory}/cert.pem`),
  key: readFileSync(`${directory}/key.pem`),
  ALPNProtocols: ['http/1.1'],
}));
console.log('ready');
process.stdin.on('end', () => process.exit(0)).resume();
