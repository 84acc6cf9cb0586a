// Products of quantised rows, and the bounds of the exact ones that follow from them: see screen.inc.h.
//
// A panel of weights meets all rows before the next one comes. Integers are added up exactly, and the few operations on
// floats are the same everywhere, so the bounds have the same bits whatever multiplies.

// The number of rows is a constant where sums stay in registers.
#if defined(SCREEN_VNNI)
#define SCREEN_UNROLL _Pragma("clang loop unroll(full)")
#else
#define SCREEN_UNROLL
#endif

/// Rows of queries that meet a panel at a time: 28 sums, two registers of weights and one of the query.
enum { SCREEN_ROWS = 14 };

typedef int32_t sums_of_panel __attribute__((ext_vector_type(16)));

/// Σ p (q + 128) of some rows and a panel, added to the row's offset. `down`: bytes from row to row.
INLINE void screen_tile(
    const int rows, const struct screening *s, const int8_t *queries, ptrdiff_t down,
    const struct screen_query *row, const uint8_t *weights, sums_of_panel sum[][2]) {
SCREEN_UNROLL
  for (int i = 0; i < rows; i++) sum[i][0] = sum[i][1] = (sums_of_panel)row[i].offset;
#if defined(SCREEN_VNNI)
  for (ptrdiff_t g = 0; g < s->groups; g++, weights += 4 * SCREEN_COLUMNS) {
    const __m512i low = _mm512_loadu_si512(weights), high = _mm512_loadu_si512(weights + 64);
SCREEN_UNROLL
    for (int i = 0; i < rows; i++) {
      int32_t four;
      __builtin_memcpy(&four, queries + i * down + 4 * g, sizeof four);
      const __m512i query = _mm512_set1_epi32(four);
      sum[i][0] = (sums_of_panel)_mm512_dpbusd_epi32((__m512i)sum[i][0], low, query);
      sum[i][1] = (sums_of_panel)_mm512_dpbusd_epi32((__m512i)sum[i][1], high, query);
    }
  }
#else
  for (int i = 0; i < rows; i++) {
    for (ptrdiff_t g = 0; g < s->groups; g++) {
      const int8_t *p = queries + i * down + 4 * g;
      const uint8_t *q = weights + 4 * SCREEN_COLUMNS * g;
      for (int j = 0; j < SCREEN_COLUMNS; j++, q += 4) {
        sum[i][j / 16][j % 16] += p[0] * q[0] + p[1] * q[1] + p[2] * q[2] + p[3] * q[3];
      }
    }
  }
#endif
}

/// Writes the bounds of some rows and a panel.
INLINE void screen_rows(
    const int rows, const struct screening *s, ptrdiff_t first, ptrdiff_t panel) {
  sums_of_panel sum[SCREEN_ROWS][2];
  const struct screen_query *query = s->rows + first;
  screen_tile(
      rows, s, s->queries + first * 4 * s->groups, 4 * s->groups, query,
      s->weights + panel * 4 * SCREEN_COLUMNS * s->groups, sum);
  const ptrdiff_t column = panel * SCREEN_COLUMNS;
SCREEN_UNROLL
  for (int i = 0; i < rows; i++) {
    float *upper = s->upper + (first + i) * s->panels * SCREEN_COLUMNS + column;
    wide greatest = splat(-__builtin_inff());
#pragma clang loop unroll(full)
    for (int half = 0; half < 2; half++) {
      const ptrdiff_t j = column + 16 * half;
      const wide product = __builtin_convertvector(sum[i][half], wide);
      const wide scale = splat(query[i].scale) * load(s->scales + j, 16);
      const wide middle = fma_wide(product, scale, load(s->biases + j, 16));
      const wide part = splat(query[i].alpha) * load(s->norms + j, 16);
      const wide bound = fma_wide(splat(query[i].beta), load(s->residues + j, 16), part);
      const wide lower = middle - bound;
      store(upper + 16 * half, middle + bound, 16);
      greatest = choose(lower > greatest, lower, greatest);
    }
    s->lower[(first + i) * s->panels + panel] = greatest_of(greatest);
  }
}

#if defined(SCREEN_VNNI)
#define SCREEN_CASE(rows) \
  case rows:              \
    return screen_rows(rows, s, first, panel);
#define SEVEN_CASES(from)                                                                 \
  SCREEN_CASE(from) SCREEN_CASE(from + 1) SCREEN_CASE(from + 2) SCREEN_CASE(from + 3)     \
  SCREEN_CASE(from + 4) SCREEN_CASE(from + 5) SCREEN_CASE(from + 6)
#endif

/// The same, with sums in registers where there is something to gain.
static void screen_some(
    ptrdiff_t rows, const struct screening *s, ptrdiff_t first, ptrdiff_t panel) {
#if defined(SCREEN_VNNI)
  switch (rows) { SEVEN_CASES(1) SEVEN_CASES(8) }
#else
  screen_rows((int)rows, s, first, panel);
#endif
}

/// Rows of the part are panels; `limit` rows of queries.
static void screen_bounds(const struct job *job, struct part part) {
  const ptrdiff_t tiles = (job->limit + SCREEN_ROWS - 1) / SCREEN_ROWS;
  for (ptrdiff_t panel = part.row; panel < part.row_end; panel++) {
    for (ptrdiff_t t = 0; t < tiles; t++) {
      const ptrdiff_t first = job->limit * t / tiles;
      screen_some(job->limit * (t + 1) / tiles - first, job->screening, first, panel);
    }
  }
}
