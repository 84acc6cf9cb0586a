// Products of any size from tiles: cut among threads, blocked for the caches.
//
// In the manner of Goto and van de Geijn 2008 ("Anatomy of high-performance matrix multiplication"), with blocks
// of two sizes. A large block of a and one of b, up to DEPTH long in k, are put in order once; the outer cache holds
// them. Of these, a group of tiles of a, a step of k long, stays in the second-level cache while panels of b pass
// through the first; the steps of k come one after the other for the same group, so that the sums, which wait in c
// from step to step, are still near. No sum is ever split: a step goes on from what the one before left in c.
#include <stdlib.h>
#include <string.h>

#include "products.h"

/// The columns of a large block that a group of tiles meets at a time.
enum { FEW_COLUMNS = 128 };

/// A rectangle of c, and the range of k that is added to it.
struct block {
  ptrdiff_t row, rows, column, columns, k, depth;
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
  tile(depth, left, right, 0, aside, MAXIMUM_TILE_COLUMNS, aside, MAXIMUM_TILE_COLUMNS, aside);
  for (ptrdiff_t i = 0; i < rows; i++) {
    memcpy(c + i * stride, aside + i * MAXIMUM_TILE_COLUMNS, size);
  }
}

/// Large blocks of both operands that are in order: the block's rows and columns of c, and its range of k.
struct ordered {
  struct block block;
  const float *left;
  ptrdiff_t tiles;
  struct panels right;
};

/// The rows of c that tile `t` of a large block of a gives begin here, within the block.
static ptrdiff_t tile_row(const struct ordered *o, ptrdiff_t t) {
  return share(o->block.rows, t, o->tiles);
}

/// Few rows, all in one tile, leave registers free: several panels at once, as long as there are that many. Returns
/// the columns that are done.
static ptrdiff_t multiply_wide(const struct product *p, const struct ordered *o) {
  const struct dragoman_kernels *kernels = p->engine->kernels;
  const struct block block = o->block;
  dragoman_tile *wide = o->tiles == 1 && !p->a_transposed ? kernels->wide[block.rows - 1] : NULL;
  if (!wide) return 0;
  const ptrdiff_t panels = kernels->wide_panels[block.rows - 1];
  const ptrdiff_t width = panels * kernels->tile_columns;
  ptrdiff_t j = 0;
  for (; block.columns - j >= width; j += width) {
    const struct start start = start_of(p, block.row, block.column + j, block.k);
    float *c = element(p->c, block.row, block.column + j);
    wide(
        block.depth, o->left, o->right.at + j / kernels->tile_columns * o->right.stride,
        o->right.stride, start.at, start.stride, c, p->c.stride, c + width);
  }
  return j;
}

/// Tiles `from..<to` against columns `column..<column_end`, for `depth` steps of k from `k` on, within the block.
static void multiply_group(
    const struct product *p, const struct ordered *o, ptrdiff_t from, ptrdiff_t to,
    ptrdiff_t column, ptrdiff_t column_end, ptrdiff_t k, ptrdiff_t depth) {
  const struct dragoman_kernels *kernels = p->engine->kernels;
  const ptrdiff_t first = o->block.row + tile_row(o, from);
  for (ptrdiff_t j = column; j < column_end; j += kernels->tile_columns) {
    const ptrdiff_t columns = column_end - j;
    const float *panel =
        o->right.at + j / kernels->tile_columns * o->right.stride + k * kernels->tile_columns;
    float *const top = element(p->c, first, o->block.column + j);
    ptrdiff_t row = first;
    for (ptrdiff_t t = from; t < to; t++) {
      const ptrdiff_t end = o->block.row + tile_row(o, t + 1), count = end - row;
      const float *left = o->left + t * kernels->left_tile +
                          k * (p->a_transposed ? kernels->tile_rows : 1);
      dragoman_tile *tile = kernels->tile[p->a_transposed][count - 1];
      const struct start start = start_of(p, row, o->block.column + j, o->block.k + k);
      float *c = top + (row - first) * p->c.stride;
      const float *next = t + 1 < to ? c + count * p->c.stride : top + kernels->tile_columns;
      if (columns < kernels->tile_columns) {
        edge_tile(tile, depth, left, panel, start, c, p->c.stride, count, columns);
      } else {
        tile(depth, left, panel, 0, start.at, start.stride, c, p->c.stride, next);
      }
      row = end;
    }
  }
}

/// A large block of c.
static void multiply_block(const struct product *p, const struct ordered *o) {
  const struct dragoman_kernels *kernels = p->engine->kernels;
  const ptrdiff_t done = multiply_wide(p, o);
  if (done == o->block.columns) return;
  const ptrdiff_t groups = ceiling(o->tiles, kernels->group_tiles);
  // Once even without any k: the sums are then what they start from.
  const ptrdiff_t steps = o->block.depth == 0 ? 1 : ceiling(o->block.depth, kernels->step);
  for (ptrdiff_t i = 0; i < groups; i++) {
    for (ptrdiff_t j = done; j < o->block.columns; j += FEW_COLUMNS) {
      for (ptrdiff_t l = 0; l < steps; l++) {
        const ptrdiff_t k = share(o->block.depth, l, steps);
        multiply_group(
            p, o, share(o->tiles, i, groups), share(o->tiles, i + 1, groups), j,
            minimum(j + FEW_COLUMNS, o->block.columns), k,
            share(o->block.depth, l + 1, steps) - k);
      }
    }
  }
}

/// Panels of b for the columns and the k of the block: there already, or put in order now.
static struct panels panels_of(const struct product *p, struct block block, float *target) {
  const struct dragoman_kernels *kernels = p->engine->kernels;
  const ptrdiff_t width = kernels->tile_columns;
  if (p->packed.at) {
    const ptrdiff_t stride = p->packed.stride;
    return (struct panels){
        p->packed.at + block.column / width * stride + block.k * width, stride};
  }
  const ptrdiff_t stride = block.depth * width, end = block.column + block.columns;
  if (p->b_window) {
    kernels->pack_right_patches(
        p->b, p->b_window, block.k, block.k + block.depth, block.column, end, target, stride);
  } else {
    kernels->pack_right(
        p->b, p->b_transposed, block.k, block.k + block.depth, block.column, end, target, stride);
  }
  return (struct panels){target, stride};
}

/// Tiles of a for the rows and the k of the block.
static void order_left(const struct product *p, const struct ordered *o, float *target) {
  const struct dragoman_kernels *kernels = p->engine->kernels;
  const struct block block = o->block;
  if (p->a_window) {
    kernels->pack_left_patches(
        p->a, p->a_window, block.row, block.rows, o->tiles, block.k, block.depth, target);
  } else {
    kernels->pack_left(
        p->a, p->a_transposed, block.row, block.rows, o->tiles, block.k, block.depth, target);
  }
}

/// Columns of a large block of b of this depth.
static ptrdiff_t right_columns(const struct dragoman_kernels *kernels, ptrdiff_t depth) {
  const ptrdiff_t width = kernels->tile_columns;
  return RIGHT_FLOATS / (depth < 1 ? 1 : depth) / width * width;
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
  const ptrdiff_t depths = p->k == 0 ? 1 : ceiling(p->k, kernels->depth);
  for (ptrdiff_t l = 0; l < depths; l++) {
    struct ordered o = {.left = scratch->left, .block = {.k = share(p->k, l, depths)}};
    o.block.depth = share(p->k, l + 1, depths) - o.block.k;
    // If b fits whole, a passes by in groups; if a does, b in a few columns at a time.
    const ptrdiff_t most = right_columns(kernels, o.block.depth);
    const ptrdiff_t rows = ceiling(
        part.rows,
        part.columns <= most ? kernels->group_tiles * kernels->tile_rows : LEFT_ROWS);
    // If neither fits, half of what b may take: it is read again and again, and a stands beside it.
    const ptrdiff_t half = ceiling(most / kernels->tile_columns, 2) * kernels->tile_columns;
    const ptrdiff_t width = rows == 1 ? FEW_COLUMNS : part.columns <= most ? most : half;
    bool right_is_ready = false;
    for (ptrdiff_t i = 0; i < rows; i++) {
      const ptrdiff_t from = share(part.rows, i, rows);
      o.block.row = part.row + from;
      o.block.rows = share(part.rows, i + 1, rows) - from;
      o.tiles = ceiling(o.block.rows, kernels->tile_rows);
      order_left(p, &o, scratch->left);
      for (ptrdiff_t j = 0; j < part.columns; j += width) {
        o.block.column = part.column + j;
        o.block.columns = minimum(width, part.columns - j);
        if (!right_is_ready) o.right = panels_of(p, o.block, scratch->right);
        right_is_ready = width >= part.columns;
        multiply_block(p, &o);
      }
    }
  }
}

void multiply_alone(const struct product *p, struct scratch *scratch) {
  if (p->c.rows == 0 || p->c.columns == 0) return;
  multiply_part(p, (struct block){.rows = p->c.rows, .columns = p->c.columns}, scratch);
}

struct panels pack_alone(
    const dragoman_engine *engine, dragoman_matrix b, bool transposed, struct scratch *scratch) {
  const ptrdiff_t k = transposed ? b.columns : b.rows, n = transposed ? b.rows : b.columns;
  const ptrdiff_t stride = k * engine->kernels->tile_columns;
  if (dragoman_packed_count(engine, k, n) > RIGHT_FLOATS) return (struct panels){NULL, 0};
  engine->kernels->pack_right(b, transposed, 0, k, 0, n, scratch->right, stride);
  return (struct panels){scratch->right, stride};
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
  struct scratch *scratch = scratches_take(p->engine->scratches, index);
  multiply_part(p, part, scratch);
  scratches_give(scratch);
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
  double least_packing = 0;
  for (int rows = 1; rows <= parts; rows++) {
    const int columns = parts / rows;
    const ptrdiff_t largest = ceiling(tiles, rows) * ceiling(panels, columns);
    // Parts side by side put the same a in order, those one below the other the same b.
    const double packing = (double)p.c.rows * columns + (p.packed.at ? 0 : (double)p.c.columns * rows);
    if (largest < least || (largest == least && packing < least_packing)) {
      least = largest;
      least_packing = packing;
      p.row_parts = rows;
      p.column_parts = columns;
    }
  }
  pool_run(p.engine->pool, run_part, &p, p.row_parts * p.column_parts);
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
      .packed = {packed, a.columns * engine->kernels->tile_columns},
      .bias = bias,
      .adding = adding,
      .k = a.columns});
}

void dragoman_convolve(
    dragoman_engine *engine, dragoman_window w, dragoman_matrix x, dragoman_matrix weights,
    bool transposed, const float *bias, dragoman_matrix y) {
  run((struct product){
      .engine = engine,
      .a = x,
      .a_window = &w,
      .b = weights,
      .b_transposed = transposed,
      .c = y,
      .bias = bias,
      .k = w.height * w.width * x.columns});
}

void dragoman_convolve_weights(
    dragoman_engine *engine, dragoman_window w, dragoman_matrix gradient, dragoman_matrix x,
    dragoman_matrix weights) {
  run((struct product){
      .engine = engine,
      .a = gradient,
      .a_transposed = true,
      .b = x,
      .b_window = &w,
      .c = weights,
      .adding = true,
      .k = gradient.rows});
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
