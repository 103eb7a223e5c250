/*
 * HTTP/1.1: a constant request and a constant reply. The first reply is parsed; every other one must have its bytes, but
 * for the value of Date. The modes `http` (keep-alive, pipelined by K) and `connect` (a connection each).
 */
#define _GNU_SOURCE
#include "load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
  BUFFER_SIZE = 256 * 1024,
  COMPARED = 4096,      /* of a longer reply the rest is counted */
  SKIPPED = 64 * 1024,  /* of a reply from this length on, what is not compared is not even copied */
};

static char buffer[BUFFER_SIZE];
static char *requests; /* K of them */
static size_t request_length;

/* The reply that all others must equal. */
static struct {
  char image[COMPARED];
  size_t head, length, compared;
  size_t date, date_end; /* where the value of Date is, which may differ */
} expected;

/* ---- the request ---- */

static void make_requests(bool close) {
  char head[1024];
  const char *path = options.path ? options.path : "/", *ending = close ? "Connection: close\r\n" : "";
  size_t length = options.body
      ? snprintf(head, sizeof head, "POST %s HTTP/1.1\r\nHost: localhost:%d\r\n%sContent-Length: %zu\r\n\r\n", path,
                 options.port, ending, options.body)
      : snprintf(head, sizeof head, "GET %s HTTP/1.1\r\nHost: localhost:%d\r\n%s\r\n", path, options.port, ending);
  request_length = length + options.body;
  requests = malloc(request_length * options.in_flight);
  for (char *to = requests; to < requests + request_length * options.in_flight; to += request_length) {
    memset(mempcpy(to, head, length), 'u', options.body);
  }
}

static void ask(struct connection *c, size_t count) {
  c->awaited = count;
  c->asked = now;
  connection_send(c, requests, request_length * count);
}

/* ---- the first reply ---- */

static _Noreturn void unusable(const char *what) {
  report_error("%s: %.*s", what, (int)expected.head, expected.image);
  report_end();
  exit(1);
}

/* A field's value in the head, from `name` (with CRLF before and a colon behind it) on. */
static const char *value_of(const char *name) {
  const char *field = strcasestr(expected.image, name);
  return field ? field + strlen(name) + strspn(field + strlen(name), " ") : NULL;
}

static void read_head(void) {
  if (memcmp(expected.image, "HTTP/1.1 200 ", 13)) unusable("not 200");
  const char *length = value_of("\r\nContent-Length:"), *date = value_of("\r\nDate:");
  if (!length) unusable("no Content-Length");
  expected.length = expected.head + strtoull(length, NULL, 10);
  expected.compared = expected.length < COMPARED ? expected.length : COMPARED;
  if (date) {
    expected.date = date - expected.image;
    expected.date_end = strstr(date, "\r\n") - expected.image;
  }
}

/* Reads until the head is whole, then the body. */
static void read_first(struct connection *c) {
  for (size_t have = 0; !expected.head || have < expected.length;) {
    size_t room = have < COMPARED - 1 ? COMPARED - 1 - have : BUFFER_SIZE;
    char *to = have < COMPARED - 1 ? expected.image + have : buffer;
    ssize_t length = connection_read(c, to, room);
    if (length <= 0) unusable("the first reply broke off");
    have += length;
    char *end = memmem(expected.image, have < COMPARED ? have : COMPARED, "\r\n\r\n", 4);
    if (!end && have >= COMPARED - 1) unusable("the head of the first reply is too long");
    if (!end || expected.head) continue;
    expected.head = end + 4 - expected.image;
    read_head();
  }
  if (expected.compared == COMPARED) expected.compared--; /* the last byte of the image was not read */
}

void http_learn(bool close) {
  make_requests(close);
  connection_open_blocking(connections);
  ask(connections, 1);
  read_first(connections);
  connection_close(connections);
}

/* ---- the others ---- */

static bool equal(const char *data, size_t offset, size_t from, size_t to) {
  return from >= to || !memcmp(data + (from - offset), expected.image + from, to - from);
}

static size_t least(size_t a, size_t b) { return a < b ? a : b; }
static size_t most(size_t a, size_t b) { return a > b ? a : b; }

/* Whether `data` is what a reply has from `from` to `to`; its Date may be another. */
static bool as_expected(const char *data, size_t from, size_t to) {
  to = least(to, expected.compared);
  return equal(data, from, from, least(to, expected.date)) && equal(data, from, most(from, expected.date_end), to);
}

/* Takes what has come of the replies; returns how many ended. */
static size_t take(struct connection *c, const char *data, size_t length) {
  size_t ended = 0;
  for (const char *end = data + length; data < end;) {
    if (c->awaited == 0) {
      connection_fail(c, "more than was asked for: %.*s", (int)least(end - data, 200), data);
      return ended;
    }
    size_t piece = least(expected.length - c->position, end - data);
    if (!as_expected(data, c->position, c->position + piece)) {
      connection_fail(c, "differs from the first reply at its byte %zu or later: %.*s", c->position,
                      (int)least(piece, 1000), data);
      return ended;
    }
    data += piece;
    c->position += piece;
    if (c->position == expected.length) {
      c->position = 0;
      c->awaited--;
      ended++;
    }
  }
  return ended;
}

/* One read, and what it brought. */
static ssize_t read_some(struct connection *c, size_t *size, size_t *ended) {
  bool skips = expected.length >= SKIPPED && c->awaited;
  if (skips && c->position >= expected.compared) {
    *size = expected.length - c->position;
    if (c->ssl) *size = least(*size, BUFFER_SIZE);
    ssize_t length = connection_skip(c, buffer, *size);
    if (length <= 0) return length;
    c->position += length;
    if (c->position == expected.length) c->position = 0, c->awaited--, ++*ended;
    return length;
  }
  *size = skips ? expected.compared - c->position : BUFFER_SIZE;
  ssize_t length = connection_read(c, buffer, *size);
  if (length > 0) *ended += take(c, buffer, length);
  return length;
}

/* Reads until the batch is there, or the socket is empty; returns how many replies ended. The connection may have failed. */
static size_t read_replies(struct connection *c) {
  size_t ended = 0, size;
  while (c->fd >= 0) {
    ssize_t length = read_some(c, &size, &ended);
    if (length == READ_END) connection_fail(c, "closed by the server, %zu replies short", c->awaited);
    if (length <= 0 || (c->awaited == 0 && !c->ended) || connection_drained(c, length, size)) break;
  }
  return ended;
}

/* ---- http ---- */

static void (*opened_to)(struct connection *);

static void first_reply_ready(struct connection *c) {
  if (read_replies(c) && c->fd >= 0) opened_to(c);
}

/* A server that has a thread read each connection would not finish the next one's handshake before this request. */
void http_open(struct connection *c, void (*established)(struct connection *)) {
  opened_to = established;
  c->ready = first_reply_ready;
  ask(c, 1);
}

static void http_ready(struct connection *c) {
  size_t ended = read_replies(c);
  if (!running) return;
  report_count(ended);
  if (c->fd < 0 || c->awaited || c->unsent_length) return; /* a reply may be faster than an upload */
  report_latency(now - c->asked);
  ask(c, options.in_flight);
}

static void http_established(struct connection *c) {
  c->ready = http_ready;
  loop_established(c);
}

static void http_opened(struct connection *c) { http_open(c, http_established); }

static void http_prepare(void) { http_learn(false); }

static void http_begin(void) {
  for (int i = 0; i < options.connections; i++) ask(&connections[i], options.in_flight);
}

const struct mode http_mode = {"http", false, http_prepare, http_opened, http_begin};

/* ---- connect ---- */

/* The server closes: so a connection ends with READ_END, and that no sooner than its reply. */
static void connect_ready(struct connection *c) {
  size_t size, ended = 0;
  ssize_t length;
  do {
    length = read_some(c, &size, &ended);
    if (c->fd < 0) return;
  } while (length > 0 && !connection_drained(c, length, size));
  if (length != READ_END) return;
  if (c->awaited) {
    connection_fail(c, "closed by the server before its reply had ended");
    return;
  }
  report_count(1);
  report_latency(now - c->asked);
  connection_close(c);
  c->asked = now;
  connection_open(c);
}

static void connect_opened(struct connection *c) {
  uint64_t opened_at = c->asked;
  c->ready = connect_ready;
  ask(c, 1);
  c->asked = opened_at; /* a connection's life is what is timed */
}

static void connect_prepare(void) { http_learn(true); }

static void connect_begin(void) {
  for (int i = 0; i < options.connections; i++) {
    connections[i].asked = now;
    connection_open(&connections[i]);
  }
}

const struct mode connect_mode = {"connect", true, connect_prepare, connect_opened, connect_begin};
