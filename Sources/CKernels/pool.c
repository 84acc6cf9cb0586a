// A fixed pool of threads with one short barrier per call.
//
// A step of training makes thousands of calls of some microseconds each, so threads wait for the next one by
// spinning, some tens of microseconds, and then on a condition variable: an idle pool costs nothing.
#include "dragoman_kernels.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

#if defined(__x86_64__)
#include <immintrin.h>
#define PAUSE() _mm_pause()
// Flush-to-zero and denormals-are-zero.
#define FLUSH 0x8040u
static unsigned enter(void) {
  unsigned old = _mm_getcsr();
  _mm_setcsr(old | FLUSH);
  return old;
}
static void leave(unsigned old) { _mm_setcsr(old); }
#elif defined(__aarch64__)
#define PAUSE() __asm__ __volatile__("yield")
static uint64_t enter(void) {
  uint64_t old;
  __asm__ __volatile__("mrs %0, fpcr" : "=r"(old));
  __asm__ __volatile__("msr fpcr, %0" ::"r"(old | (1ull << 24)));
  return old;
}
static void leave(uint64_t old) { __asm__ __volatile__("msr fpcr, %0" ::"r"(old)); }
#else
#define PAUSE() ((void)0)
static unsigned enter(void) { return 0; }
static void leave(unsigned old) { (void)old; }
#endif

enum { SPINS = 4000 };

struct dragoman_pool {
  int threads;  // the caller included
  pthread_t *workers;
  pthread_mutex_t mutex;
  pthread_cond_t wake;
  atomic_int busy;
  atomic_int sleepers;
  // The call under way: its number (32 bits), its parts (16) and the next part that nobody has taken (16). Taking a part
  // is one compare-and-swap, so a thread that comes late, or not at all, finds nothing to do and nobody waits for it.
  _Atomic uint64_t ticket;
  atomic_int done;  // parts of the call that are finished
  atomic_int stopping;
  void (*task)(void *, int);
  void *context;
};

static uint32_t number(uint64_t ticket) { return (uint32_t)(ticket >> 32); }
static int parts(uint64_t ticket) { return (int)(ticket >> 16 & 0xffff); }
static int next(uint64_t ticket) { return (int)(ticket & 0xffff); }

// Takes the parts of a call, one after the other, and does them until none is left. The task is read only after a
// part was taken: the call cannot end before that part is done.
static void take_parts(dragoman_pool *pool, uint32_t call) {
  uint64_t ticket = atomic_load_explicit(&pool->ticket, memory_order_acquire);
  while (number(ticket) == call && next(ticket) < parts(ticket)) {
    if (!atomic_compare_exchange_weak_explicit(&pool->ticket, &ticket, ticket + 1, memory_order_acq_rel,
                                               memory_order_acquire))
      continue;
    pool->task(pool->context, next(ticket));
    atomic_fetch_add_explicit(&pool->done, 1, memory_order_release);
    ticket = atomic_load_explicit(&pool->ticket, memory_order_acquire);
  }
}

static void *work(void *argument) {
  dragoman_pool *pool = argument;
  uint32_t seen = 0;
  for (;;) {
    int spins = 0;
    while (number(atomic_load_explicit(&pool->ticket, memory_order_acquire)) == seen) {
      if (++spins < SPINS) {
        PAUSE();
        continue;
      }
      pthread_mutex_lock(&pool->mutex);
      atomic_fetch_add(&pool->sleepers, 1);
      while (number(atomic_load(&pool->ticket)) == seen) pthread_cond_wait(&pool->wake, &pool->mutex);
      atomic_fetch_sub(&pool->sleepers, 1);
      pthread_mutex_unlock(&pool->mutex);
    }
    seen = number(atomic_load_explicit(&pool->ticket, memory_order_acquire));
    if (atomic_load(&pool->stopping)) return 0;
    __typeof__(enter()) old = enter();
    take_parts(pool, seen);
    leave(old);
  }
}

dragoman_pool *dragoman_pool_create(int threads) {
  dragoman_pool *pool = calloc(1, sizeof *pool);
  if (!pool) return 0;
  pthread_mutex_init(&pool->mutex, 0);
  pthread_cond_init(&pool->wake, 0);
  pool->threads = 1;
  pool->workers = calloc((size_t)threads, sizeof *pool->workers);
  for (int index = 1; pool->workers && index < threads; index++) {
    // Fewer threads do the same work with the same result.
    if (pthread_create(&pool->workers[index], 0, work, pool)) break;
    pool->threads = index + 1;
  }
  return pool;
}

// Begins a call of so many parts, and gives its number.
static uint32_t publish(dragoman_pool *pool, int count) {
  uint32_t call = number(atomic_load(&pool->ticket)) + 1;
  atomic_store(&pool->done, 0);
  atomic_store(&pool->ticket, (uint64_t)call << 32 | (uint64_t)count << 16);
  if (atomic_load(&pool->sleepers) > 0) {
    pthread_mutex_lock(&pool->mutex);
    pthread_cond_broadcast(&pool->wake);
    pthread_mutex_unlock(&pool->mutex);
  }
  return call;
}

void dragoman_pool_destroy(dragoman_pool *pool) {
  if (!pool) return;
  atomic_store(&pool->stopping, 1);
  publish(pool, 0);
  for (int index = 1; index < pool->threads; index++) pthread_join(pool->workers[index], 0);
  pthread_mutex_destroy(&pool->mutex);
  pthread_cond_destroy(&pool->wake);
  free(pool->workers);
  free(pool);
}

void dragoman_pool_run(dragoman_pool *pool, int count, void (*task)(void *, int), void *context) {
  __typeof__(enter()) old = enter();
  int idle = 0;
  if (count <= 1 || count > 0xffff || pool->threads == 1 ||
      !atomic_compare_exchange_strong_explicit(&pool->busy, &idle, 1, memory_order_acquire, memory_order_relaxed)) {
    for (int part = 0; part < count; part++) task(context, part);
    leave(old);
    return;
  }
  pool->task = task;
  pool->context = context;
  take_parts(pool, publish(pool, count));
  // What is left is in the hands of threads that have begun; one that lost its core needs this one.
  for (int spins = 0; atomic_load_explicit(&pool->done, memory_order_acquire) < count; spins++) {
    if (spins < SPINS) PAUSE();
    else sched_yield();
  }
  leave(old);
  atomic_store_explicit(&pool->busy, 0, memory_order_release);
}
