/*
 * The peer `lws`: a server on Debian's libwebsockets, written as its examples are: one service thread, one write for each
 * WRITEABLE, messages in a queue with LWS_PRE bytes of room before each.
 *
 *   lws DIR
 */
#define _GNU_SOURCE
#include <libwebsockets.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum {
  SERVICE_BUFFER = 64 * 1024, /* what one receive takes */
  LARGE_SIZE = 100 * 1000,
  IDLE_SECONDS = 3600, /* idle connections stay: that they do is measured */
  HEADERS_AT_ONCE = 16 * 1024,
};

/* A piece of a message, which may wait in several queues. */
struct piece {
  size_t length;
  int users;
  enum lws_write_protocol flags;
  unsigned char data[]; /* LWS_PRE bytes that lws writes its header into, then the payload */
};

struct waiting {
  struct waiting *next;
  struct piece *piece;
};

/* lws's data of a connection, or of a stream of HTTP/2. */
struct session {
  struct lws *wsi;
  bool broadcasts;
  struct waiting *first, **last; /* WebSocket: what is to be written */
  struct session *next, *previous; /* of the audience */
  const unsigned char *body;     /* HTTP: what is to be written */
  size_t body_length, body_written;
};

static bool ended;
static char file[4096];
static unsigned char hello[LWS_PRE + 13], large[LWS_PRE + LARGE_SIZE];
static struct session audience = {.next = &audience, .previous = &audience};

/* ---- HTTP ---- */

/* Once a second, as nginx has it. */
static const char *date(void) {
  static char text[64];
  static time_t second;
  time_t now = time(NULL);
  if (now != second) strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", gmtime(&now));
  second = now;
  return text;
}

static int completed(struct lws *wsi) { return lws_http_transaction_completed(wsi) ? -1 : 0; }

/* Writes the head; a small body of HTTP/1.1 leaves with it, any other when the connection is writeable. */
static int answer(struct lws *wsi, struct session *session, const unsigned char *body, size_t length) {
  unsigned char buffer[LWS_PRE + 1024], *start = buffer + LWS_PRE, *at = start, *end = buffer + sizeof buffer - 1;
  const unsigned char *now = (const unsigned char *)date();
  if (lws_add_http_common_headers(wsi, HTTP_STATUS_OK, "text/plain", length, &at, end) ||
      lws_add_http_header_by_token(wsi, WSI_TOKEN_HTTP_DATE, now, strlen((char *)now), &at, end) ||
      lws_finalize_http_header(wsi, &at, end)) {
    return -1;
  }
  bool whole = lws_get_network_wsi(wsi) == wsi && length <= (size_t)(end - at);
  if (whole) at = mempcpy(at, body, length);
  int head = at - start;
  if (lws_write(wsi, start, head, whole ? LWS_WRITE_HTTP : LWS_WRITE_HTTP_HEADERS) != head) return -1;
  if (whole) return completed(wsi);
  session->body = body;
  session->body_length = length;
  session->body_written = 0;
  lws_callback_on_writable(wsi);
  return 0;
}

static int write_body(struct lws *wsi, struct session *session) {
  if (!session || !session->body) return 0;
  size_t rest = session->body_length - session->body_written;
  lws_fileofs_t allowance = lws_get_peer_write_allowance(wsi); /* negative where there is no such thing */
  size_t length = allowance >= 0 && (size_t)allowance < rest ? (size_t)allowance : rest;
  bool last = length == rest;
  unsigned char *from = (unsigned char *)session->body + session->body_written;
  if (length && lws_write(wsi, from, length, last ? LWS_WRITE_HTTP_FINAL : LWS_WRITE_HTTP) != (int)length) return -1;
  session->body_written += length;
  if (!last) {
    lws_callback_on_writable(wsi);
    return 0;
  }
  session->body = NULL;
  return completed(wsi);
}

static int request(struct lws *wsi, struct session *session, const char *path) {
  if (!strcmp(path, "/")) return answer(wsi, session, hello + LWS_PRE, sizeof hello - LWS_PRE);
  if (!strcmp(path, "/100k")) return answer(wsi, session, large + LWS_PRE, LARGE_SIZE);
  if (!strcmp(path, "/upload")) return 0; /* LWS_CALLBACK_HTTP_BODY_COMPLETION answers */
  if (!strcmp(path, "/file")) {
    int result = lws_serve_http_file(wsi, file, "application/octet-stream", NULL, 0);
    return result < 0 ? -1 : result > 0 ? completed(wsi) : 0;
  }
  lws_return_http_status(wsi, HTTP_STATUS_NOT_FOUND, NULL);
  return completed(wsi);
}

/* ---- WebSocket ---- */

static void established(struct lws *wsi, struct session *session) {
  char path[16] = "";
  lws_hdr_copy(wsi, path, sizeof path, WSI_TOKEN_GET_URI);
  session->wsi = wsi;
  session->last = &session->first;
  session->broadcasts = !strcmp(path, "/broadcast");
  if (!session->broadcasts) return;
  session->next = &audience;
  session->previous = audience.previous;
  session->next->previous = session->previous->next = session;
}

static void enqueue(struct session *session, struct piece *piece) {
  struct waiting *waiting = malloc(sizeof *waiting);
  *waiting = (struct waiting){.piece = piece};
  piece->users++;
  *session->last = waiting;
  session->last = &waiting->next;
  lws_callback_on_writable(session->wsi);
}

static void dequeue(struct session *session) {
  struct waiting *done = session->first;
  session->first = done->next;
  if (!session->first) session->last = &session->first;
  if (--done->piece->users == 0) free(done->piece);
  free(done);
}

/* A message may come in pieces, and is echoed in them. */
static void receive(struct lws *wsi, struct session *session, const void *data, size_t length) {
  struct piece *piece = malloc(sizeof *piece + LWS_PRE + length);
  piece->length = length;
  piece->users = 0;
  piece->flags = lws_write_ws_flags(lws_frame_is_binary(wsi) ? LWS_WRITE_BINARY : LWS_WRITE_TEXT,
                                    lws_is_first_fragment(wsi), lws_is_final_fragment(wsi));
  memcpy(piece->data + LWS_PRE, data, length);
  if (!session->broadcasts) enqueue(session, piece);
  else for (struct session *s = audience.next; s != &audience; s = s->next) enqueue(s, piece);
}

static int write_message(struct session *session) {
  if (!session->first) return 0;
  struct piece *piece = session->first->piece;
  if (lws_write(session->wsi, piece->data + LWS_PRE, piece->length, piece->flags) < (int)piece->length) return -1;
  dequeue(session);
  if (session->first) lws_callback_on_writable(session->wsi);
  return 0;
}

static void closed(struct session *session) {
  while (session->first) dequeue(session);
  if (!session->broadcasts) return;
  session->next->previous = session->previous;
  session->previous->next = session->next;
}

/* ---- lws's callbacks ---- */

static int serve(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in, size_t length) {
  switch (reason) {
    case LWS_CALLBACK_HTTP: return request(wsi, user, in);
    case LWS_CALLBACK_HTTP_BODY_COMPLETION: return answer(wsi, user, hello + LWS_PRE, sizeof hello - LWS_PRE);
    case LWS_CALLBACK_HTTP_WRITEABLE: return write_body(wsi, user);
    case LWS_CALLBACK_HTTP_FILE_COMPLETION: return completed(wsi);
    case LWS_CALLBACK_ESTABLISHED: established(wsi, user); return 0;
    case LWS_CALLBACK_RECEIVE: receive(wsi, user, in, length); return 0;
    case LWS_CALLBACK_SERVER_WRITEABLE: return write_message(user);
    case LWS_CALLBACK_CLOSED: closed(user); return 0;
    default: return lws_callback_http_dummy(wsi, reason, user, in, length);
  }
}

/* Stdin is adopted as a raw file: its end is the server's. */
static int watch_stdin(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in, size_t length) {
  (void)wsi, (void)user, (void)in, (void)length;
  char ignored[4096];
  bool reads = reason == LWS_CALLBACK_RAW_RX_FILE, closes = reason == LWS_CALLBACK_RAW_CLOSE_FILE;
  if (closes || (reads && read(STDIN_FILENO, ignored, sizeof ignored) <= 0)) ended = true;
  return 0;
}

static const struct lws_protocols protocols[] = {
    {.name = "serve", .callback = serve, .per_session_data_size = sizeof(struct session)},
    {.name = "stdin", .callback = watch_stdin},
    {0},
};

static const struct lws_extension extensions[] = {
    {"permessage-deflate", lws_extension_callback_pm_deflate, "permessage-deflate"},
    {0},
};

/* ---- main ---- */

static struct lws_vhost *listen_on(struct lws_context *context, struct lws_context_creation_info *info, const char *name) {
  info->vhost_name = name;
  struct lws_vhost *vhost = lws_create_vhost(context, info);
  if (!vhost) exit(1);
  printf("%s %d\n", name, lws_get_vhost_listen_port(vhost));
  return vhost;
}

static void raise_descriptor_limit(void) {
  struct rlimit limit;
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

int main(int count, char **arguments) {
  if (count != 2) return 2;
  char certificate[4096], key[4096];
  snprintf(file, sizeof file, "%s/www/file", arguments[1]);
  snprintf(certificate, sizeof certificate, "%s/cert.pem", arguments[1]);
  snprintf(key, sizeof key, "%s/key.pem", arguments[1]);
  memcpy(hello + LWS_PRE, "Hello, World!", 13);
  memset(large + LWS_PRE, 'x', LARGE_SIZE);
  raise_descriptor_limit();
  lws_set_log_level(LLL_ERR, NULL);

  struct lws_context_creation_info info = {
      .port = 0,
      .iface = "127.0.0.1",
      .protocols = protocols,
      .extensions = extensions,
      .options = LWS_SERVER_OPTION_EXPLICIT_VHOSTS | LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT,
      .pt_serv_buf_size = SERVICE_BUFFER,
      .max_http_header_pool = HEADERS_AT_ONCE,
      .keepalive_timeout = IDLE_SECONDS,
      .gid = -1,
      .uid = -1,
  };
  struct lws_context *context = lws_create_context(&info);
  if (!context) return 1;
  struct lws_vhost *plain = listen_on(context, &info, "plain");
  info.ssl_cert_filepath = certificate;
  info.ssl_private_key_filepath = key;
  listen_on(context, &info, "tls");
  lws_sock_file_fd_type input = {.filefd = STDIN_FILENO};
  if (!lws_adopt_descriptor_vhost(plain, LWS_ADOPT_RAW_FILE_DESC, input, "stdin", NULL)) return 1;
  puts("ready");
  fflush(stdout);
  while (!ended && lws_service(context, 0) >= 0) {
  }
  return 0;
}
