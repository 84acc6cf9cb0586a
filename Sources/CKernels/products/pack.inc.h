// Puts the operands of a product into the order in which the tiles read them.

/// Lanes 0, 1 (or 2, 3) of every quarter of a and b, alternating.
#if LANES == 4
#define INTERLEAVE_LOW(a, b) __builtin_shufflevector(a, b, 0, 4, 1, 5)
#define INTERLEAVE_HIGH(a, b) __builtin_shufflevector(a, b, 2, 6, 3, 7)
#define PAIRS_LOW(a, b) __builtin_shufflevector(a, b, 0, 1, 4, 5)
#define PAIRS_HIGH(a, b) __builtin_shufflevector(a, b, 2, 3, 6, 7)
#elif LANES == 8
#define INTERLEAVE_LOW(a, b) __builtin_shufflevector(a, b, 0, 8, 1, 9, 4, 12, 5, 13)
#define INTERLEAVE_HIGH(a, b) __builtin_shufflevector(a, b, 2, 10, 3, 11, 6, 14, 7, 15)
#define PAIRS_LOW(a, b) __builtin_shufflevector(a, b, 0, 1, 8, 9, 4, 5, 12, 13)
#define PAIRS_HIGH(a, b) __builtin_shufflevector(a, b, 2, 3, 10, 11, 6, 7, 14, 15)
/// The low (or high) halves of a and b.
#define LOW_HALVES(a, b) __builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11)
#define HIGH_HALVES(a, b) __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15)
#elif LANES == 16
#define INTERLEAVE_LOW(a, b) \
  __builtin_shufflevector(a, b, 0, 16, 1, 17, 4, 20, 5, 21, 8, 24, 9, 25, 12, 28, 13, 29)
#define INTERLEAVE_HIGH(a, b) \
  __builtin_shufflevector(a, b, 2, 18, 3, 19, 6, 22, 7, 23, 10, 26, 11, 27, 14, 30, 15, 31)
#define PAIRS_LOW(a, b) \
  __builtin_shufflevector(a, b, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29)
#define PAIRS_HIGH(a, b) \
  __builtin_shufflevector(a, b, 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31)
/// The first and third (or second and fourth) quarters of a and b.
#define EVEN_QUARTERS(a, b) \
  __builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27)
#define ODD_QUARTERS(a, b) \
  __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31)
#endif

/// Transposes LANES × LANES floats in registers.
INLINE void transpose(vec *rows) {
  vec quads[LANES];
#pragma clang loop unroll(full)
  for (int i = 0; i < LANES; i += 4) {
    const vec low0 = INTERLEAVE_LOW(rows[i], rows[i + 1]);
    const vec high0 = INTERLEAVE_HIGH(rows[i], rows[i + 1]);
    const vec low1 = INTERLEAVE_LOW(rows[i + 2], rows[i + 3]);
    const vec high1 = INTERLEAVE_HIGH(rows[i + 2], rows[i + 3]);
    // Quarter q of quads[i + j]: column 4q + j of rows i to i + 3.
    quads[i] = PAIRS_LOW(low0, low1);
    quads[i + 1] = PAIRS_HIGH(low0, low1);
    quads[i + 2] = PAIRS_LOW(high0, high1);
    quads[i + 3] = PAIRS_HIGH(high0, high1);
  }
#pragma clang loop unroll(full)
  for (int j = 0; j < 4; j++) {
#if LANES == 4
    rows[j] = quads[j];
#elif LANES == 8
    rows[j] = LOW_HALVES(quads[j], quads[4 + j]);
    rows[4 + j] = HIGH_HALVES(quads[j], quads[4 + j]);
#elif LANES == 16
    const vec even0 = EVEN_QUARTERS(quads[j], quads[4 + j]);
    const vec odd0 = ODD_QUARTERS(quads[j], quads[4 + j]);
    const vec even1 = EVEN_QUARTERS(quads[8 + j], quads[12 + j]);
    const vec odd1 = ODD_QUARTERS(quads[8 + j], quads[12 + j]);
    rows[j] = EVEN_QUARTERS(even0, even1);
    rows[4 + j] = EVEN_QUARTERS(odd0, odd1);
    rows[8 + j] = ODD_QUARTERS(even0, even1);
    rows[12 + j] = ODD_QUARTERS(odd0, odd1);
#endif
  }
}

/// One panel from the rows of b, which are columns of the product.
INLINE void pack_transposed(
    dragoman_matrix b, ptrdiff_t k, ptrdiff_t k_end, ptrdiff_t column, ptrdiff_t width,
    float *packed) {
  for (ptrdiff_t j = 0; j < TILE_COLUMNS; j += LANES) {
    const float *from = b.at + (column + j) * b.stride + k;
    const ptrdiff_t rows = at_most(LANES, width - j);
    float *target = packed + j;
    ptrdiff_t l = k;
    for (; l + LANES <= k_end; l += LANES, from += LANES, target += LANES * TILE_COLUMNS) {
      vec block[LANES];
#pragma clang loop unroll(full)
      for (int i = 0; i < LANES; i++) {
        block[i] = i < rows ? load_vec(from + i * b.stride) : (vec)0.0f;
      }
      transpose(block);
#pragma clang loop unroll(full)
      for (int i = 0; i < LANES; i++) store_vec(target + i * TILE_COLUMNS, block[i]);
    }
    for (; l < k_end; l++, from++, target += TILE_COLUMNS) {
      for (ptrdiff_t i = 0; i < LANES; i++) target[i] = i < rows ? from[i * b.stride] : 0.0f;
    }
  }
}

/// Columns `from..<to` of op(b), rows `k..<k_end`: panels of TILE_COLUMNS columns, `panel` floats apart,
/// each (k_end − k) × TILE_COLUMNS, missing columns 0. `from` is a multiple of TILE_COLUMNS.
static void pack_right(
    dragoman_matrix b, bool transposed, ptrdiff_t k, ptrdiff_t k_end, ptrdiff_t from, ptrdiff_t to,
    float *packed, ptrdiff_t panel) {
  ptrdiff_t column = from;
  if (transposed) {
    for (; column < to; column += TILE_COLUMNS, packed += panel) {
      pack_transposed(b, k, k_end, column, at_most(TILE_COLUMNS, to - column), packed);
    }
    return;
  }
  // Four panels at a time, so that a row is read in long pieces.
  for (; column < to; column += 4 * TILE_COLUMNS, packed += 4 * panel) {
    for (ptrdiff_t l = k; l < k_end; l++) {
      const float *row = row_of(b, l);
      // A few rows ahead: pieces of rows are too short for the processor to guess.
      for (ptrdiff_t j = column; j < at_most(column + 4 * TILE_COLUMNS, to); j += 16) {
        fetch_line(row, 12 * b.stride + j);
      }
      float *target = packed + (l - k) * TILE_COLUMNS;
      for (ptrdiff_t j = column; j < at_most(column + 4 * TILE_COLUMNS, to); j += TILE_COLUMNS) {
        if (to - j >= TILE_COLUMNS) {
#pragma clang loop unroll(full)
          for (int v = 0; v < TILE_COLUMNS; v += LANES) {
            store_vec(target + v, load_vec(row + j + v));
          }
        } else {
          for (ptrdiff_t v = 0; v < TILE_COLUMNS; v++) target[v] = v < to - j ? row[j + v] : 0.0f;
        }
        target += panel;
      }
    }
  }
}

/// Rows `row..<row + rows` of op(a), columns `k..<k + depth`, in `tiles` tiles of about equally many rows,
/// LEFT_TILE floats apart. A tile of a is row after row, PANEL_STRIDE floats each; one of aᵀ is column after
/// column, TILE_ROWS floats each: both are read in the order of memory.
static void pack_left(
    dragoman_matrix a, bool transposed, ptrdiff_t row, ptrdiff_t rows, ptrdiff_t tiles, ptrdiff_t k,
    ptrdiff_t depth, float *target) {
  if (transposed) {
    // A few rows of a at a time, so that their lines are still there for the next tile.
    for (ptrdiff_t l = 0; l < depth; l += 16) {
      const ptrdiff_t end = at_most(l + 16, depth);
      ptrdiff_t from = 0;
      for (ptrdiff_t t = 0; t < tiles; t++) {
        const ptrdiff_t to = rows * (t + 1) / tiles, count = to - from;
        float *tile = target + t * LEFT_TILE + l * TILE_ROWS;
        const float *line = row_of(a, k + l) + row + from;
        for (ptrdiff_t i = l; i < end; i++, tile += TILE_ROWS, line += a.stride) {
          store_some(tile, load_some(line, count), count);
        }
        from = to;
      }
    }
    return;
  }
  ptrdiff_t from = 0;
  for (ptrdiff_t t = 0; t < tiles; t++, target += LEFT_TILE) {
    const ptrdiff_t to = rows * (t + 1) / tiles;
    for (ptrdiff_t i = 0; i < to - from; i++) {
      for (ptrdiff_t j = 0; j < depth; j += 16) fetch_line(row_of(a, row + from + i + 1), k + j);
      __builtin_memcpy(
          target + i * PANEL_STRIDE, row_of(a, row + from + i) + k, (size_t)depth * sizeof(float));
    }
    from = to;
  }
}
