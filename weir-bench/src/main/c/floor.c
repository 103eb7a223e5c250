/*
 * The floor: the least single-threaded server that answers the same bytes as the peers, as the limit of the machine.
 *
 * Level-triggered epoll, non-blocking sockets. A readiness costs one recv and one send, whatever it brought; no epoll_ctl
 * follows the one after accept, unless a peer does not read and the rest of a reply has to wait. All connections share one
 * buffer: what is incomplete, in either direction, is the only thing that a connection keeps.
 *
 *   floor DIR      (DIR is ignored: the floor has neither TLS nor files)
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <endian.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
  EVENTS = 512,
  INCOMING_SIZE = 1 << 20, /* a whole head, or a whole frame, must fit in here */
  OUTGOING_SIZE = 1 << 20, /* replies to what fits in there; a reply begins only where REPLY_MAX bytes are left */
  REPLY_MAX = 512,
};

/* What a connection speaks. */
enum role { HTTP, ECHO, BROADCAST };

struct bytes {
  char *data;
  size_t length;
};

struct connection {
  int fd;
  enum role role;
  bool closing;        /* nothing more is read; closed as soon as all is sent */
  size_t place;        /* in `audience`, if the role is BROADCAST */
  struct bytes kept;   /* what came of an incomplete head or frame */
  struct bytes unsent; /* what the socket had no room for */
};

static int poller;
static char incoming[INCOMING_SIZE];
static char outgoing[OUTGOING_SIZE];
static char image[REPLY_MAX]; /* the reply to GET / */
static size_t image_length;

/* The open sockets of /broadcast, in no order. */
static struct connection **audience;
static size_t audience_size, audience_room;

static void die(const char *what) {
  perror(what);
  exit(1);
}

/* ---- connections ---- */

static void audience_add(struct connection *c) {
  if (audience_size == audience_room) {
    audience_room = audience_room ? 2 * audience_room : 1024;
    audience = realloc(audience, audience_room * sizeof *audience);
    if (!audience) die("realloc");
  }
  c->place = audience_size;
  audience[audience_size++] = c;
}

static void audience_remove(struct connection *c) {
  audience[c->place] = audience[--audience_size];
  audience[c->place]->place = c->place;
}

static void finish(struct connection *c) {
  if (c->role == BROADCAST) audience_remove(c);
  close(c->fd);
  free(c->kept.data);
  free(c->unsent.data);
  free(c);
}

static void keep(struct bytes *bytes, const char *data, size_t length) {
  if (length == 0) return;
  bytes->data = realloc(bytes->data, bytes->length + length);
  if (!bytes->data) die("realloc");
  memcpy(bytes->data + bytes->length, data, length);
  bytes->length += length;
}

static void drop(struct bytes *bytes) {
  free(bytes->data);
  *bytes = (struct bytes){0};
}

static void watch(struct connection *c, int operation, uint32_t events) {
  struct epoll_event event = {.events = events, .data.ptr = c};
  if (epoll_ctl(poller, operation, c->fd, &event) < 0) die("epoll_ctl");
}

static void accept_all(int listener) {
  int fd;
  while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
    struct connection *c = calloc(1, sizeof *c);
    if (!c) die("calloc");
    c->fd = fd;
    watch(c, EPOLL_CTL_ADD, EPOLLIN);
  }
}

/* ---- sending ---- */

/* Sends what the socket takes, and waits for room for the rest: only then is there an epoll_ctl. */
static void send_or_keep(struct connection *c, const char *data, size_t length) {
  if (c->unsent.length) {
    keep(&c->unsent, data, length);
    return;
  }
  ssize_t sent = send(c->fd, data, length, MSG_NOSIGNAL);
  if (sent == (ssize_t)length) return;
  if (sent < 0 && errno != EAGAIN) {
    c->closing = true; /* the peer is gone: reading says so too */
    return;
  }
  size_t taken = sent < 0 ? 0 : sent;
  keep(&c->unsent, data + taken, length - taken);
  watch(c, EPOLL_CTL_MOD, EPOLLOUT); /* and reads no more meanwhile: that is the back-pressure */
}

/* The socket has room again. */
static void flush(struct connection *c) {
  struct bytes rest = c->unsent;
  c->unsent = (struct bytes){0};
  watch(c, EPOLL_CTL_MOD, EPOLLIN);
  send_or_keep(c, rest.data, rest.length);
  drop(&rest);
  if (c->closing && !c->unsent.length) finish(c);
}

/* ---- HTTP/1.1 ---- */

/* The reply is made once a second, for its Date. */
static void refresh_image(void) {
  static time_t second;
  time_t now = time(NULL);
  if (now == second) return;
  second = now;
  char date[64];
  strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", gmtime(&now));
  image_length = snprintf(image, sizeof image,
                          "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 13\r\n"
                          "Date: %s\r\n\r\nHello, World!",
                          date);
}

struct head {
  const char *line; /* of the request */
  const char *key;  /* the value of Sec-WebSocket-Key, or NULL */
  size_t key_length;
  bool close;
};

static void read_field(const char *line, size_t length, struct head *head) {
  static const char CONNECTION[] = "connection: close", KEY[] = "sec-websocket-key: ";
  if (length == sizeof CONNECTION - 1 && !strncasecmp(line, CONNECTION, length)) {
    head->close = true;
  } else if (length > sizeof KEY - 1 && !strncasecmp(line, KEY, sizeof KEY - 1)) {
    head->key = line + sizeof KEY - 1;
    head->key_length = length - (sizeof KEY - 1);
  }
}

/* Reads the head from `at`, line by line until the empty one. Returns its end, or NULL if that has not come. */
static char *read_head(char *at, char *end, struct head *head) {
  *head = (struct head){.line = at};
  for (char *line = at, *feed; (feed = memchr(line, '\n', end - line)); line = feed + 1) {
    size_t length = feed - line;
    if (length == 1 && *line == '\r') return feed + 1;
    /* Two letters of interest: c of Connection, s of Sec-WebSocket-Key. */
    if ((*line | 0x20) == 'c' || (*line | 0x20) == 's') read_field(line, length - 1, head);
  }
  return NULL;
}

/* Sec-WebSocket-Accept of RFC 6455 4.2.2. */
static void accept_of(const struct head *head, char *base64) {
  static const char GUID[] = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  char text[128];
  unsigned char digest[SHA_DIGEST_LENGTH];
  int length = snprintf(text, sizeof text, "%.*s%s", (int)head->key_length, head->key, GUID);
  SHA1((unsigned char *)text, length, digest);
  EVP_EncodeBlock((unsigned char *)base64, digest, sizeof digest);
}

static size_t switch_protocols(struct connection *c, const struct head *head, enum role role, char *out) {
  char base64[64];
  accept_of(head, base64);
  c->role = role;
  if (role == BROADCAST) audience_add(c);
  return sprintf(out,
                 "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                 "Sec-WebSocket-Accept: %s\r\n\r\n",
                 base64);
}

#define STARTS(text, constant) (!memcmp(text, constant, sizeof constant - 1))

static size_t reply(struct connection *c, const struct head *head, char *out) {
  c->closing = head->close;
  if (STARTS(head->line, "GET / ")) {
    memcpy(out, image, image_length);
    return image_length;
  }
  bool keyed = head->key && head->key_length < 64;
  if (keyed && STARTS(head->line, "GET /ws ")) return switch_protocols(c, head, ECHO, out);
  if (keyed && STARTS(head->line, "GET /broadcast ")) return switch_protocols(c, head, BROADCAST, out);
  c->closing = true; /* a body may follow, which the floor does not read */
  return sprintf(out, "HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
}

/* Answers the whole heads from `*at` into `outgoing` and moves `*at` behind them. Returns the length of the replies. */
static size_t answer(struct connection *c, char **at, char *end) {
  size_t length = 0;
  struct head head;
  char *next;
  while (c->role == HTTP && !c->closing && length <= OUTGOING_SIZE - REPLY_MAX &&
         (next = read_head(*at, end, &head))) {
    length += reply(c, &head, outgoing + length);
    *at = next;
  }
  return length;
}

/* ---- WebSocket (RFC 6455) ---- */

struct frame {
  uint8_t first; /* FIN, RSV, opcode */
  size_t header; /* its length, with the masking key */
  size_t payload;
  uint64_t key;  /* the masking key, twice */
};

enum { FIN = 0x80, RSV = 0x70, OPCODE = 0x0f, CLOSE = 8, PING = 9, PONG = 10, MASKED = 0x80 };

/* Reads a frame's header; false if it has not come whole. */
static bool read_header(const uint8_t *at, size_t available, struct frame *frame) {
  if (available < 6) return false;
  uint64_t length = at[1] & 0x7f;
  size_t extended = length < 126 ? 0 : length == 126 ? 2 : 8;
  frame->header = 2 + extended + 4;
  if (available < frame->header) return false;
  if (extended == 2) length = (uint64_t)at[2] << 8 | at[3];
  if (extended == 8) {
    memcpy(&length, at + 2, 8);
    length = be64toh(length);
  }
  uint32_t key;
  memcpy(&key, at + frame->header - 4, 4);
  frame->first = at[0];
  frame->payload = length;
  frame->key = (uint64_t)key << 32 | key;
  return true;
}

static char *write_header(char *to, const struct frame *frame) {
  int opcode = frame->first & OPCODE;
  *to++ = (frame->first & FIN) | (opcode == PING ? PONG : opcode);
  if (frame->payload < 126) {
    *to++ = frame->payload;
  } else if (frame->payload < 65536) {
    uint16_t length = htobe16(frame->payload);
    *to++ = 126;
    to = mempcpy(to, &length, 2);
  } else {
    uint64_t length = htobe64(frame->payload);
    *to++ = 127;
    to = mempcpy(to, &length, 8);
  }
  return to;
}

/*
 * Unmasks eight bytes at a time. The destination lies at least four bytes before the source, in the same buffer: a word is
 * loaded before anything overwrites it.
 */
static char *unmask(char *to, const char *from, size_t length, uint64_t key) {
  size_t i = 0;
  for (uint64_t word; i + 8 <= length; i += 8) {
    memcpy(&word, from + i, 8);
    word ^= key;
    memcpy(to + i, &word, 8);
  }
  for (; i < length; i++) to[i] = from[i] ^ (char)(key >> (i % 8 * 8));
  return to + length;
}

static bool refused(const struct connection *c, const uint8_t *at, const struct frame *frame) {
  bool split = !(frame->first & FIN) || (frame->first & OPCODE) == 0;
  return frame->first & RSV || !(at[1] & MASKED) || frame->payload > INCOMING_SIZE - 14 ||
         (split && c->role == BROADCAST); /* frames of several senders would mix */
}

/*
 * Turns the whole frames from `*at` into the server's, in place: a header without a key is four bytes shorter, so what is
 * written never catches up with what is read. Moves `*at` behind them and returns the end of what is to be sent.
 */
static char *echo(struct connection *c, char **at, char *end) {
  char *to = *at;
  struct frame frame;
  while (!c->closing && read_header((uint8_t *)*at, end - *at, &frame)) {
    if (refused(c, (uint8_t *)*at, &frame)) {
      c->closing = true;
      break;
    }
    if ((size_t)(end - *at) < frame.header + frame.payload) break;
    char *payload = *at + frame.header;
    to = unmask(write_header(to, &frame), payload, frame.payload, frame.key);
    *at = payload + frame.payload;
    c->closing = (frame.first & OPCODE) == CLOSE;
  }
  return to;
}

static void broadcast(const char *data, size_t length) {
  for (size_t i = 0; i < audience_size; i++) send_or_keep(audience[i], data, length);
}

/* ---- a readiness ---- */

/* Answers what lies in `incoming`; what is incomplete is kept. */
static void serve(struct connection *c, size_t length) {
  char *at = incoming, *end = incoming + length;
  for (size_t replies; (replies = answer(c, &at, end));) send_or_keep(c, outgoing, replies);
  if (c->role != HTTP) {
    char *frames = at, *frames_end = echo(c, &at, end);
    if (frames_end > frames) {
      if (c->role == ECHO || c->closing) send_or_keep(c, frames, frames_end - frames);
      else broadcast(frames, frames_end - frames);
    }
  }
  if (!c->closing) keep(&c->kept, at, end - at);
}

static void readable(struct connection *c) {
  size_t kept = c->kept.length;
  if (kept) {
    memcpy(incoming, c->kept.data, kept);
    drop(&c->kept);
  }
  ssize_t received = recv(c->fd, incoming + kept, sizeof incoming - kept, 0);
  if (received > 0) {
    serve(c, kept + received);
  } else if (received == 0 || errno != EAGAIN) { /* the end, a failure, or a head that does not fit */
    finish(c);
    return;
  }
  if (c->closing && !c->unsent.length) finish(c);
}

/* ---- main ---- */

static int listen_anywhere(void) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof address;
  int on = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on); /* inherited by what is accepted */
  if (bind(fd, (struct sockaddr *)&address, length) < 0 || listen(fd, 4096) < 0) die("listen");
  getsockname(fd, (struct sockaddr *)&address, &length);
  printf("plain %d\nready\n", ntohs(address.sin_port));
  fflush(stdout);
  return fd;
}

static void raise_descriptor_limit(void) {
  struct rlimit limit;
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

/* Reads what stands on stdin; true at its end. */
static bool stdin_ended(void) {
  char ignored[4096];
  return read(STDIN_FILENO, ignored, sizeof ignored) <= 0;
}

int main(void) {
  raise_descriptor_limit();
  poller = epoll_create1(0);
  struct connection listener = {.fd = listen_anywhere()}, input = {.fd = STDIN_FILENO};
  watch(&listener, EPOLL_CTL_ADD, EPOLLIN);
  watch(&input, EPOLL_CTL_ADD, EPOLLIN);
  for (struct epoll_event events[EVENTS];;) {
    int ready = epoll_wait(poller, events, EVENTS, -1);
    refresh_image();
    for (int i = 0; i < ready; i++) {
      struct connection *c = events[i].data.ptr;
      if (c == &listener) accept_all(listener.fd);
      else if (c == &input && stdin_ended()) return 0;
      else if (c != &input && c->unsent.length) flush(c);
      else if (c != &input) readable(c);
    }
  }
}
