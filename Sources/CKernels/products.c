// Products of any size from tiles: cut among threads, blocked for the caches.
//
// In the manner of Goto and van de Geijn 2008 ("Anatomy of high-performance matrix multiplication"): a
// block of a, left_rows × depth, is put in order and stays in the second-level cache while panels of b,
// depth × tile columns, pass through the first. No sum is ever split: a later block of k goes on from
// what the earlier one left in c.
#include <stdlib.h>
#include <string.h>

#include "engine.h"

/// Columns of a block of b that is put in order on the way: enough to make up for putting a in order again,
/// few enough for the second-level cache.
enum { RIGHT_COLUMNS = 512 };

struct product {
  dragoman_engine *engine;
  dragoman_matrix a, b, c;
  bool a_transposed, b_transposed;
  const float *packed, *bias;
  bool adding;
  ptrdiff_t k;
  int row_parts, column_parts;
};

/// A rectangle of c, and the range of k that is added to it.
struct block {
  ptrdiff_t row, rows, column, columns, k, depth;
};

/// Panels of b, each `stride` floats after the one before.
struct panels {
  const float *at;
  ptrdiff_t stride;
};

/// What the sums of a tile start from.
struct start {
  const float *at;
  ptrdiff_t stride;
};

static ptrdiff_t minimum(ptrdiff_t a, ptrdiff_t b) { return a < b ? a : b; }

static ptrdiff_t ceiling(ptrdiff_t a, ptrdiff_t b) { return (a + b - 1) / b; }

static float *element(dragoman_matrix m, ptrdiff_t row, ptrdiff_t column) {
  return m.at + row * m.stride + column;
}

/// Where share `index` of `count` equal shares of `total` begins.
static ptrdiff_t share(ptrdiff_t total, ptrdiff_t index, ptrdiff_t count) {
  return total * index / count;
}

static const float zeros[MAXIMUM_WIDE_PANELS * MAXIMUM_TILE_COLUMNS];

static struct start start_of(
    const struct product *p, ptrdiff_t row, ptrdiff_t column, ptrdiff_t k) {
  if (k > 0 || p->adding) return (struct start){element(p->c, row, column), p->c.stride};
  if (p->bias) return (struct start){p->bias + column, 0};
  return (struct start){zeros, 0};
}

/// A tile that reaches over the right edge of c: computed aside.
static void edge_tile(
    dragoman_tile *tile, ptrdiff_t depth, const float *left, const float *right,
    struct start start, float *c, ptrdiff_t stride, ptrdiff_t rows, ptrdiff_t columns) {
  float aside[MAXIMUM_TILE_ROWS * MAXIMUM_TILE_COLUMNS] = {0};
  const size_t size = (size_t)columns * sizeof(float);
  for (ptrdiff_t i = 0; i < rows; i++) {
    memcpy(aside + i * MAXIMUM_TILE_COLUMNS, start.at + i * start.stride, size);
  }
  tile(depth, left, right, 0, aside, MAXIMUM_TILE_COLUMNS, aside, MAXIMUM_TILE_COLUMNS);
  for (ptrdiff_t i = 0; i < rows; i++) {
    memcpy(c + i * stride, aside + i * MAXIMUM_TILE_COLUMNS, size);
  }
}

/// A block of c from rows of a that are in order, in `tiles` tiles of about equally many rows.
static void multiply_block(
    const struct product *p, struct block block, const float *left, ptrdiff_t tiles,
    struct panels right) {
  const struct dragoman_kernels *kernels = p->engine->kernels;
  // Few rows: several panels at once, as long as there are that many.
  dragoman_tile *wide = tiles == 1 && !p->a_transposed ? kernels->wide[block.rows - 1] : NULL;
  const ptrdiff_t width = wide ? kernels->wide_panels[block.rows - 1] * kernels->tile_columns : 0;
  for (ptrdiff_t j = 0; j < block.columns;) {
    const ptrdiff_t column = block.column + j, columns = block.columns - j;
    const float *panel = right.at + j / kernels->tile_columns * right.stride;
    if (wide && columns >= width) {
      const struct start start = start_of(p, block.row, column, block.k);
      wide(
          block.depth, left, panel, right.stride, start.at, start.stride,
          element(p->c, block.row, column), p->c.stride);
      j += width;
      continue;
    }
    ptrdiff_t from = 0;
    for (ptrdiff_t t = 0; t < tiles; t++) {
      const ptrdiff_t to = share(block.rows, t + 1, tiles), count = to - from;
      const float *tile_left = left + t * kernels->left_tile;
      dragoman_tile *tile = kernels->tile[p->a_transposed][count - 1];
      const struct start start = start_of(p, block.row + from, column, block.k);
      float *c = element(p->c, block.row + from, column);
      if (columns < kernels->tile_columns) {
        edge_tile(tile, block.depth, tile_left, panel, start, c, p->c.stride, count, columns);
      } else {
        tile(block.depth, tile_left, panel, 0, start.at, start.stride, c, p->c.stride);
      }
      from = to;
    }
    j += kernels->tile_columns;
  }
}

/// Panels of b for the columns and the k of the block: there already, or put in order now.
static struct panels panels_of(const struct product *p, struct block block, float *target) {
  const struct dragoman_kernels *kernels = p->engine->kernels;
  const ptrdiff_t width = kernels->tile_columns;
  if (p->packed) {
    const ptrdiff_t stride = p->k * width;
    return (struct panels){
        p->packed + block.column / width * stride + block.k * width, stride};
  }
  const ptrdiff_t stride = block.depth * width;
  kernels->pack_right(
      p->b, p->b_transposed, block.k, block.k + block.depth, block.column,
      block.column + block.columns, target, stride);
  return (struct panels){target, stride};
}

/// Adds the bias to a part of c beforehand, for a product that adds both.
static void add_bias(const struct product *p, struct block part) {
  for (ptrdiff_t i = part.row; i < part.row + part.rows; i++) {
    for (ptrdiff_t j = part.column; j < part.column + part.columns; j++) {
      *element(p->c, i, j) += p->bias[j];
    }
  }
}

/// The part of c that one thread computes.
static void multiply_part(const struct product *p, struct block part, struct scratch *scratch) {
  const struct dragoman_kernels *kernels = p->engine->kernels;
  if (p->adding && p->bias) add_bias(p, part);
  const ptrdiff_t width = p->packed ? part.columns : RIGHT_COLUMNS;
  const ptrdiff_t blocks = ceiling(part.rows, kernels->left_rows);
  // Once even without any k: the sums are then what they start from.
  for (ptrdiff_t k = 0; k == 0 || k < p->k; k += kernels->depth) {
    struct block block = {.k = k, .depth = minimum(kernels->depth, p->k - k)};
    bool left_is_ready = false;
    for (ptrdiff_t j = 0; j < part.columns; j += width) {
      block.column = part.column + j;
      block.columns = minimum(width, part.columns - j);
      const struct panels right = panels_of(p, block, scratch->right);
      for (ptrdiff_t i = 0; i < blocks; i++) {
        const ptrdiff_t from = share(part.rows, i, blocks);
        block.row = part.row + from;
        block.rows = share(part.rows, i + 1, blocks) - from;
        const ptrdiff_t tiles = ceiling(block.rows, kernels->tile_rows);
        if (!left_is_ready) {
          kernels->pack_left(
              p->a, p->a_transposed, block.row, block.rows, tiles, k, block.depth, scratch->left);
          left_is_ready = blocks == 1;
        }
        multiply_block(p, block, scratch->left, tiles, right);
      }
    }
  }
}

static void run_part(void *context, int index) {
  const struct product *p = context;
  const ptrdiff_t width = p->engine->kernels->tile_columns;
  const ptrdiff_t panels = ceiling(p->c.columns, width);
  const int i = index / p->column_parts, j = index % p->column_parts;
  struct block part = {
      .row = share(p->c.rows, i, p->row_parts), .column = share(panels, j, p->column_parts) * width};
  part.rows = share(p->c.rows, i + 1, p->row_parts) - part.row;
  part.columns =
      minimum(share(panels, j + 1, p->column_parts) * width, p->c.columns) - part.column;
  if (part.rows <= 0 || part.columns <= 0) return;
  struct scratch *scratch = engine_take_scratch(p->engine, index);
  multiply_part(p, part, scratch);
  engine_give_scratch(scratch);
}

/// Cuts c into as many parts as are worth a thread, along rows and columns so that the largest is smallest.
static void run(struct product p) {
  if (p.c.rows == 0 || p.c.columns == 0) return;
  const struct dragoman_kernels *kernels = p.engine->kernels;
  // 100,000 multiply-adds take a microsecond or more, several times as long as handing them to a thread.
  const double work = (double)p.c.rows * (double)p.c.columns * (double)(p.k + 8);
  const int parts = engine_parts(p.engine, work, 1e5);
  const ptrdiff_t tiles = ceiling(p.c.rows, kernels->tile_rows);
  const ptrdiff_t panels = ceiling(p.c.columns, kernels->tile_columns);
  ptrdiff_t least = PTRDIFF_MAX;
  for (int rows = 1; rows <= parts; rows++) {
    const int columns = parts / rows;
    const ptrdiff_t largest = ceiling(tiles, rows) * ceiling(panels, columns);
    if (largest < least) {
      least = largest;
      p.row_parts = rows;
      p.column_parts = columns;
    }
  }
  pool_run(p.engine->pool, run_part, &p, p.row_parts * p.column_parts);
}

ptrdiff_t engine_scratch_left(const struct dragoman_kernels *kernels) {
  return ceiling(kernels->left_rows, kernels->tile_rows) * kernels->left_tile;
}

ptrdiff_t engine_scratch_right(const struct dragoman_kernels *kernels) {
  return (ptrdiff_t)kernels->depth * RIGHT_COLUMNS;
}

void dragoman_multiply(
    dragoman_engine *engine, dragoman_matrix a, bool a_transposed, dragoman_matrix b,
    bool b_transposed, const float *bias, dragoman_matrix c, bool adding) {
  run((struct product){
      .engine = engine,
      .a = a,
      .b = b,
      .c = c,
      .a_transposed = a_transposed,
      .b_transposed = b_transposed,
      .bias = bias,
      .adding = adding,
      .k = a_transposed ? a.rows : a.columns});
}

void dragoman_multiply_packed(
    dragoman_engine *engine, dragoman_matrix a, const float *packed, const float *bias,
    dragoman_matrix c, bool adding) {
  run((struct product){
      .engine = engine,
      .a = a,
      .c = c,
      .packed = packed,
      .bias = bias,
      .adding = adding,
      .k = a.columns});
}

ptrdiff_t dragoman_packed_count(const dragoman_engine *engine, ptrdiff_t k, ptrdiff_t n) {
  const ptrdiff_t width = engine->kernels->tile_columns;
  return k * ceiling(n, width) * width;
}

struct packing {
  dragoman_engine *engine;
  dragoman_matrix b;
  bool transposed;
  float *packed;
  ptrdiff_t k, n;
  int parts;
};

static void pack_part(void *context, int index) {
  const struct packing *p = context;
  const ptrdiff_t width = p->engine->kernels->tile_columns, panels = ceiling(p->n, width);
  const ptrdiff_t from = share(panels, index, p->parts), to = share(panels, index + 1, p->parts);
  if (from >= to) return;
  p->engine->kernels->pack_right(
      p->b, p->transposed, 0, p->k, from * width, minimum(to * width, p->n),
      p->packed + from * width * p->k, p->k * width);
}

void dragoman_pack(dragoman_engine *engine, dragoman_matrix b, bool transposed, float *packed) {
  // 100,000 floats take ten microseconds or more.
  const int parts = engine_parts(engine, (double)b.rows * (double)b.columns, 1e5);
  struct packing packing = {engine, b, transposed, packed, b.rows, b.columns, parts};
  if (transposed) {
    packing.k = b.columns;
    packing.n = b.rows;
  }
  pool_run(engine->pool, pack_part, &packing, parts);
}
