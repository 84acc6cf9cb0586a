// The engine: an instruction set, its threads, their scratch memory.
#ifndef DRAGOMAN_ENGINE_H
#define DRAGOMAN_ENGINE_H

#include <stdatomic.h>

#include "pool.h"
#include "table.h"

/// Scratch of one thread that multiplies: blocks of both operands in the order of the tiles.
struct scratch {
  atomic_flag taken;
  float *left, *right;
};

struct dragoman_engine {
  const struct dragoman_kernels *kernels;
  /// That of the kernels, or that for 8-bit products if the processor has them.
  dragoman_kernel *screen_bounds;
  struct pool *pool;
  int threads;
  /// Whether to use all threads for the shortest call.
  bool eager;
  int scratch_count;
  struct scratch *scratch;
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

/// Scratch for the part `index` of the running call, and its return.
struct scratch *engine_take_scratch(dragoman_engine *engine, int index);
void engine_give_scratch(struct scratch *scratch);

/// Floats of either half of a scratch; see products.c.
ptrdiff_t engine_scratch_left(const struct dragoman_kernels *kernels);
ptrdiff_t engine_scratch_right(const struct dragoman_kernels *kernels);

#endif
