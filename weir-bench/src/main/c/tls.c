/* TLS by OpenSSL. The mode `handshake`: TCP, a handshake of TLS 1.3, and an end in order. */
#define _GNU_SOURCE
#include "load.h"

#include <errno.h>
#include <openssl/err.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum {
  READ_AHEAD = 128 * 1024, /* what one read may take, in place of two reads a record */
  ALPN_MAX = 16,
};

static SSL_CTX *context;

/*
 * Keeps the newest ticket: the next handshake of this connection may resume with it. A copy, because OpenSSL makes a session
 * unusable when its connection ends by FIN alone, as nginx ends them.
 */
static int keep_session(SSL *ssl, SSL_SESSION *session) {
  struct connection *c = SSL_get_app_data(ssl);
  if (c->session) SSL_SESSION_free(c->session);
  c->session = SSL_SESSION_dup(session);
  return 0; /* the original stays OpenSSL's */
}

/* The certificate was made for the run. That the server has its key is checked by the handshake. */
static int accept_any(X509_STORE_CTX *store, void *argument) {
  (void)store, (void)argument;
  return 1;
}

static void offer_alpn(void) {
  unsigned char protocols[1 + ALPN_MAX];
  size_t length = strnlen(options.alpn, ALPN_MAX);
  protocols[0] = length;
  memcpy(protocols + 1, options.alpn, length);
  SSL_CTX_set_alpn_protos(context, protocols, 1 + length);
}

void tls_prepare(void) {
  context = SSL_CTX_new(TLS_client_method());
  SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION);
  /* One suite, and one group wherever the server has it (nghttpd has not), so that all compute the same. */
  SSL_CTX_set_ciphersuites(context, "TLS_AES_128_GCM_SHA256");
  SSL_CTX_set1_groups_list(context, "X25519:P-256");
  SSL_CTX_set_cert_verify_callback(context, accept_any, NULL); /* VERIFY_NONE would build the chain all the same */
  SSL_CTX_set_options(context, SSL_OP_IGNORE_UNEXPECTED_EOF); /* some end by FIN alone */
  SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  if (mode == &hold_mode) SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS); /* ten thousand of them are idle */
  else SSL_CTX_set_read_ahead(context, 1);
  if (mode == &http_mode || mode == &ws_mode) SSL_CTX_set_default_read_buffer_len(context, READ_AHEAD);
  if (options.resume) {
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(context, keep_session);
  }
  offer_alpn();
}

const char *tls_error(void) {
  unsigned long error = ERR_get_error();
  return error ? ERR_reason_error_string(error) : strerror(errno);
}

static void make_ssl(struct connection *c) {
  c->ssl = SSL_new(context);
  SSL_set_fd(c->ssl, c->fd);
  SSL_set_app_data(c->ssl, c);
  SSL_set_tlsext_host_name(c->ssl, "localhost");
  if (c->session) SSL_set_session(c->ssl, c->session);
}

/* ---- reading and writing ---- */

/* What SSL_read and SSL_write mean by `result`, in the words of connection_read. */
static ssize_t outcome(struct connection *c, int result, const char *doing) {
  switch (SSL_get_error(c->ssl, result)) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE: return READ_NOTHING;
    case SSL_ERROR_ZERO_RETURN: return READ_END;
    default: connection_fail(c, "%s by TLS: %s", doing, tls_error()); return READ_FAILED;
  }
}

ssize_t tls_read(struct connection *c, char *buffer, size_t size) {
  ERR_clear_error();
  int length = SSL_read(c->ssl, buffer, size);
  return length > 0 ? length : outcome(c, length, "reading");
}

/* 0 if there is no room, -1 if the connection has failed. */
ssize_t tls_write(struct connection *c, const char *data, size_t length) {
  ERR_clear_error();
  int written = SSL_write(c->ssl, data, length);
  if (written > 0) return written;
  return outcome(c, written, "writing") == READ_NOTHING ? 0 : -1;
}

/* ---- the handshake ---- */

static void (*established_to)(struct connection *);

static bool agreed(const SSL *ssl) {
  const unsigned char *protocol;
  unsigned length;
  SSL_get0_alpn_selected(ssl, &protocol, &length);
  bool asked_for = length == strlen(options.alpn) && !memcmp(protocol, options.alpn, length);
  return asked_for || (length == 0 && !strcmp(options.alpn, "http/1.1"));
}

static void handshake_ready(struct connection *c) {
  ERR_clear_error();
  int result = SSL_connect(c->ssl);
  if (result == 1) {
    if (agreed(c->ssl)) established_to(c);
    else connection_fail(c, "the server did not agree on %s", options.alpn);
  } else if (outcome(c, result, "handshake") == READ_END) {
    connection_fail(c, "closed in the TLS handshake");
  }
}

void tls_begin(struct connection *c, void (*established)(struct connection *)) {
  established_to = established;
  c->ready = handshake_ready;
  make_ssl(c);
  handshake_ready(c);
}

void tls_begin_blocking(struct connection *c) {
  make_ssl(c);
  if (SSL_connect(c->ssl) == 1) return;
  report_error("the TLS handshake failed: %s", tls_error());
  exit(1);
}

/* ---- the mode ---- */

/* The server's tickets and its end follow ours: closing before they came would be a reset. */
static void ending_ready(struct connection *c) {
  char ignored[4096];
  ssize_t length;
  do length = tls_read(c, ignored, sizeof ignored);
  while (length > 0);
  if (length != READ_END) return;
  report_latency(now - c->asked);
  if (!options.resume || SSL_session_reused(c->ssl)) report_count(1);
  else report_full_handshake();
  connection_close(c);
  c->asked = now;
  connection_open(c);
}

static void handshake_opened(struct connection *c) {
  c->ready = ending_ready;
  ERR_clear_error();
  SSL_shutdown(c->ssl);
  shutdown(c->fd, SHUT_WR);
  ending_ready(c);
}

static void handshake_prepare(void) {
  if (options.tls) return;
  report_error("--mode handshake is about --tls");
  exit(2);
}

static void handshake_begin(void) {
  for (int i = 0; i < options.connections; i++) {
    connections[i].asked = now;
    connection_open(&connections[i]);
  }
}

const struct mode handshake_mode = {"handshake", true, handshake_prepare, handshake_opened, handshake_begin};
