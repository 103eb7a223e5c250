/* As much HTTP/2 (RFC 9113) as a connection needs that is used once: the preface, one GET, SETTINGS there and back. */
#define _GNU_SOURCE
#include "load.h"

#include <stdio.h>
#include <string.h>

enum {
  HEADER_SIZE = 9,
  HEADERS = 1, RST_STREAM = 3, SETTINGS = 4, GOAWAY = 7, /* types (RFC 9113 6) */
  END_STREAM = 1, ACK = 1, END_HEADERS = 4, PADDED = 8, PRIORITY = 32, /* flags */
  PEEKED = 24,                                           /* bytes of a payload that are taken with the header */
  /* What is awaited. */
  REPLY_END = 1, THEIR_SETTINGS = 2, OUR_ACK = 4,
};

static const char SETTINGS_ACK[HEADER_SIZE] = {0, 0, 0, SETTINGS, ACK};
static char first_flight[512];
static size_t first_flight_length;
static void (*established_to)(struct connection *);

/* A literal field with an indexed name, neither added to the table nor Huffman coded (RFC 7541 6.2.2). */
static char *literal(char *to, int name, const char *value) {
  size_t length = strlen(value); /* under 127: one byte says it */
  *to++ = name;
  *to++ = length;
  return mempcpy(to, value, length);
}

static void make_first_flight(void) {
  enum { AUTHORITY = 1, METHOD_GET = 0x82, PATH = 4, SCHEME_HTTP = 0x86, SCHEME_HTTPS = 0x87 };
  static const char PREFACE[] = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", EMPTY_SETTINGS[HEADER_SIZE] = {0, 0, 0, SETTINGS};
  char authority[32], *to = mempcpy(first_flight, PREFACE, sizeof PREFACE - 1);
  snprintf(authority, sizeof authority, "localhost:%d", options.port);
  to = mempcpy(to, EMPTY_SETTINGS, HEADER_SIZE);
  char *header = to, *block = to + HEADER_SIZE;
  to = block;
  *to++ = METHOD_GET;
  *to++ = options.tls ? SCHEME_HTTPS : SCHEME_HTTP;
  to = literal(to, PATH, options.path ? options.path : "/");
  to = literal(to, AUTHORITY, authority);
  char of_stream_1[HEADER_SIZE] = {0, 0, to - block, HEADERS, END_STREAM | END_HEADERS, 0, 0, 0, 1};
  memcpy(header, of_stream_1, HEADER_SIZE);
  first_flight_length = to - first_flight;
}

/* Sizes of the table may come first (RFC 7541 6.3), each an integer of one byte or, from 31 on, of some. */
static const uint8_t *behind_sizes(const uint8_t *block) {
  for (int sizes = 0; sizes < 2 && (*block & 0xe0) == 0x20; sizes++) {
    bool longer = (*block++ & 0x1f) == 0x1f;
    for (int bytes = 0; longer && bytes < 4; bytes++) longer = *block++ & 0x80;
  }
  return block;
}

/* Whether a block begins with status 200 (RFC 7541): indexed, or a literal whose name may be one too, as lws has it. */
static bool is_200(const uint8_t *block) {
  static const uint8_t NAME[] = {7, ':', 's', 't', 'a', 't', 'u', 's'};
  static const uint8_t PLAIN[] = {3, '2', '0', '0'}, HUFFMAN[] = {0x82, 0x10, 0x01};
  block = behind_sizes(block);
  if (block[0] & 0x80) return block[0] == 0x88;
  int index = block[0] & (block[0] & 0x40 ? 0x3f : 0x0f);
  bool named = index == 0 && !memcmp(block + 1, NAME, sizeof NAME);
  const uint8_t *value = block + 1 + (named ? sizeof NAME : 0);
  return (named || index == 8) && (!memcmp(value, PLAIN, sizeof PLAIN) || !memcmp(value, HUFFMAN, sizeof HUFFMAN));
}

/* A frame begins: what its header, and the first bytes of its payload, tell. */
static void begin_frame(struct connection *c) {
  int type = c->frames.header[3], flags = c->frames.header[4];
  const uint8_t *block = c->frames.header + HEADER_SIZE + (flags & PADDED ? 1 : 0) + (flags & PRIORITY ? 5 : 0);
  if (type == RST_STREAM || type == GOAWAY) connection_fail(c, "HTTP/2 frame of type %d", type);
  else if (type == HEADERS && !is_200(block)) connection_fail(c, "not 200");
  else if (type == SETTINGS && flags & ACK) c->awaited &= ~OUR_ACK;
  else if (type == SETTINGS) {
    c->awaited &= ~THEIR_SETTINGS;
    connection_send(c, SETTINGS_ACK, HEADER_SIZE);
  } else if (type <= HEADERS && flags & END_STREAM) {
    c->awaited &= ~REPLY_END; /* the rest of its payload is waited for by `left` */
  }
}

static void take(struct connection *c, const uint8_t *data, size_t length) {
  struct frames *frames = &c->frames;
  for (const uint8_t *end = data + length; data < end && c->fd >= 0;) {
    if (frames->left) {
      size_t piece = frames->left < (size_t)(end - data) ? frames->left : (size_t)(end - data);
      data += piece;
      frames->left -= piece;
      continue;
    }
    frames->header[frames->header_length++] = *data++;
    uint64_t payload = frames->header[0] << 16 | frames->header[1] << 8 | frames->header[2];
    size_t peeked = payload < PEEKED ? payload : PEEKED;
    if (frames->header_length < HEADER_SIZE + peeked) continue;
    frames->left = payload - peeked;
    frames->header_length = 0;
    begin_frame(c);
  }
}

static void reply_ready(struct connection *c) {
  char buffer[16 * 1024];
  ssize_t length;
  do {
    length = connection_read(c, buffer, sizeof buffer);
    if (length > 0) take(c, (uint8_t *)buffer, length);
  } while (c->fd >= 0 && length > 0 && !connection_drained(c, length, sizeof buffer));
  if (length == READ_END) connection_fail(c, "closed by the server");
  if (c->fd >= 0 && !c->awaited && !c->frames.left) established_to(c);
}

void http2_open(struct connection *c, void (*established)(struct connection *)) {
  if (!first_flight_length) make_first_flight();
  established_to = established;
  c->ready = reply_ready;
  c->frames = (struct frames){0};
  c->awaited = REPLY_END | THEIR_SETTINGS | OUR_ACK;
  connection_send(c, first_flight, first_flight_length);
}
