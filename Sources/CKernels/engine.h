// The engine: an instruction set, its threads, their scratch memory.
#ifndef DRAGOMAN_ENGINE_H
#define DRAGOMAN_ENGINE_H

#include "pool.h"
#include "scratch.h"

struct dragoman_engine {
  const struct dragoman_kernels *kernels;
  /// That of the kernels, or that for 8-bit products if the processor has them.
  dragoman_kernel *screen_bounds;
  struct pool *pool;
  int threads;
  /// Whether to use all threads for the shortest call.
  bool eager;
  struct scratches *scratches;
};

/// Which way the result of a kernel may be cut.
enum split { SPLIT_ROWS, SPLIT_COLUMNS, SPLIT_EITHER };

/// How many threads a call of `work` deserves, if one more is worth waking per `unit` of work.
int engine_parts(const dragoman_engine *engine, double work, double unit);

/// Runs a kernel over `rows` × `columns`, cut for as many threads as `work` is worth.
///
/// `work` is in units of one simple operation per element, about a quarter of a nanosecond.
void engine_run(
    dragoman_engine *engine, dragoman_kernel *kernel, const struct job *job, ptrdiff_t rows,
    ptrdiff_t columns, enum split split, double work);

#endif
