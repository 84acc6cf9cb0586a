// A fixed set of threads that run the parts of one call at a time.
#ifndef DRAGOMAN_POOL_H
#define DRAGOMAN_POOL_H

/// Runs part `part` of a call.
typedef void pool_function(void *context, int part);

struct pool;

/// The most parts of a call: more threads are not used.
enum { POOL_PARTS = 48 };

/// A pool of `threads` threads, at most POOL_PARTS, the calling one included, or of as many as the system grants; NULL if
/// there is no memory.
struct pool *pool_create(int threads);
/// The threads that a pool has, the calling one included.
int pool_threads(const struct pool *pool);
/// Ends the threads.
void pool_destroy(struct pool *pool);
/// Runs the parts 0..<parts, each once, and returns when all are done; at most one part per thread.
///
/// Any thread may run any part; the calling one takes part. If the pool is busy with another caller, it runs all parts itself.
/// Denormal floats are flushed inside, on every thread; the caller's floating-point mode is restored.
void pool_run(struct pool *pool, pool_function *function, void *context, int parts);

#endif
