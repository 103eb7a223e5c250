/*
 * WebSocket (RFC 6455), with permessage-deflate (RFC 7692) if asked for. Messages are constant, and sent as they were
 * prepared; what comes is counted by its frames' headers. Before the run each connection echoes one message, which must
 * come back whole, and of a broadcast the first that is delivered; then lengths and first bytes are looked at.
 */
#define _GNU_SOURCE
#include "load.h"

#include <endian.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>

enum {
  BUFFER_SIZE = 512 * 1024,
  HEAD_MAX = 4096,
  COMPARED = 64, /* bytes of each echo */
  FIN = 0x80, RSV1 = 0x40, TEXT = 1, BINARY = 2, CLOSE = 8, MASKED = 0x80,
};

static const char UPGRADE[] =
    "GET %s HTTP/1.1\r\nHost: localhost:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n%s\r\n";
static const char ACCEPT[] = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="; /* to the key of RFC 6455 1.3 */
static const char DEFLATE[] = "Sec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover; "
                              "server_no_context_takeover\r\n";

static uint8_t buffer[BUFFER_SIZE];
static char upgrade[1024];
static uint8_t *message;         /* what is sent, of options.size bytes */
static uint8_t *batch;           /* its frame, K times */
static size_t frame_length;
static uint64_t echo_length;     /* of the echo's payload; when deflated, learned from the first */
static void (*opened_to)(struct connection *); /* after the handshake */

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

/* ---- what is sent ---- */

/* Text as programs send it to each other: half names that recur, half values that do not. */
static void make_message(void) {
  message = malloc(options.size + 64);
  uint32_t random = 1;
  for (size_t at = 0; at < options.size;) {
    random = random * 1664525 + 1013904223;
    at += sprintf((char *)message + at, "{\"id\":%u,\"name\":\"%c%c\"},", random >> 8, 'a' + random % 26,
                  'a' + (random >> 16) % 26);
  }
}

/* Compresses the message as RFC 7692 7.2.1 has it: a raw stream, flushed, without the flush's last four bytes. */
static uint8_t *deflated(size_t *length) {
  z_stream stream = {0};
  deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
  size_t room = deflateBound(&stream, options.size) + 16;
  uint8_t *to = malloc(room);
  stream.next_in = message, stream.avail_in = options.size;
  stream.next_out = to, stream.avail_out = room;
  deflate(&stream, Z_SYNC_FLUSH);
  *length = room - stream.avail_out - 4;
  deflateEnd(&stream);
  return to;
}

static uint8_t *put_header(uint8_t *to, int first, size_t length) {
  *to++ = first;
  if (length < 126) {
    *to++ = MASKED | length;
    return to;
  }
  int bytes = length < 65536 ? 2 : 8;
  *to++ = MASKED | (bytes == 2 ? 126 : 127);
  for (int i = bytes - 1; i >= 0; i--) *to++ = length >> (8 * i);
  return to;
}

static void make_batch(void) {
  static const uint8_t KEY[] = {0x37, 0xfa, 0x21, 0x3d};
  size_t length = options.size;
  uint8_t *payload = options.deflate ? deflated(&length) : message;
  batch = malloc((length + 14) * options.in_flight);
  uint8_t *to = put_header(batch, options.deflate ? FIN | RSV1 | TEXT : FIN | BINARY, length);
  to = mempcpy(to, KEY, 4);
  for (size_t i = 0; i < length; i++) *to++ = payload[i] ^ KEY[i % 4];
  frame_length = to - batch;
  for (int i = 1; i < options.in_flight; i++) to = mempcpy(to, batch, frame_length);
  echo_length = options.deflate ? 0 : length;
}

void websocket_prepare(void) {
  const char *path = options.path ? options.path : mode == &broadcast_mode ? "/broadcast" : "/ws";
  snprintf(upgrade, sizeof upgrade, UPGRADE, path, options.port, options.deflate ? DEFLATE : "");
  make_message();
  make_batch();
}

static void ask(struct connection *c, size_t count) {
  c->awaited = count;
  c->asked = now;
  connection_send(c, (char *)batch, frame_length * count);
}

/* ---- frames that come ---- */

static size_t header_size(uint8_t second) {
  return (second & 0x7f) < 126 ? 2 : (second & 0x7f) == 126 ? 4 : 10;
}

static uint64_t payload_length(const uint8_t *header) {
  int bytes = header_size(header[1]) - 2;
  uint64_t length = bytes ? 0 : header[1];
  for (int i = 0; i < bytes; i++) length = length << 8 | header[2 + i];
  return length;
}

static void begin_frame(struct frames *frames) {
  int opcode = frames->header[0] & 15;
  frames->left = payload_length(frames->header);
  frames->inside = true;
  frames->header_length = 0;
  if (opcode == TEXT || opcode == BINARY) frames->compressed = frames->header[0] & RSV1;
}

/* Takes bytes of a header until it is whole. */
static const uint8_t *take_header(struct frames *frames, const uint8_t *data, const uint8_t *end) {
  while (data < end && !frames->inside) {
    frames->header[frames->header_length++] = *data++;
    if (frames->header_length >= 2 && frames->header_length == header_size(frames->header[1])) begin_frame(frames);
  }
  return data;
}

static bool is_control(const struct frames *frames) { return frames->header[0] & 8; }

/* The first bytes of a message must be those that were sent; while `collected`, all of them are kept. */
static bool take_payload(struct connection *c, const uint8_t *data, size_t length) {
  struct frames *frames = &c->frames;
  if (is_control(frames)) return true;
  bool same = options.deflate || frames->message >= COMPARED ||
              !memcmp(data, message + frames->message,
                      least(length, least(COMPARED, options.size) - least(frames->message, options.size)));
  if (c->collected) memcpy(c->collected + c->collected_length, data, length);
  if (c->collected) c->collected_length += length;
  frames->message += length;
  if (same) return true;
  connection_fail(c, "an echo begins otherwise than what was sent");
  return false;
}

/* 1 if a message has ended with the frame. Pings are not answered: no peer sends one so soon. */
static size_t end_frame(struct connection *c) {
  struct frames *frames = &c->frames;
  frames->inside = false;
  if ((frames->header[0] & 15) == CLOSE) connection_fail(c, "the server sent a close frame");
  if (is_control(frames) || !(frames->header[0] & FIN)) return 0;
  if (echo_length && frames->message != echo_length) {
    connection_fail(c, "an echo of %lu bytes in place of %lu", frames->message, echo_length);
  }
  frames->message = 0;
  return 1;
}

/* Returns how many messages ended. The connection may have failed. */
static size_t take(struct connection *c, const uint8_t *data, size_t length) {
  struct frames *frames = &c->frames;
  size_t ended = 0;
  for (const uint8_t *end = data + length; data < end && c->fd >= 0;) {
    data = take_header(frames, data, end);
    if (!frames->inside) break;
    size_t piece = least(frames->left, end - data);
    if (!take_payload(c, data, piece)) break;
    data += piece;
    frames->left -= piece;
    if (frames->left == 0) ended += end_frame(c);
  }
  return ended;
}

/* Reads until `awaited` messages have come (if it counts them), or the socket is empty; returns how many ended. */
static size_t read_messages(struct connection *c, bool counted) {
  size_t ended = 0;
  while (c->fd >= 0) {
    ssize_t length = connection_read(c, (char *)buffer, BUFFER_SIZE);
    if (length == READ_END) connection_fail(c, "closed by the server");
    if (length <= 0) break;
    size_t taken = take(c, buffer, length);
    ended += taken;
    if (counted && taken > c->awaited) connection_fail(c, "more echoes than messages");
    if (counted) c->awaited -= taken;
    if ((counted && c->awaited == 0 && !c->ended) || connection_drained(c, length, BUFFER_SIZE)) break;
  }
  return ended;
}

/* ---- opening: the handshake, then one message there and back ---- */

static void stop_collecting(struct connection *c) {
  free(c->collected);
  c->collected = NULL;
  c->collected_length = 0;
}

static bool inflates_to_message(const uint8_t *data, size_t length) {
  static const uint8_t FLUSH[] = {0, 0, 0xff, 0xff};
  z_stream stream = {0};
  uint8_t *to = malloc(options.size + 1);
  inflateInit2(&stream, -15);
  stream.next_out = to, stream.avail_out = options.size + 1;
  stream.next_in = (uint8_t *)data, stream.avail_in = length;
  inflate(&stream, Z_SYNC_FLUSH);
  stream.next_in = (uint8_t *)FLUSH, stream.avail_in = sizeof FLUSH;
  inflate(&stream, Z_SYNC_FLUSH);
  bool same = stream.total_out == options.size && !memcmp(to, message, options.size);
  inflateEnd(&stream);
  free(to);
  return same;
}

static bool is_message(const struct connection *c) {
  if (c->frames.compressed) return inflates_to_message((uint8_t *)c->collected, c->collected_length);
  return c->collected_length == options.size && !memcmp(c->collected, message, options.size);
}

static void first_echo_ready(struct connection *c) {
  size_t ended = read_messages(c, true);
  if (c->fd < 0 || !ended) return;
  if (!is_message(c)) {
    connection_fail(c, "the first echo is not what was sent");
    return;
  }
  echo_length = c->collected_length;
  stop_collecting(c);
  opened_to(c);
}

static void collect(struct connection *c) {
  c->collected = malloc(2 * options.size + 1024);
  c->collected_length = 0;
}

static void echo_one(struct connection *c) {
  collect(c);
  c->ready = first_echo_ready;
  ask(c, 1);
}

/* Reads until the head is whole: it may come in pieces, and in TLS's records. Returns its end, or NULL. */
static char *read_head(struct connection *c) {
  for (ssize_t length;; c->collected_length += length) {
    char *end = memmem(c->collected, c->collected_length, "\r\n\r\n", 4);
    if (end) return end + 4;
    length = connection_read(c, c->collected + c->collected_length, HEAD_MAX - 1 - c->collected_length);
    if (length == READ_END) connection_fail(c, "closed in the handshake");
    if (length <= 0) return NULL;
  }
}

static void handshake_ready(struct connection *c) {
  char *end = read_head(c);
  if (!end) return;
  c->collected[c->collected_length] = 0;
  bool agreed = !memcmp(c->collected, "HTTP/1.1 101 ", 13) && strstr(c->collected, ACCEPT) &&
                (!options.deflate || strcasestr(c->collected, "permessage-deflate"));
  if (!agreed || *end) {
    connection_fail(c, "not the handshake that was asked for: %.1000s", c->collected);
    return;
  }
  stop_collecting(c);
  mode == &broadcast_mode ? opened_to(c) : echo_one(c);
}

void websocket_open(struct connection *c, void (*established)(struct connection *)) {
  opened_to = established;
  c->collected = malloc(HEAD_MAX);
  c->collected_length = 0;
  c->frames = (struct frames){0};
  c->ready = handshake_ready;
  connection_send(c, upgrade, strlen(upgrade));
}

/* ---- ws ---- */

static void ws_ready(struct connection *c) {
  size_t ended = read_messages(c, true);
  if (!running) return;
  report_count(ended);
  if (c->fd < 0 || c->awaited || !ended) return;
  report_latency(now - c->asked);
  ask(c, options.in_flight);
}

static void ws_established(struct connection *c) {
  c->ready = ws_ready;
  loop_established(c);
}

static void ws_opened(struct connection *c) { websocket_open(c, ws_established); }

static void ws_begin(void) {
  for (int i = 0; i < options.connections; i++) ask(&connections[i], options.in_flight);
}

const struct mode ws_mode = {"ws", false, websocket_prepare, ws_opened, ws_begin};

/* ---- broadcast ---- */

static uint64_t still_due; /* deliveries of the current message */

static void say(void) {
  still_due = options.connections;
  ask(&connections[0], 1);
}

/* The first of them is looked at whole, once; all others must be as long. */
static void learn(struct connection *c) {
  if (!is_message(c) || c->frames.compressed != options.deflate) {
    connection_fail(c, "what was delivered first is not what was sent, or not compressed");
    return;
  }
  echo_length = c->collected_length;
  stop_collecting(c);
}

static void broadcast_ready(struct connection *c) {
  size_t ended = read_messages(c, false);
  if (!running) return;
  if (c->collected && ended) learn(c);
  report_count(ended);
  if (ended > still_due) connection_fail(c, "delivered more than once");
  still_due -= ended;
  if (still_due || !ended || connections[0].fd < 0) return;
  report_latency(now - connections[0].asked);
  say();
}

static void broadcast_established(struct connection *c) {
  if (c->index == 0) collect(c);
  c->ready = broadcast_ready;
  loop_established(c);
}

static void broadcast_opened(struct connection *c) { websocket_open(c, broadcast_established); }

const struct mode broadcast_mode = {"broadcast", false, websocket_prepare, broadcast_opened, say};
