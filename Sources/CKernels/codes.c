// Products of few rows by whole numbers of eight bits: cut among threads by columns. The kernel is codes.inc.h.
#include <string.h>

#include "engine.h"

struct codes_product {
  dragoman_engine *engine;
  dragoman_matrix a, c;
  const int8_t *codes;
  const float *scales, *bias;
  bool adding;
  int parts;
};

static ptrdiff_t panels_of(ptrdiff_t columns, ptrdiff_t width) { return (columns + width - 1) / width; }

ptrdiff_t dragoman_codes_count(const dragoman_engine *engine, ptrdiff_t k, ptrdiff_t n) {
  const ptrdiff_t width = engine->kernels->tile_columns;
  return k * panels_of(n, width) * width;
}

ptrdiff_t dragoman_scales_count(const dragoman_engine *engine, ptrdiff_t n) {
  const ptrdiff_t width = engine->kernels->tile_columns;
  return panels_of(n, width) * width;
}

void dragoman_pack_codes(
    const dragoman_engine *engine, const int8_t *rows, ptrdiff_t k, ptrdiff_t n, int8_t *packed) {
  const ptrdiff_t width = engine->kernels->tile_columns;
  memset(packed, 0, (size_t)dragoman_codes_count(engine, k, n));
  for (ptrdiff_t j = 0; j < n; j++) {
    int8_t *const target = packed + j / width * width * k + j % width;
    for (ptrdiff_t l = 0; l < k; l++) target[l * width] = rows[j * k + l];
  }
}

static const float zeros[MAXIMUM_WIDE_PANELS * MAXIMUM_TILE_COLUMNS];

/// Panels from..<to of the result.
static void multiply_panels(const struct codes_product *p, ptrdiff_t from, ptrdiff_t to) {
  const struct dragoman_kernels *kernels = p->engine->kernels;
  const ptrdiff_t width = kernels->tile_columns, k = p->a.columns, rows = p->a.rows;
  dragoman_codes *const wide = kernels->codes_wide[rows - 1], *const one = kernels->codes[rows - 1];
  for (ptrdiff_t panel = from; panel < to;) {
    const ptrdiff_t column = panel * width, left = p->c.columns - column;
    const ptrdiff_t count =
        wide && to - panel >= CODES_PANELS && left >= CODES_PANELS * width ? CODES_PANELS : 1;
    const int8_t *codes = p->codes + panel * width * k;
    float *c = p->c.at + column;
    const float *start = p->adding ? c : p->bias ? p->bias + column : zeros;
    const ptrdiff_t start_stride = p->adding ? p->c.stride : 0;
    if (left >= count * width) {
      (count > 1 ? wide : one)(
          k, p->a.at, p->a.stride, codes, p->scales + column, start, start_stride, c, p->c.stride);
    } else {
      // It reaches over the right edge: computed aside.
      float aside[CODES_ROWS * MAXIMUM_TILE_COLUMNS] = {0};
      const size_t size = (size_t)left * sizeof(float);
      for (ptrdiff_t i = 0; i < rows; i++) {
        memcpy(aside + i * MAXIMUM_TILE_COLUMNS, start + i * start_stride, size);
      }
      one(k, p->a.at, p->a.stride, codes, p->scales + column, aside, MAXIMUM_TILE_COLUMNS, aside,
          MAXIMUM_TILE_COLUMNS);
      for (ptrdiff_t i = 0; i < rows; i++) {
        memcpy(c + i * p->c.stride, aside + i * MAXIMUM_TILE_COLUMNS, size);
      }
    }
    panel += count;
  }
}

static void run_part(void *context, int index) {
  const struct codes_product *p = context;
  const ptrdiff_t panels = panels_of(p->c.columns, p->engine->kernels->tile_columns);
  multiply_panels(p, panels * index / p->parts, panels * (index + 1) / p->parts);
}

void dragoman_multiply_codes(
    dragoman_engine *engine, dragoman_matrix a, const int8_t *codes, const float *scales,
    const float *bias, dragoman_matrix c, bool adding) {
  if (c.rows == 0 || c.columns == 0) return;
  if (adding && bias) {
    for (ptrdiff_t i = 0; i < c.rows; i++) {
      for (ptrdiff_t j = 0; j < c.columns; j++) c.at[i * c.stride + j] += bias[j];
    }
  }
  const double work = (double)c.rows * (double)c.columns * (double)(a.columns + 8);
  struct codes_product product = {engine, a, c, codes, scales, bias, adding, engine_parts(engine, work, 1e5)};
  pool_run(engine->pool, run_part, &product, product.parts);
}
