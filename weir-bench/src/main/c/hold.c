/* The mode `hold`: opens connections, has one exchange on each, and is quiet. */
#include "load.h"

#include <string.h>

static bool is_websocket(void) { return options.path && !strncmp(options.path, "/ws", 3); }

static void idle(struct connection *c) {
  char ignored[4096];
  ssize_t length;
  do length = connection_read(c, ignored, sizeof ignored);
  while (length > 0 && !connection_drained(c, length, sizeof ignored));
  if (length == READ_END) connection_fail(c, "closed by the server while it was idle");
}

static void quiet(struct connection *c) {
  c->ready = idle;
  loop_established(c);
}

static void hold_prepare(void) {
  if (is_websocket()) websocket_prepare();
  else if (!options.h2) http_learn(false);
}

static void hold_opened(struct connection *c) {
  if (is_websocket()) websocket_open(c, quiet);
  else if (options.h2) http2_open(c, quiet);
  else http_open(c, quiet);
}

const struct mode hold_mode = {"hold", false, hold_prepare, hold_opened, NULL};
