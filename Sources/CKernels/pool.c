// The threads of an engine.
//
// A call publishes its function and then a ticket: its number, and which of its parts nobody has taken. Every thread,
// the caller too, takes its own part, which it had in the call before and has in its cache, and then what is left. So
// nobody waits for a thread that has not come, because it sleeps or another process has its core: the others do its
// part. Both sides spin for some tens of microseconds, since in a time loop the next call is that near, and then sleep
// on a condition, so that an idle pool costs nothing.
#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE
#endif
#include "pool.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
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
  /// Workers that were started: threads − 1.
  int started;
  struct worker *workers;

  /// Held by the caller whose parts are being run.
  atomic_flag busy;

  // The call under way; written before its ticket.
  pool_function *function;
  void *context;

  /// The number of the call, and a bit for each of its parts that nobody has taken.
  _Alignas(64) atomic_ullong ticket;
  /// Parts that are not finished.
  _Alignas(64) atomic_int pending;

  _Alignas(64) pthread_mutex_t mutex;
  pthread_cond_t called, finished;
  /// How many workers, and whether the caller, wait on a condition.
  atomic_int sleepers;
  atomic_bool caller_sleeps, ending;
};

/// Rounds of waiting before sleep: 30 to 60 microseconds on processors where a pause is 40 to 140 cycles.
enum { SPINS = 1000 };

/// Rounds that a thread without a part waits for those who have one.
enum { PATIENCE = 50 };

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

static unsigned number_of(unsigned long long ticket) { return (unsigned)(ticket >> POOL_PARTS); }

/// Waits until the call is no longer number `seen`; returns the number of the new one.
static unsigned await_call(struct pool *pool, unsigned seen) {
  for (int i = 0; i < SPINS; i++) {
    const unsigned now = number_of(atomic_load_explicit(&pool->ticket, memory_order_acquire));
    if (now != seen) return now;
    spin_once();
  }
  pthread_mutex_lock(&pool->mutex);
  // The caller writes the ticket and then looks for sleepers; we do the reverse, so one of us sees the
  // other. All four accesses are sequentially consistent.
  atomic_fetch_add(&pool->sleepers, 1);
  unsigned now;
  while ((now = number_of(atomic_load(&pool->ticket))) == seen && !atomic_load(&pool->ending)) {
    pthread_cond_wait(&pool->called, &pool->mutex);
  }
  atomic_fetch_sub(&pool->sleepers, 1);
  pthread_mutex_unlock(&pool->mutex);
  return now;
}

/// Begins a call and returns its number.
static unsigned publish(struct pool *pool, int parts) {
  // No part is left to take, so nobody else writes now. The number wraps around, which is no harm: a thread that
  // misses a call is not missed.
  const unsigned number = number_of(atomic_load(&pool->ticket)) + 1;
  const unsigned long long all = (1ull << parts) - 1;
  atomic_store(&pool->ticket, (unsigned long long)number << POOL_PARTS | all);
  if (atomic_load(&pool->sleepers) > 0) {
    pthread_mutex_lock(&pool->mutex);
    pthread_cond_broadcast(&pool->called);
    pthread_mutex_unlock(&pool->mutex);
  }
  return (uint16_t)number;
}

static void finish_part(struct pool *pool) {
  if (atomic_fetch_sub(&pool->pending, 1) == 1 && atomic_load(&pool->caller_sleeps)) {
    pthread_mutex_lock(&pool->mutex);
    pthread_cond_signal(&pool->finished);
    pthread_mutex_unlock(&pool->mutex);
  }
}

/// Takes parts of call number `call`, `own` first, and runs them until none is left.
///
/// Who has none of his own waits a moment before he takes another's, so that parts stay where their data is cached.
static void run_parts(struct pool *pool, unsigned call, int own) {
  unsigned long long ticket = atomic_load_explicit(&pool->ticket, memory_order_acquire);
  if (!(ticket >> own & 1)) {
    for (int i = 0; i < PATIENCE; i++) spin_once();
    ticket = atomic_load_explicit(&pool->ticket, memory_order_acquire);
  }
  while (true) {
    const unsigned long long left = ticket & ((1ull << POOL_PARTS) - 1);
    if (left == 0 || number_of(ticket) != call) return;
    const int part = left >> own & 1 ? own : __builtin_ctzll(left);
    if (!atomic_compare_exchange_weak_explicit(
            &pool->ticket, &ticket, ticket & ~(1ull << part), memory_order_acq_rel,
            memory_order_acquire)) {
      continue;
    }
    // The call cannot end before this part does, so function and context are those of the call.
    pool->function(pool->context, part);
    finish_part(pool);
    ticket = atomic_load_explicit(&pool->ticket, memory_order_acquire);
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
  unsigned call = 0;
  while (true) {
    call = await_call(pool, call);
    if (atomic_load(&pool->ending)) return NULL;
    run_parts(pool, call, worker->index);
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
  if (!pool->workers) {
    pool_destroy(pool);
    return NULL;
  }
  // Where the system refuses a thread, those that there are do the work: results do not depend on how many.
  pool->threads = pool->started + 1;
  return pool;
}

int pool_threads(const struct pool *pool) { return pool->threads; }

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
  atomic_store(&pool->pending, parts);
  run_parts(pool, publish(pool, parts), 0);
  await_finish(pool);
  atomic_flag_clear(&pool->busy);
  leave_mode(mode);
}
