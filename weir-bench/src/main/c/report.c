/* Counts, latencies, errors, and the one line that the run ends with. */
#define _GNU_SOURCE
#include "load.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum {
  SHOWN_ERRORS = 10, /* the rest is only counted */
  SUB_BITS = 5,      /* a bucket of the histogram is at most 1/32 of its value wide */
  BUCKETS = 64 << SUB_BITS,
};

static uint64_t total, errors, full_handshakes, began, next_sample, counted_in_samples;
static double cpu_before;
static uint64_t latencies[BUCKETS], latency_count;
static uint64_t *samples;
static size_t sample_count, sample_room;

static double cpu_seconds(void) {
  struct timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

void report_begin(void) {
  began = now;
  next_sample = options.samples ? began + options.samples * 1000000ull : UINT64_MAX;
  cpu_before = cpu_seconds();
}

void report_count(uint64_t count) { total += count; }

uint64_t report_total(void) { return total; }

void report_full_handshake(void) { full_handshakes++; }

/* Buckets as wide as a 32nd of the power of two they lie in; below 32 ns each its own. */
static size_t bucket_of(uint64_t value) {
  if (value < 1 << SUB_BITS) return value;
  int shift = 63 - __builtin_clzll(value) - SUB_BITS;
  return ((size_t)shift << SUB_BITS) + (value >> shift);
}

/* The middle of a bucket. */
static double value_of(size_t bucket) {
  if (bucket < 1 << SUB_BITS) return bucket;
  int shift = (bucket >> SUB_BITS) - 1;
  uint64_t low = (bucket & ((1 << SUB_BITS) - 1)) | 1 << SUB_BITS;
  return (low + 0.5) * (double)(1ull << shift);
}

void report_latency(uint64_t ns) {
  latencies[bucket_of(ns)]++;
  latency_count++;
}

static double percentile_us(double share) {
  uint64_t rank = latency_count * share, below = 0;
  for (size_t i = 0; i < BUCKETS; i++) {
    below += latencies[i];
    if (below > rank) return value_of(i) / 1000;
  }
  return 0;
}

void report_sample(void) {
  for (; now >= next_sample; next_sample += options.samples * 1000000ull) {
    if (sample_count == sample_room) {
      sample_room = sample_room ? 2 * sample_room : 256;
      samples = realloc(samples, sample_room * sizeof *samples);
    }
    samples[sample_count++] = total - counted_in_samples;
    counted_in_samples = total;
  }
}

uint64_t report_next_sample(void) { return next_sample; }

void report_error(const char *format, ...) {
  if (errors++ >= SHOWN_ERRORS) return;
  va_list arguments;
  va_start(arguments, format);
  fputs("load: ", stderr);
  vfprintf(stderr, format, arguments);
  fputc('\n', stderr);
  va_end(arguments);
}

uint64_t report_errors(void) { return errors; }

void report_end(void) {
  double seconds = began ? (now - began) / 1e9 : 0, cpu = began ? cpu_seconds() - cpu_before : 0;
  printf("{\"count\":%lu,\"seconds\":%.6f,\"errors\":%lu,\"cpuSeconds\":%.6f,\"p50us\":%.2f,\"p99us\":%.2f,\"samples\":[",
         total, seconds, errors, cpu, percentile_us(0.5), percentile_us(0.99));
  for (size_t i = 0; i < sample_count; i++) printf(i ? ",%lu" : "%lu", samples[i]);
  putchar(']');
  if (options.resume) printf(",\"full\":%lu", full_handshakes);
  puts("}");
}
