/*
 * The load of weir-bench: one thread on epoll that asks a server as cheaply as it can, and says what came.
 *
 *   load.c        options, the run, the loop
 *   connection.c  opening, reading, writing, closing: over TCP or TLS
 *   tls.c         OpenSSL, and the mode `handshake`
 *   http.c        the reply that all others must equal; the modes `http` and `connect`
 *   websocket.c   the modes `ws` and `broadcast`
 *   hold.c        the mode `hold`; http2.c is its HTTP/2
 *   report.c      counts, latencies, errors
 */
#ifndef LOAD_H
#define LOAD_H

#include <openssl/ssl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct options {
  int port;
  bool tls, resume, deflate, h2;
  const char *alpn, *mode, *path;
  int connections, in_flight, samples; /* samples: milliseconds of an interval, or 0 */
  double seconds;
  size_t size, body; /* bytes of a WebSocket message; bytes to POST, or 0 for a GET */
};
extern struct options options;

/* ---- connection.c ---- */

/* Where a stream of frames stands (websocket.c, http2.c). */
struct frames {
  uint8_t header[40];    /* of HTTP/2: with the beginning of the payload */
  uint8_t header_length; /* how much of it has come */
  bool inside;           /* the payload of `header` is due */
  bool compressed;       /* the current message: its first frame has RSV1 */
  uint64_t left;         /* of that payload */
  uint64_t message;      /* bytes of the current message so far */
};

struct connection {
  int fd, index;
  SSL *ssl;                            /* or NULL */
  SSL_SESSION *session;                /* to resume with the next time, or NULL */
  void (*ready)(struct connection *);  /* what to do when the socket has something new */
  bool ended;                          /* the peer's FIN, or a failure, is among what can be read */
  const char *unsent;                  /* what the socket had no room for; the bytes are constant */
  size_t unsent_length;
  uint64_t asked;                      /* when the current batch left, in ns */
  size_t awaited;                      /* replies of the current batch still to come */
  size_t position;                     /* in the reply that is coming */
  struct frames frames;
  char *collected;                     /* while little is due, and all of it matters */
  size_t collected_length;
};

extern struct connection *connections;

/* What connection_read returns if it is not a count of bytes. */
enum { READ_END = 0, READ_NOTHING = -1, READ_FAILED = -2 };

/* Opens the socket (and TLS), then calls the mode's `opened`. Fails through connection_fail. */
void connection_open(struct connection *c);
/* The same, blocking, for one exchange before the run. Exits if it fails. */
void connection_open_blocking(struct connection *c);
/* Edge-triggered: after READ_NOTHING, or when connection_drained says so, the loop tells when there is more. */
ssize_t connection_read(struct connection *c, char *buffer, size_t size);
/* As connection_read, of bytes that nobody looks at: over plain TCP the kernel drops them without a copy. */
ssize_t connection_skip(struct connection *c, char *buffer, size_t size);
/* Whether a read that returned `length` of `size` has taken all there was. */
bool connection_drained(const struct connection *c, ssize_t length, size_t size);
/* Sends constant bytes: they must live as long as the program. */
void connection_send(struct connection *c, const char *data, size_t length);
void connection_close(struct connection *c);
/* Reports an error, and closes. */
void connection_fail(struct connection *c, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* ---- load.c ---- */

struct mode {
  const char *name;
  bool opens_in_the_run;               /* the run does not begin with open connections: it is about opening them */
  void (*prepare)(void);               /* before all else */
  void (*opened)(struct connection *); /* a socket is open, with TLS: it may speak, and ends in loop_established */
  void (*begin)(void);                 /* all are established, the clock runs */
};
extern const struct mode http_mode, connect_mode, ws_mode, broadcast_mode, handshake_mode, hold_mode;
extern const struct mode *mode;

/* The time of the current event in ns. */
extern uint64_t now;
/* Whether the clock runs: what happens is counted. */
extern bool running;

void loop_watch(struct connection *c);
/* A connection is ready for the run. */
void loop_established(struct connection *c);

/* ---- tls.c ---- */

void tls_prepare(void);
/* Begins TLS on an open socket; calls `established` at the end of the handshake. */
void tls_begin(struct connection *c, void (*established)(struct connection *));
void tls_begin_blocking(struct connection *c);
ssize_t tls_read(struct connection *c, char *buffer, size_t size);
ssize_t tls_write(struct connection *c, const char *data, size_t length);
/* The oldest error in OpenSSL's queue, or errno. */
const char *tls_error(void);

/* ---- http.c ---- */

/* The constant request, and the reply that it had: learned once, then compared with all others. */
void http_learn(bool close);
/* Has one exchange, then calls `established`. */
void http_open(struct connection *c, void (*established)(struct connection *));

/* ---- websocket.c ---- */

void websocket_prepare(void);
/* Speaks the opening handshake and, unless the mode is `broadcast`, one message there and back; then calls `established`. */
void websocket_open(struct connection *c, void (*established)(struct connection *));

/* ---- http2.c ---- */

/* Speaks the preface and one GET; calls `established` when its reply has ended. */
void http2_open(struct connection *c, void (*established)(struct connection *));

/* ---- report.c ---- */

void report_begin(void);
void report_count(uint64_t count);
uint64_t report_total(void);
/* A handshake that should have been a resumption was none: such do not count. */
void report_full_handshake(void);
/* A batch took so many ns. */
void report_latency(uint64_t ns);
/* Closes the intervals that have ended by `now`. */
void report_sample(void);
uint64_t report_next_sample(void);
void report_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
uint64_t report_errors(void);
/* Prints the JSON line. */
void report_end(void);

#endif
