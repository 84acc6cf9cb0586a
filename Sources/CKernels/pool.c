// The threads of an engine.
//
// A call publishes its function and then a ticket, its number and the count of its parts in one word;
// each worker sees the new ticket, runs its part, if it has one, and lowers the count of pending workers.
// Workers without a part touch nothing, so nobody waits for them. Both sides spin for some tens of microseconds, since in a
// time loop the next call is that near, and then sleep on a condition, so that an idle pool costs nothing.
#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE
#endif
#include "pool.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

struct worker {
  struct pool *pool;
  int index;
  pthread_t thread;
};

struct pool {
  int threads;
  /// Workers that were started: threads − 1, unless the start failed half-way.
  int started;
  struct worker *workers;

  /// Held by the caller whose parts are being run.
  atomic_flag busy;

  // The call under way; written before its ticket.
  pool_function *function;
  void *context;

  /// 2¹⁶ · number of the call + number of its parts, or all threads if those are fewer.
  _Alignas(64) atomic_ullong ticket;
  /// Workers that have a part and have not finished it.
  _Alignas(64) atomic_int pending;

  _Alignas(64) pthread_mutex_t mutex;
  pthread_cond_t called, finished;
  /// How many workers, and whether the caller, wait on a condition.
  atomic_int sleepers;
  atomic_bool caller_sleeps, ending;
};

/// Rounds of waiting before sleep: 30 to 60 microseconds on processors where a pause is 40 to 140 cycles.
enum { SPINS = 1000 };

static inline void spin_once(void) {
#if defined(__x86_64__)
  _mm_pause();
#elif defined(__aarch64__)
  __asm__ volatile("isb" ::: "memory");
#endif
}

// The floating-point mode: round to nearest, no traps, denormals count as 0.

static inline unsigned long long enter_mode(void) {
#if defined(__x86_64__)
  const unsigned mode = _mm_getcsr();
  _mm_setcsr(0x9FC0);
  return mode;
#elif defined(__aarch64__)
  unsigned long long mode;
  __asm__ volatile("mrs %0, fpcr" : "=r"(mode));
  __asm__ volatile("msr fpcr, %0" ::"r"(1ull << 24) : "memory");
  return mode;
#else
  return 0;
#endif
}

static inline void leave_mode(unsigned long long mode) {
#if defined(__x86_64__)
  _mm_setcsr((unsigned)mode);
#elif defined(__aarch64__)
  __asm__ volatile("msr fpcr, %0" ::"r"(mode) : "memory");
#else
  (void)mode;
#endif
}

/// Waits until the ticket is no longer `seen`; returns the new one.
static unsigned long long await_call(struct pool *pool, unsigned long long seen) {
  for (int i = 0; i < SPINS; i++) {
    const unsigned long long now = atomic_load_explicit(&pool->ticket, memory_order_acquire);
    if (now != seen) return now;
    spin_once();
  }
  pthread_mutex_lock(&pool->mutex);
  // The caller writes the ticket and then looks for sleepers; we do the reverse, so one of us sees the
  // other. All four accesses are sequentially consistent.
  atomic_fetch_add(&pool->sleepers, 1);
  unsigned long long now;
  while ((now = atomic_load(&pool->ticket)) == seen) {
    pthread_cond_wait(&pool->called, &pool->mutex);
  }
  atomic_fetch_sub(&pool->sleepers, 1);
  pthread_mutex_unlock(&pool->mutex);
  return now;
}

static void publish(struct pool *pool, int parts) {
  // Only the holder of `busy` writes, so load and store need not be one step.
  const unsigned long long number = atomic_load(&pool->ticket) >> 16;
  atomic_store(&pool->ticket, (number + 1) << 16 | (unsigned long long)parts);
  if (atomic_load(&pool->sleepers) > 0) {
    pthread_mutex_lock(&pool->mutex);
    pthread_cond_broadcast(&pool->called);
    pthread_mutex_unlock(&pool->mutex);
  }
}

static void finish_part(struct pool *pool) {
  if (atomic_fetch_sub(&pool->pending, 1) == 1 && atomic_load(&pool->caller_sleeps)) {
    pthread_mutex_lock(&pool->mutex);
    pthread_cond_signal(&pool->finished);
    pthread_mutex_unlock(&pool->mutex);
  }
}

static void await_finish(struct pool *pool) {
  for (int i = 0; i < SPINS; i++) {
    if (atomic_load_explicit(&pool->pending, memory_order_acquire) == 0) return;
    spin_once();
  }
  pthread_mutex_lock(&pool->mutex);
  atomic_store(&pool->caller_sleeps, true);
  while (atomic_load(&pool->pending) > 0) pthread_cond_wait(&pool->finished, &pool->mutex);
  atomic_store(&pool->caller_sleeps, false);
  pthread_mutex_unlock(&pool->mutex);
}

static void *work(void *argument) {
  struct worker *worker = argument;
  struct pool *pool = worker->pool;
#if defined(__linux__)
  pthread_setname_np(pthread_self(), "dragoman");
#elif defined(__APPLE__)
  pthread_setname_np("dragoman");
#endif
  enter_mode();
  unsigned long long ticket = 0;
  while (true) {
    ticket = await_call(pool, ticket);
    if (atomic_load(&pool->ending)) return NULL;
    if (worker->index < (int)(ticket & 0xFFFF)) {
      pool->function(pool->context, worker->index);
      finish_part(pool);
    }
  }
}

struct pool *pool_create(int threads) {
  struct pool *pool = aligned_alloc(64, (sizeof *pool + 63) / 64 * 64);
  if (!pool) return NULL;
  *pool = (struct pool){.threads = threads, .busy = ATOMIC_FLAG_INIT};
  pthread_mutex_init(&pool->mutex, NULL);
  pthread_cond_init(&pool->called, NULL);
  pthread_cond_init(&pool->finished, NULL);
  pool->workers = calloc((size_t)threads, sizeof *pool->workers);
  for (int i = 0; pool->workers && i < threads - 1; i++) {
    pool->workers[i] = (struct worker){.pool = pool, .index = i + 1};
    if (pthread_create(&pool->workers[i].thread, NULL, work, &pool->workers[i])) break;
    pool->started++;
  }
  if (!pool->workers || pool->started < threads - 1) {
    pool_destroy(pool);
    return NULL;
  }
  return pool;
}

void pool_destroy(struct pool *pool) {
  atomic_store(&pool->ending, true);
  publish(pool, 0);
  for (int i = 0; i < pool->started; i++) pthread_join(pool->workers[i].thread, NULL);
  pthread_cond_destroy(&pool->finished);
  pthread_cond_destroy(&pool->called);
  pthread_mutex_destroy(&pool->mutex);
  free(pool->workers);
  free(pool);
}

void pool_run(struct pool *pool, pool_function *function, void *context, int parts) {
  const unsigned long long mode = enter_mode();
  if (parts == 1 || parts > pool->threads || atomic_flag_test_and_set(&pool->busy)) {
    for (int part = 0; part < parts; part++) function(context, part);
    leave_mode(mode);
    return;
  }
  pool->function = function;
  pool->context = context;
  atomic_store(&pool->pending, parts - 1);
  publish(pool, parts);
  function(context, 0);
  await_finish(pool);
  atomic_flag_clear(&pool->busy);
  leave_mode(mode);
}
