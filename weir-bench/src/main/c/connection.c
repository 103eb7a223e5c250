/* Sockets: opening, reading, writing and closing, over TCP or TLS. */
#define _GNU_SOURCE
#include "load.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/*
 * Whoever closes first keeps the pair of addresses in TIME_WAIT, and 28,000 ports last two seconds of such a run: so the
 * source address goes round, and the port is chosen when the destination is known.
 */
static void bind_to_next_address(int fd) {
  enum { ADDRESSES = 200 };
  static unsigned next;
  int on = 1;
  struct sockaddr_in from = {.sin_family = AF_INET,
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK + next++ % ADDRESSES)};
  setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
  if (bind(fd, (struct sockaddr *)&from, sizeof from) < 0) report_error("bind: %s", strerror(errno));
}

static bool begin_connect(struct connection *c, int flags) {
  int on = 1;
  struct sockaddr_in to = {.sin_family = AF_INET,
                           .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
                           .sin_port = htons(options.port)};
  c->ended = false;
  c->unsent_length = 0;
  c->position = c->awaited = 0;
  c->fd = socket(AF_INET, SOCK_STREAM | flags, 0);
  if (c->fd < 0) return false;
  if (mode->opens_in_the_run || options.connections > 20000) bind_to_next_address(c->fd);
  setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return connect(c->fd, (struct sockaddr *)&to, sizeof to) == 0 || errno == EINPROGRESS;
}

static void connected(struct connection *c) {
  int error = 0;
  socklen_t length = sizeof error;
  getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &error, &length);
  if (error) connection_fail(c, "connecting: %s", strerror(error));
  else if (options.tls) tls_begin(c, mode->opened);
  else mode->opened(c);
}

void connection_open(struct connection *c) {
  c->ready = connected;
  if (begin_connect(c, SOCK_NONBLOCK)) loop_watch(c);
  else connection_fail(c, "connecting: %s", strerror(errno));
}

void connection_open_blocking(struct connection *c) {
  if (!begin_connect(c, 0)) {
    report_error("connecting to port %d: %s", options.port, strerror(errno));
    exit(1);
  }
  if (options.tls) tls_begin_blocking(c);
}

static ssize_t receive(struct connection *c, char *buffer, size_t size, int flags) {
  ssize_t length = recv(c->fd, buffer, size, flags);
  if (length >= 0) return length;
  if (errno == EAGAIN) return READ_NOTHING;
  connection_fail(c, "reading: %s", strerror(errno));
  return READ_FAILED;
}

ssize_t connection_read(struct connection *c, char *buffer, size_t size) {
  return c->ssl ? tls_read(c, buffer, size) : receive(c, buffer, size, 0);
}

ssize_t connection_skip(struct connection *c, char *buffer, size_t size) {
  return c->ssl ? tls_read(c, buffer, size) : receive(c, buffer, size, MSG_TRUNC);
}

/* A short read has emptied the socket, unless the end waits behind it; TLS may hold records back. */
bool connection_drained(const struct connection *c, ssize_t length, size_t size) {
  return !c->ssl && !c->ended && length < (ssize_t)size;
}

static ssize_t transmit(struct connection *c, const char *data, size_t length) {
  if (c->ssl) return tls_write(c, data, length);
  ssize_t sent = send(c->fd, data, length, MSG_NOSIGNAL);
  if (sent >= 0) return sent;
  if (errno == EAGAIN) return 0;
  connection_fail(c, "writing: %s", strerror(errno));
  return -1;
}

void connection_send(struct connection *c, const char *data, size_t length) {
  while (length) {
    ssize_t sent = transmit(c, data, length);
    if (sent < 0) return;
    data += sent;
    length -= sent;
    if (sent == 0 || !c->ssl) break; /* TLS writes a record at a time */
  }
  c->unsent = data;
  c->unsent_length = length;
}

void connection_close(struct connection *c) {
  if (c->ssl) SSL_free(c->ssl);
  if (c->fd >= 0) close(c->fd);
  c->ssl = NULL;
  c->fd = -1;
}

void connection_fail(struct connection *c, const char *format, ...) {
  char text[2048];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  report_error("connection %d: %s", c->index, text);
  connection_close(c);
}
