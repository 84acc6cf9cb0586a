// Creation of engines, and the cutting of one call into parts.
#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE
#endif
#include "engine.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#if defined(__linux__)
#include <sched.h>
#endif

bool dragoman_available(int instructions) {
  switch (instructions) {
    case DRAGOMAN_PORTABLE:
      return true;
#if defined(__x86_64__)
    case DRAGOMAN_AVX2:
      __builtin_cpu_init();
      return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    case DRAGOMAN_AVX512:
      __builtin_cpu_init();
      return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
             __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
#endif
#if defined(__aarch64__)
    case DRAGOMAN_NEON:
      return true;
#endif
    default:
      return false;
  }
}

static const struct dragoman_kernels *kernels_of(int instructions) {
  switch (instructions) {
#if defined(__x86_64__)
    case DRAGOMAN_AVX2:
      return &dragoman_kernels_avx2;
    case DRAGOMAN_AVX512:
      return &dragoman_kernels_avx512;
#endif
#if defined(__aarch64__)
    case DRAGOMAN_NEON:
      return &dragoman_kernels_neon;
#endif
    default:
      return &dragoman_kernels_portable;
  }
}

/// Whether the processor has 8-bit products, and the instruction set the kernel for them.
static bool has_8_bit_products(int instructions) {
#if defined(__x86_64__)
  return instructions == DRAGOMAN_AVX512 && __builtin_cpu_supports("avx512vnni");
#else
  (void)instructions;
  return false;
#endif
}

int dragoman_processors(void) {
#if defined(__linux__)
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof allowed, &allowed) == 0 && CPU_COUNT(&allowed) > 0) {
    return CPU_COUNT(&allowed);
  }
#endif
  const long count = sysconf(_SC_NPROCESSORS_ONLN);
  return count < 1 ? 1 : count > 1024 ? 1024 : (int)count;
}

ptrdiff_t dragoman_processor_mask(uint8_t *bytes, ptrdiff_t size) {
#if defined(__linux__)
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof allowed, &allowed) == 0) {
    const ptrdiff_t count = size < (ptrdiff_t)sizeof allowed ? size : (ptrdiff_t)sizeof allowed;
    memcpy(bytes, &allowed, (size_t)count);
    return count;
  }
#else
  (void)bytes, (void)size;
#endif
  return 0;
}

dragoman_engine *dragoman_engine_create(int instructions, int threads, bool eager) {
  dragoman_engine *engine = calloc(1, sizeof *engine);
  if (!engine) return NULL;
  if (threads > POOL_PARTS) threads = POOL_PARTS;
  engine->kernels = kernels_of(instructions);
  engine->screen_bounds = engine->kernels->screen_bounds;
#if defined(__x86_64__)
  if (has_8_bit_products(instructions)) engine->screen_bounds = dragoman_screen_bounds_vnni;
#endif
  engine->threads = threads;
  engine->eager = eager;
  engine->scratches = scratches_create(engine->kernels, threads);
  engine->pool = pool_create(threads);
  if (!engine->scratches || !engine->pool) {
    dragoman_engine_destroy(engine);
    return NULL;
  }
  // A call that were cut into more parts than there are threads would run on one.
  engine->threads = pool_threads(engine->pool);
  return engine;
}

void dragoman_engine_destroy(dragoman_engine *engine) {
  if (engine->pool) pool_destroy(engine->pool);
  if (engine->scratches) scratches_destroy(engine->scratches);
  free(engine);
}

struct cut {
  dragoman_kernel *kernel;
  const struct job *job;
  ptrdiff_t rows, columns;
  int parts;
  bool by_rows;
};

static void run_part(void *context, int index) {
  const struct cut *cut = context;
  struct part part = {0, cut->rows, 0, cut->columns};
  if (cut->by_rows) {
    part.row = cut->rows * index / cut->parts;
    part.row_end = cut->rows * (index + 1) / cut->parts;
  } else {
    // Whole cache lines of 16 columns.
    const ptrdiff_t lines = (cut->columns + 15) / 16;
    part.column = lines * index / cut->parts * 16;
    part.column_end = lines * (index + 1) / cut->parts * 16;
    if (part.column_end > cut->columns) part.column_end = cut->columns;
  }
  if (part.row < part.row_end && part.column < part.column_end) cut->kernel(cut->job, part);
}

int engine_parts(const dragoman_engine *engine, double work, double unit) {
  if (engine->eager || work >= unit * engine->threads) return engine->threads;
  return work >= unit ? (int)(work / unit) : 1;
}

void engine_run(
    dragoman_engine *engine, dragoman_kernel *kernel, const struct job *job, ptrdiff_t rows,
    ptrdiff_t columns, enum split split, double work) {
  if (rows == 0 || columns == 0) return;
  // About four microseconds; handing a part to a thread that spins takes 0.2.
  int parts = engine_parts(engine, work, 16000);
  const bool by_rows = split == SPLIT_ROWS || (split == SPLIT_EITHER && rows >= 4 * parts);
  if (by_rows && parts > rows) parts = (int)rows;
  struct cut cut = {kernel, job, rows, columns, parts, by_rows};
  pool_run(engine->pool, run_part, &cut, parts);
}
