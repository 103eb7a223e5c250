/* Options, the run, and the loop. */
#define _GNU_SOURCE
#include "load.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum {
  EVENTS = 512,
  OPENING_AT_ONCE = 32,   /* a backlog of 50 is what some peers have */
  OPENING_SECONDS = 60,
  PATH_MAX_LENGTH = 100,
};

struct options options = {.mode = "http", .path = NULL, .connections = 1, .in_flight = 1, .seconds = 1, .size = 64};
struct connection *connections;
const struct mode *mode;
uint64_t now;
bool running;

static int poller, established, begun;
static bool stdin_ended;

static uint64_t clock_ns(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000ull + time.tv_nsec;
}

/* ---- the loop ---- */

/*
 * Edge-triggered for both directions: one epoll_ctl in a connection's life, and no second look at what is drained. The
 * kernel tells of room only after a send that found none.
 */
void loop_watch(struct connection *c) {
  struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data.ptr = c};
  if (epoll_ctl(poller, EPOLL_CTL_ADD, c->fd, &event) < 0) connection_fail(c, "epoll_ctl: %s", strerror(errno));
}

static void open_more(void) {
  while (begun < options.connections && begun - established < OPENING_AT_ONCE && !report_errors()) {
    connection_open(&connections[begun++]);
  }
}

void loop_established(struct connection *c) {
  (void)c;
  established++;
}

static void read_stdin(void) {
  char ignored[4096];
  if (read(STDIN_FILENO, ignored, sizeof ignored) <= 0) stdin_ended = true;
}

static void dispatch(struct connection *c, uint32_t events) {
  if (!c) {
    read_stdin();
    return;
  }
  now = clock_ns();
  c->ended = events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR);
  if (c->unsent_length && events & EPOLLOUT) connection_send(c, c->unsent, c->unsent_length);
  if (c->fd >= 0) c->ready(c);
}

/* Waits once, until `deadline` at the latest, and serves what is ready. */
static void turn(uint64_t deadline) {
  struct epoll_event events[EVENTS];
  uint64_t until = report_next_sample() < deadline && running ? report_next_sample() : deadline;
  int timeout = deadline == UINT64_MAX ? -1 : until > now ? (int)((until - now + 999999) / 1000000) : 0;
  int ready = epoll_wait(poller, events, EVENTS, timeout);
  for (int i = 0; i < ready; i++) dispatch(events[i].data.ptr, events[i].events);
  now = clock_ns();
  if (running) report_sample();
}

/* ---- the run ---- */

static void watch_stdin(void) {
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL};
  if (epoll_ctl(poller, EPOLL_CTL_ADD, STDIN_FILENO, &event) < 0) stdin_ended = true; /* a file, or /dev/null */
}

static void open_all(void) {
  now = clock_ns();
  uint64_t deadline = now + OPENING_SECONDS * 1000000000ull;
  for (open_more(); established < options.connections && now < deadline && !report_errors(); open_more()) {
    turn(deadline);
  }
  if (established < options.connections && !report_errors()) {
    report_error("%d of %d connections were ready after %d s", established, options.connections, OPENING_SECONDS);
  }
}

/* Until stdin ends: for the mode that has nothing to do but be there. */
static void hold(void) {
  puts("holding");
  fflush(stdout);
  watch_stdin();
  while (!stdin_ended) turn(UINT64_MAX);
}

/*
 * Whoever measures the server looks at it here: when all are open, or about to be opened if that is what the run is
 * about, and when they are still open at its end. A line on stdin says go; its end says so for ever.
 */
static void await_line(void) {
  fflush(stdout);
  for (char c = 0; c != '\n' && read(STDIN_FILENO, &c, 1) == 1;) continue;
}

static void run(void) {
  puts("ready");
  await_line();
  now = clock_ns();
  report_begin();
  running = true;
  mode->begin();
  uint64_t deadline = now + (uint64_t)(options.seconds * 1e9);
  while (now < deadline && !report_errors()) turn(deadline);
  running = false;
  if (!report_total() && !report_errors()) report_error("nothing came in the whole run");
}

static void raise_descriptor_limit(void) {
  struct rlimit limit;
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

static void make_connections(void) {
  connections = calloc(options.connections, sizeof *connections);
  for (int i = 0; i < options.connections; i++) connections[i] = (struct connection){.fd = -1, .index = i};
}

/* ---- options ---- */

static _Noreturn void usage(void) {
  fputs("load --port P [--tls] [--alpn h2|http/1.1] --mode http|ws|broadcast|connect|handshake|hold\n"
        "     --connections N --seconds S [--path /] [--in-flight K] [--size B] [--deflate]\n"
        "     [--body B (POST of so many bytes)] [--resume] [--samples MS] [--h2]\n",
        stderr);
  exit(2);
}

static void set_option(int name, const char *value) {
  switch (name) {
    case 'p': options.port = atoi(value); break;
    case 't': options.tls = true; break;
    case 'a': options.alpn = value; break;
    case 'm': options.mode = value; break;
    case 'c': options.connections = atoi(value); break;
    case 's': options.seconds = atof(value); break;
    case 'P': options.path = value; break;
    case 'k': options.in_flight = atoi(value); break;
    case 'b': options.size = strtoull(value, NULL, 10); break;
    case 'd': options.deflate = true; break;
    case 'B': options.body = strtoull(value, NULL, 10); break;
    case 'r': options.resume = true; break;
    case 'i': options.samples = atoi(value); break;
    case '2': options.h2 = true; break;
    default: usage();
  }
}

static void read_options(int count, char **arguments) {
  static const struct option names[] = {
      {"port", 1, 0, 'p'},  {"tls", 0, 0, 't'},       {"alpn", 1, 0, 'a'},        {"mode", 1, 0, 'm'},
      {"path", 1, 0, 'P'},  {"seconds", 1, 0, 's'},   {"connections", 1, 0, 'c'}, {"in-flight", 1, 0, 'k'},
      {"size", 1, 0, 'b'},  {"deflate", 0, 0, 'd'},   {"body", 1, 0, 'B'},        {"resume", 0, 0, 'r'},
      {"h2", 0, 0, '2'},    {"samples", 1, 0, 'i'},   {0, 0, 0, 0},
  };
  for (int name; (name = getopt_long(count, arguments, "", names, NULL)) != -1;) set_option(name, optarg);
  if (!options.alpn) options.alpn = options.h2 ? "h2" : "http/1.1";
  if (options.path && strlen(options.path) > PATH_MAX_LENGTH) usage();
  if (!options.port || options.connections < 1 || options.in_flight < 1 || optind < count) usage();
}

static const struct mode *find_mode(void) {
  static const struct mode *const modes[] = {&http_mode,    &connect_mode,   &ws_mode,
                                             &broadcast_mode, &handshake_mode, &hold_mode};
  for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
    if (!strcmp(modes[i]->name, options.mode)) return modes[i];
  }
  usage();
}

int main(int count, char **arguments) {
  read_options(count, arguments);
  mode = find_mode();
  raise_descriptor_limit();
  poller = epoll_create1(0);
  make_connections();
  if (options.tls) tls_prepare();
  mode->prepare();
  if (!mode->opens_in_the_run) open_all();
  if (!report_errors()) mode == &hold_mode ? hold() : run();
  report_end();
  await_line();
  return report_errors() ? 1 : 0;
}
