// The greatest column of a product by a screen in 8 bits: its memory and its three passes.
#include "engine.h"

static ptrdiff_t groups_of(ptrdiff_t depth) { return (depth + 3) / 4; }

static ptrdiff_t panels_of(ptrdiff_t columns) {
  return (columns + SCREEN_COLUMNS - 1) / SCREEN_COLUMNS;
}

/// Floats that begin on a cache line of their own.
static ptrdiff_t lines(ptrdiff_t floats) { return (floats + 15) / 16 * 16; }

/// Takes `floats` of the memory at `*at`.
static void *take(float **at, ptrdiff_t floats) {
  float *taken = *at;
  if (taken) *at += lines(floats);
  return taken;
}

/// Where everything lies in the memory of the weights and in the scratch of some rows; NULL where there is none.
static struct screening layout(
    ptrdiff_t depth, ptrdiff_t columns, float *screen, float *scratch, ptrdiff_t rows) {
  struct screening s = {.groups = groups_of(depth), .panels = panels_of(columns)};
  const ptrdiff_t width = s.panels * SCREEN_COLUMNS;
  s.weights = take(&screen, width * s.groups);
  s.scales = take(&screen, width);
  s.biases = take(&screen, width);
  s.norms = take(&screen, width);
  s.residues = take(&screen, width);
  s.queries = take(&scratch, rows * s.groups);
  s.rows = take(&scratch, rows * 4);
  s.lower = take(&scratch, rows * s.panels);
  s.upper = take(&scratch, rows * width);
  return s;
}

bool dragoman_screens_fast(const dragoman_engine *engine) {
  return engine->screen_bounds != engine->kernels->screen_bounds;
}

ptrdiff_t dragoman_screen_count(ptrdiff_t depth, ptrdiff_t columns) {
  // Beyond it sums could leave 32 bits, and the bound was not derived.
  if (depth > 1 << 14) return 0;
  const ptrdiff_t width = panels_of(columns) * SCREEN_COLUMNS;
  return width * groups_of(depth) + 4 * width;
}

bool dragoman_screen_make(
    dragoman_engine *engine, dragoman_matrix weights, const float *bias, float *screen) {
  const struct screening s = layout(weights.columns, weights.rows, screen, NULL, 0);
  const struct job job = {.m = {weights}, .vector = bias, .screening = &s};
  engine_run(
      engine, engine->kernels->screen_weights, &job, s.panels, 1, SPLIT_ROWS,
      2 * (double)weights.rows * (double)weights.columns);
  for (ptrdiff_t j = 0; j < weights.rows; j++) {
    // NaN is not, either.
    if (!(s.norms[j] <= 0x1p50f)) return false;
  }
  return true;
}

ptrdiff_t dragoman_screen_scratch(ptrdiff_t rows, ptrdiff_t depth, ptrdiff_t columns) {
  const ptrdiff_t panels = panels_of(columns);
  return lines(rows * groups_of(depth)) + lines(rows * 4) + lines(rows * panels) +
         rows * panels * SCREEN_COLUMNS;
}

void dragoman_screen_greatest(
    dragoman_engine *engine, dragoman_matrix x, dragoman_matrix weights, const float *bias,
    const float *screen, float *scratch, ptrdiff_t limit, int32_t *columns, int32_t *counts) {
  const struct screening s =
      layout(weights.columns, weights.rows, (float *)(uintptr_t)screen, scratch, x.rows);
  const struct job job = {
      .m = {x, weights},
      .vector = bias,
      .ids = columns,
      .counts = counts,
      .limit = limit < SCREEN_LIMIT ? limit : SCREEN_LIMIT,
      .screening = &s};
  const double rows = (double)x.rows, elements = rows * (double)x.columns;
  engine_run(engine, engine->kernels->screen_queries, &job, x.rows, 1, SPLIT_ROWS, 2 * elements);
  // An operation is 16 multiply-adds and more; the weights are read once.
  struct job bounds = job;
  bounds.limit = x.rows;
  engine_run(
      engine, engine->screen_bounds, &bounds, s.panels, 1, SPLIT_ROWS,
      ((double)x.columns / 16 + 1) * (rows + 4) * (double)weights.rows);
  // A few columns are left of a row, and all bounds are looked at.
  engine_run(
      engine, engine->kernels->screen_choose, &job, x.rows, 1, SPLIT_ROWS,
      rows * (double)weights.rows + 16 * elements);
}
