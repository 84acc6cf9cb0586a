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
  atomic_uint generation;  // counts calls; odd ones do not exist
  atomic_int pending;
  int stopping;
  int parts;
  void (*task)(void *, int);
  void *context;
};

typedef struct {
  dragoman_pool *pool;
  int index;
} worker_start;

static void *work(void *argument) {
  worker_start start = *(worker_start *)argument;
  free(argument);
  dragoman_pool *pool = start.pool;
  unsigned seen = 0;
  for (;;) {
    int spins = 0;
    while (atomic_load_explicit(&pool->generation, memory_order_acquire) == seen) {
      if (++spins < SPINS) {
        PAUSE();
        continue;
      }
      pthread_mutex_lock(&pool->mutex);
      atomic_fetch_add(&pool->sleepers, 1);
      while (atomic_load(&pool->generation) == seen) pthread_cond_wait(&pool->wake, &pool->mutex);
      atomic_fetch_sub(&pool->sleepers, 1);
      pthread_mutex_unlock(&pool->mutex);
    }
    seen = atomic_load_explicit(&pool->generation, memory_order_acquire);
    if (pool->stopping) return 0;
    if (start.index < pool->parts) {
      __typeof__(enter()) old = enter();
      for (int part = start.index; part < pool->parts; part += pool->threads) pool->task(pool->context, part);
      leave(old);
    }
    atomic_fetch_sub_explicit(&pool->pending, 1, memory_order_release);
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
    worker_start *start = malloc(sizeof *start);
    if (!start) break;
    *start = (worker_start){pool, index};
    if (pthread_create(&pool->workers[index], 0, work, start)) {
      // Fewer threads do the same work with the same result.
      free(start);
      break;
    }
    pool->threads = index + 1;
  }
  return pool;
}

// Tells all workers that there is something new.
static void publish(dragoman_pool *pool) {
  atomic_store(&pool->pending, pool->threads - 1);
  atomic_fetch_add(&pool->generation, 1);
  if (atomic_load(&pool->sleepers) > 0) {
    pthread_mutex_lock(&pool->mutex);
    pthread_cond_broadcast(&pool->wake);
    pthread_mutex_unlock(&pool->mutex);
  }
}

void dragoman_pool_destroy(dragoman_pool *pool) {
  if (!pool) return;
  pool->stopping = 1;
  publish(pool);
  for (int index = 1; index < pool->threads; index++) pthread_join(pool->workers[index], 0);
  pthread_mutex_destroy(&pool->mutex);
  pthread_cond_destroy(&pool->wake);
  free(pool->workers);
  free(pool);
}

void dragoman_pool_run(dragoman_pool *pool, int parts, void (*task)(void *, int), void *context) {
  __typeof__(enter()) old = enter();
  int idle = 0;
  if (parts <= 1 || pool->threads == 1 ||
      !atomic_compare_exchange_strong_explicit(&pool->busy, &idle, 1, memory_order_acquire, memory_order_relaxed)) {
    for (int part = 0; part < parts; part++) task(context, part);
    leave(old);
    return;
  }
  pool->parts = parts;
  pool->task = task;
  pool->context = context;
  publish(pool);
  for (int part = 0; part < parts; part += pool->threads) task(context, part);
  // A thread that lost its core to another program needs this one.
  for (int spins = 0; atomic_load_explicit(&pool->pending, memory_order_acquire) != 0; spins++) {
    if (spins < SPINS) PAUSE();
    else sched_yield();
  }
  leave(old);
  atomic_store_explicit(&pool->busy, 0, memory_order_release);
}
