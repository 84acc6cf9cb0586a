// Products, register-blocked and packed; compiled once per instruction set with its tile:
//
//   TILE_ROWS × (TILE_VECTORS · 16) floats of C are held in registers while k runs. AVX-512 has 32
//   registers: 14 × 2 sums, 2 of B and 1 of A. AVX2 has 16 registers of 8: 6 × 2 sums, 2 and 1. Each sum is a
//   chain of fused multiply-adds, latency 4, two started per cycle: eight independent sums keep the units
//   busy, both tiles have more.
//
//   BLOCK_K rows of a panel of B, 256 · 16·TILE_VECTORS floats (32 KB, AVX2: 16 KB), stay in the first cache
//   while tiles of A pass; a block of A, BLOCK_M · BLOCK_K floats (140 KB), stays in the second.
//
// A chain that is cut by a block of k goes on from what is in C, so blocks do not change a bit. A product
// of m rows is cut into tiles of nearly equal height: 64 rows are 13 13 13 13 12 and not 14 14 14 14 8.

#define PANEL (TILE_VECTORS * LANES)
#define BLOCK_K 256
#define BLOCK_M (TILE_ROWS * 10)
#define BLOCK_N 2048
// Rows of a packed tile of A are this far apart: constant, so that addresses are constants, and no multiple
// of the cache's period, so that rows do not evict each other.
#define TILE_STRIDE (BLOCK_K + 16)

// One tile: c[rows × PANEL] from a tile of A whose rows are a_row and whose columns are a_column apart.
INLINE void tile(const int rows, ptrdiff_t k, const float *a, const ptrdiff_t a_row, const ptrdiff_t a_column,
                 const float *b, float *c, ptrdiff_t ldc, int start, const float *bias) {
  vf s[TILE_ROWS][TILE_VECTORS];
  if (start == DRAGOMAN_FROM_C) {
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++)
#pragma clang loop unroll(full)
      for (int j = 0; j < TILE_VECTORS; j++) s[i][j] = load(c + i * ldc + j * LANES);
  } else if (start == DRAGOMAN_FROM_BIAS) {
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++)
#pragma clang loop unroll(full)
      for (int j = 0; j < TILE_VECTORS; j++) s[i][j] = load(bias + j * LANES);
  } else {
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++)
#pragma clang loop unroll(full)
      for (int j = 0; j < TILE_VECTORS; j++) s[i][j] = 0;
  }
  for (ptrdiff_t p = 0; p < k; p++) {
    vf row[TILE_VECTORS];
#pragma clang loop unroll(full)
    for (int j = 0; j < TILE_VECTORS; j++) row[j] = load(b + j * LANES);
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
      vf x = a[i * a_row];
#pragma clang loop unroll(full)
      for (int j = 0; j < TILE_VECTORS; j++) s[i][j] = fma_(x, row[j], s[i][j]);
    }
    a += a_column;
    b += PANEL;
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < rows; i++)
#pragma clang loop unroll(full)
    for (int j = 0; j < TILE_VECTORS; j++) store(c + i * ldc + j * LANES, s[i][j]);
}

typedef void (*tile_function)(ptrdiff_t k, const float *a, const float *b, float *c, ptrdiff_t ldc, int start,
                              const float *bias);

// Tiles of each height, for A packed row by row and column by column.
#define TILE(rows)                                                                                          \
  static void tile_rows_##rows(ptrdiff_t k, const float *a, const float *b, float *c, ptrdiff_t ldc, int start, \
                               const float *bias) {                                                         \
    tile(rows, k, a, TILE_STRIDE, 1, b, c, ldc, start, bias);                                               \
  }                                                                                                         \
  static void tile_columns_##rows(ptrdiff_t k, const float *a, const float *b, float *c, ptrdiff_t ldc, int start, \
                                  const float *bias) {                                                      \
    tile(rows, k, a, 1, rows, b, c, ldc, start, bias);                                                      \
  }
TILE(1) TILE(2) TILE(3) TILE(4) TILE(5) TILE(6)
#if TILE_ROWS > 6
TILE(7) TILE(8) TILE(9) TILE(10) TILE(11) TILE(12) TILE(13) TILE(14)
#endif

static const tile_function tiles_of_rows[] = {
    0, tile_rows_1, tile_rows_2, tile_rows_3, tile_rows_4, tile_rows_5, tile_rows_6,
#if TILE_ROWS > 6
    tile_rows_7, tile_rows_8, tile_rows_9, tile_rows_10, tile_rows_11, tile_rows_12, tile_rows_13, tile_rows_14,
#endif
};
static const tile_function tiles_of_columns[] = {
    0, tile_columns_1, tile_columns_2, tile_columns_3, tile_columns_4, tile_columns_5, tile_columns_6,
#if TILE_ROWS > 6
    tile_columns_7, tile_columns_8, tile_columns_9, tile_columns_10, tile_columns_11, tile_columns_12, tile_columns_13,
    tile_columns_14,
#endif
};

// A tile that sticks out of C on the right goes through a buffer.
static void edge_tile(tile_function function, int rows, ptrdiff_t columns, ptrdiff_t k, const float *a, const float *b,
                      float *c, ptrdiff_t ldc, int start, const float *bias) {
  float buffer[TILE_ROWS * PANEL], bias_buffer[PANEL];
  memset(buffer, 0, sizeof buffer);
  memset(bias_buffer, 0, sizeof bias_buffer);
  if (start == DRAGOMAN_FROM_C)
    for (int i = 0; i < rows; i++) memcpy(buffer + i * PANEL, c + i * ldc, (size_t)columns * sizeof(float));
  if (start == DRAGOMAN_FROM_BIAS) memcpy(bias_buffer, bias, (size_t)columns * sizeof(float));
  function(k, a, b, buffer, PANEL, start, bias_buffer);
  for (int i = 0; i < rows; i++) memcpy(c + i * ldc, buffer + i * PANEL, (size_t)columns * sizeof(float));
}

// Transposes sixteen vectors: four rounds of interleaving the upper half with the lower.
INLINE void transpose(vf r[LANES]) {
  for (int round = 0; round < 4; round++) {
    vf t[LANES];
#pragma clang loop unroll(full)
    for (int i = 0; i < LANES / 2; i++) {
      t[2 * i] = __builtin_shufflevector(r[i], r[i + 8], 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
      t[2 * i + 1] =
          __builtin_shufflevector(r[i], r[i + 8], 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < LANES; i++) r[i] = t[i];
  }
}

// Packs rows k0..<k0+k of columns first..<last into panels that are `depth` rows deep.
static void pack_block(ptrdiff_t k0, ptrdiff_t k, ptrdiff_t n, const float *b, ptrdiff_t b_row, ptrdiff_t b_column,
                       ptrdiff_t first, ptrdiff_t last, ptrdiff_t depth, float *packed) {
  for (ptrdiff_t column = first; column < last; column += PANEL) {
    ptrdiff_t width = n - column < PANEL ? n - column : PANEL;
    float *panel = packed + (column - first) * depth;
    if (b_column == 1) {
      for (ptrdiff_t p = 0; p < k; p++) {
        const float *from = b + (k0 + p) * b_row + column;
        for (int j = 0; j < TILE_VECTORS; j++) {
          ptrdiff_t left = width - j * LANES;
          store(panel + p * PANEL + j * LANES, left <= 0 ? (vf)0 : load_some(from + j * LANES, left));
        }
      }
      continue;
    }
    for (int j = 0; j < TILE_VECTORS; j++) {
      ptrdiff_t left = width - j * LANES;
      for (ptrdiff_t p = 0; p < k; p += LANES) {
        vf r[LANES];
        ptrdiff_t deep = k - p < LANES ? k - p : LANES;
        for (int i = 0; i < LANES; i++)
          r[i] = i < left ? load_some(b + (column + j * LANES + i) * b_column + k0 + p, deep) : (vf)0;
        transpose(r);
        for (int i = 0; i < deep; i++) store(panel + (p + i) * PANEL + j * LANES, r[i]);
      }
    }
  }
}

static void pack(ptrdiff_t k, ptrdiff_t n, const float *b, ptrdiff_t b_row, ptrdiff_t b_column, ptrdiff_t first,
                 ptrdiff_t last, float *packed) {
  pack_block(0, k, n, b, b_row, b_column, first, last, k, packed + first * k);
}

// Cuts m rows into tiles of nearly equal height.
INLINE ptrdiff_t tile_count(ptrdiff_t m) { return (m + TILE_ROWS - 1) / TILE_ROWS; }
INLINE ptrdiff_t tile_start(ptrdiff_t m, ptrdiff_t count, ptrdiff_t index) { return m * index / count; }

static void product(const dragoman_product *p, float *scratch) {
  float *packed_a = scratch;
  float *packed_b = scratch + BLOCK_M * TILE_STRIDE;
  const int by_rows = p->a_column == 1;
  const ptrdiff_t depth_step = p->k > 0 ? BLOCK_K : 1;
  if (p->k == 0) {
    // An empty sum is what it begins with.
    for (ptrdiff_t i = 0; i < p->m; i++)
      for (ptrdiff_t j = 0; j < p->n; j++) {
        if (p->start == DRAGOMAN_FROM_ZERO) p->c[i * p->ldc + j] = 0;
        if (p->start == DRAGOMAN_FROM_BIAS) p->c[i * p->ldc + j] = p->bias[j];
      }
    return;
  }
  for (ptrdiff_t n0 = 0; n0 < p->n; n0 += BLOCK_N) {
    ptrdiff_t n1 = n0 + BLOCK_N < p->n ? n0 + BLOCK_N : p->n;
    for (ptrdiff_t k0 = 0; k0 < p->k; k0 += depth_step) {
      ptrdiff_t k = p->k - k0 < BLOCK_K ? p->k - k0 : BLOCK_K;
      int start = k0 == 0 ? p->start : DRAGOMAN_FROM_C;
      if (!p->packed_b) pack_block(k0, k, p->n, p->b, p->b_row, p->b_column, n0, n1, k, packed_b);
      for (ptrdiff_t m0 = 0; m0 < p->m; m0 += BLOCK_M) {
        ptrdiff_t m = p->m - m0 < BLOCK_M ? p->m - m0 : BLOCK_M;
        ptrdiff_t count = tile_count(m);
        for (ptrdiff_t t = 0; t < count; t++) {
          ptrdiff_t i0 = tile_start(m, count, t), i1 = tile_start(m, count, t + 1);
          float *to = packed_a + i0 * TILE_STRIDE;
          if (by_rows) {
            for (ptrdiff_t i = i0; i < i1; i++)
              memcpy(to + (i - i0) * TILE_STRIDE, p->a + (m0 + i) * p->a_row + k0, (size_t)k * sizeof(float));
          } else {
            const float *from = p->a + (m0 + i0) * p->a_row + k0 * p->a_column;
            for (ptrdiff_t q = 0; q < k; q++, from += p->a_column, to += i1 - i0)
              for (ptrdiff_t i = 0; i < i1 - i0; i++) to[i] = from[i];
          }
        }
        for (ptrdiff_t column = n0; column < n1; column += PANEL) {
          const float *b = p->packed_b ? p->packed_b + column * p->k + k0 * PANEL : packed_b + (column - n0) * k;
          ptrdiff_t width = p->n - column < PANEL ? p->n - column : PANEL;
          for (ptrdiff_t t = 0; t < count; t++) {
            ptrdiff_t i0 = tile_start(m, count, t), i1 = tile_start(m, count, t + 1);
            const float *a = packed_a + i0 * TILE_STRIDE;
            float *c = p->c + (m0 + i0) * p->ldc + column;
            const float *bias = p->bias ? p->bias + column : 0;
            tile_function function = by_rows ? tiles_of_rows[i1 - i0] : tiles_of_columns[i1 - i0];
            if (width == PANEL) function(k, a, b, c, p->ldc, start, bias);
            else edge_tile(function, (int)(i1 - i0), width, k, a, b, c, p->ldc, start, bias);
          }
        }
      }
    }
  }
}
