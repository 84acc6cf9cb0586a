// A tile of a product: up to TILE_ROWS × TILE_COLUMNS elements of c held in registers while k runs.
//
// a comes as a panel, either row after row (rows PANEL_STRIDE floats apart, so that no two rows share a
// cache set) or column after column (TILE_ROWS floats each). b comes as panels of TILE_COLUMNS floats per
// k, the last one filled up with zeros. The sums start from a row of floats: c itself, the bias (the same
// row for all, stride 0) or zeros (likewise).

/// Steps of k that b is fetched ahead: at 6 to 14 cycles each, the way from memory.
enum { AHEAD = 32 };

INLINE vec load_vec(const float *p) {
  vec result;
  __builtin_memcpy(&result, p, sizeof result);
  return result;
}

INLINE void store_vec(float *p, vec x) { __builtin_memcpy(p, &x, sizeof x); }

/// Fetches a line into the second-level cache; it need not be memory.
INLINE void fetch_line(const float *p, ptrdiff_t offset) {
  __builtin_prefetch((const void *)((uintptr_t)p + 4 * (uintptr_t)offset), 0, 2);
}

/// `rows` × (`panels` · TILE_COLUMNS); the element of a in row i and column l is a[i·down + l·right].
INLINE void tile_body(
    const int rows, const int panels, const ptrdiff_t down, const ptrdiff_t right, ptrdiff_t k,
    const float *a, const float *b, ptrdiff_t panel, const float *start, ptrdiff_t start_stride,
    float *c, ptrdiff_t stride, const float *next) {
  vec sum[TILE_ROWS][MAXIMUM_WIDE_PANELS * TILE_VECTORS];
#pragma clang loop unroll(full)
  for (int i = 0; i < rows; i++) {
#pragma clang loop unroll(full)
    for (int j = 0; j < panels * TILE_VECTORS; j++) {
      sum[i][j] = load_vec(start + i * start_stride + j * LANES);
    }
  }

  // The lines of c that come next are fetched one at a time between the steps: all at once they would hold up
  // those of b.
  const int width = (panels * TILE_COLUMNS + 15) / 16, lines = rows * width;
  const ptrdiff_t pace = k / lines;
  ptrdiff_t l = 0;
  for (int line = 0; line < lines; line++) {
    fetch_line(next, line / width * stride + line % width * 16);
    const ptrdiff_t end = line + 1 == lines ? k : l + pace;
    for (; l < end; l++) {
      vec right_values[MAXIMUM_WIDE_PANELS * TILE_VECTORS];
#pragma clang loop unroll(full)
      for (int p = 0; p < panels; p++) {
#pragma clang loop unroll(full)
        for (int j = 0; j < TILE_COLUMNS; j += 16) {
          __builtin_prefetch(b + p * panel + AHEAD * TILE_COLUMNS + j);
        }
#pragma clang loop unroll(full)
        for (int j = 0; j < TILE_VECTORS; j++) {
          right_values[p * TILE_VECTORS + j] = load_vec(b + p * panel + j * LANES);
        }
      }
#pragma clang loop unroll(full)
      for (int i = 0; i < rows; i++) {
        const vec left = (vec)a[i * down];
#pragma clang loop unroll(full)
        for (int j = 0; j < panels * TILE_VECTORS; j++) {
          sum[i][j] = __builtin_elementwise_fma(left, right_values[j], sum[i][j]);
        }
      }
      a += right;
      b += TILE_COLUMNS;
    }
  }

#pragma clang loop unroll(full)
  for (int i = 0; i < rows; i++) {
#pragma clang loop unroll(full)
    for (int j = 0; j < panels * TILE_VECTORS; j++) {
      store_vec(c + i * stride + j * LANES, sum[i][j]);
    }
  }
}

#define TILE(name, rows, panels, down, right)                                                     \
  static void name(                                                                               \
      ptrdiff_t k, const float *a, const float *b, ptrdiff_t panel, const float *start,           \
      ptrdiff_t start_stride, float *c, ptrdiff_t stride, const float *next) {                    \
    tile_body(rows, panels, down, right, k, a, b, panel, start, start_stride, c, stride, next);   \
  }

#define BOTH_TILES(rows)                              \
  TILE(tile_rowwise_##rows, rows, 1, PANEL_STRIDE, 1) \
  TILE(tile_columnwise_##rows, rows, 1, 1, TILE_ROWS)

BOTH_TILES(1)
BOTH_TILES(2)
BOTH_TILES(3)
BOTH_TILES(4)
#if TILE_ROWS >= 6
BOTH_TILES(5)
BOTH_TILES(6)
#endif
#if TILE_ROWS >= 8
BOTH_TILES(7)
BOTH_TILES(8)
#endif
#if TILE_ROWS >= 14
BOTH_TILES(9)
BOTH_TILES(10)
BOTH_TILES(11)
BOTH_TILES(12)
BOTH_TILES(13)
BOTH_TILES(14)
#endif

// Few rows leave registers free and the multipliers waiting: several panels at once.
TILE(tile_wide_1, 1, 4, PANEL_STRIDE, 1)
TILE(tile_wide_2, 2, 2, PANEL_STRIDE, 1)
#if TILE_ROWS == 6
// Twelve sums and four panels of b are one register too many.
#define TILE_WIDE_3 NULL
#else
TILE(tile_wide_3, 3, 2, PANEL_STRIDE, 1)
#define TILE_WIDE_3 tile_wide_3
#endif

#define FOUR_TILES(layout) tile_##layout##_1, tile_##layout##_2, tile_##layout##_3, tile_##layout##_4
#if TILE_ROWS == 4
#define TILE_LIST(layout) FOUR_TILES(layout)
#elif TILE_ROWS == 6
#define TILE_LIST(layout) FOUR_TILES(layout), tile_##layout##_5, tile_##layout##_6
#elif TILE_ROWS == 8
#define TILE_LIST(layout) \
  FOUR_TILES(layout), tile_##layout##_5, tile_##layout##_6, tile_##layout##_7, tile_##layout##_8
#elif TILE_ROWS == 14
#define TILE_LIST(layout)                                                            \
  FOUR_TILES(layout), tile_##layout##_5, tile_##layout##_6, tile_##layout##_7,       \
      tile_##layout##_8, tile_##layout##_9, tile_##layout##_10, tile_##layout##_11,  \
      tile_##layout##_12, tile_##layout##_13, tile_##layout##_14
#endif
