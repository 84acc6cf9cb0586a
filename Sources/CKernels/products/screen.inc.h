// Which column of y = x Wᵀ + b is the greatest, without computing them all: a screen in 8 bits with a proven bound.
//
// Notation: x one row of k numbers, w one row of W, b its bias; u = 2⁻²⁴; ‖·‖ is the Euclidean norm. All numbers are
// those that the kernels see, denormal ones being 0.
//
// Quantised. x = x̂ + r with x̂ = dₓ p and w = ŵ + e with ŵ = d q; p and q are integers of at most 127, dₓ and d floats.
// Whatever p, q, dₓ and d are, r and e are what is left; they are computed, not estimated. So
//
//     x·w − x̂·ŵ = r·w + x̂·e        |x·w − dₓ d p·q| ≤ ‖r‖ ‖w‖ + ‖x̂‖ ‖e‖
//
// by the inequality of Cauchy and Schwarz. p·q is a sum of integers below 2³¹, since k ≤ 2¹⁴, and thus exact.
//
// Rounded. Let x′ = (x, 1) and w′ = (w, b), so that y = x′·w′ without errors, and X = ‖x′‖ + ‖r‖ ≥ ‖x̂‖.
//   · The full product is a chain of k fused multiply-adds that begins with b. It differs from y by at most
//     ((1 + u)ᵏ − 1) Σ |x′ᵢ w′ᵢ| ≤ k u (1 + 2⁻¹¹ + 2⁻²²) ‖x′‖ ‖w′‖.
//   · The middle b + (dₓ d)(p·q) and what is added to it have four roundings (dₓ d, p·q as a float, the fused multiply-add,
//     the sum with the bound), each of at most u times |b| + ‖x̂‖ ‖ŵ‖ + bound ≤ 2 X (‖w′‖ + ‖e‖) + bound.
//   · A result below 2⁻¹²⁶ becomes 0; that is k + 8 times at most. dₓ and d are 0 or at least 2⁻⁵⁷.
// A bound that covers all of this, the second and third generously, is
//
//     α n + β ε    n = max(‖w′‖, 2⁻⁵⁰)    ε = ‖e‖    α = (1 + 2⁻¹⁰)(‖r‖ + (k + 32) u X)    β = (1 + 2⁻¹⁰) X
//
// where 1 + 2⁻¹⁰ is also for the rounding of α, β, n and ε themselves and of α n + β ε; norms are taken in double precision.
// (X ≥ 1, so α n ≥ 2⁻⁷⁴, of which 32 u X n is far above (k + 8) 2⁻¹²⁶.)
//
// Decided. The full product of a column lies in middle ± bound. A column whose upper bound is below the greatest lower
// bound of its row is smaller than another one. What is left is computed by the same chain as the full product, so it has
// its bits, and the first of the greatest is the column that the full product would give.
//
// Refused: weights with a row of norm above 2⁵⁰, or with no numbers, have no screen; such a row of x has the bounds ±∞,
// so that all columns are left. Below that no sum exceeds 2¹⁰³, and nothing overflows.

/// 127 / greatest, or 0 for numbers so small that they count as rests.
INLINE float quantum_factor(float greatest) { return greatest >= 0x1p-50f ? 127.0f / greatest : 0.0f; }

/// The greatest magnitude.
INLINE float greatest_magnitude(const float *x, ptrdiff_t n) {
  wide greatest = splat(0.0f);
  for (ptrdiff_t j = 0; j < n; j += 16) {
    const wide v = from_bits(bits(load(x + j, n - j)) & INT32_MAX);
    greatest = choose(v > greatest, v, greatest);
  }
  return greatest_of(greatest);
}

typedef int8_t wide_byte __attribute__((ext_vector_type(16)));

/// A row in 8 bits: `target` is given 16 integers at a time.
struct quantized {
  /// d; ‖v‖² and ‖v − d q‖²; Σ q.
  float scale;
  double square, residue;
  int32_t sum;
};

INLINE double sum_of_double(wide_double x) {
  double sum = 0;
  for (int lane = 0; lane < 16; lane++) sum += x[lane];
  return sum;
}

/// Quantises `n` numbers: four integers, q ^ `flip`, every `step` bytes; zeros up to the next multiple of four.
INLINE struct quantized quantize(
    const float *v, ptrdiff_t n, uint8_t *target, ptrdiff_t step, uint8_t flip) {
  const float greatest = greatest_magnitude(v, n), factor = quantum_factor(greatest);
  struct quantized result = {.scale = factor > 0 ? greatest / 127.0f : 0.0f};
  wide_double square = (wide_double)0.0, residue = (wide_double)0.0;
  wide_int sum = (wide_int)0;
  for (ptrdiff_t j = 0; j < n; j += 16) {
    const wide x = load(v + j, n - j);
    const wide_int q = bits(fma_wide(x, splat(factor), splat(ROUNDER))) - bits(splat(ROUNDER));
    sum += q;
    const wide_double exact = __builtin_convertvector(x, wide_double);
    const wide_double rest =
        exact - (double)result.scale * __builtin_convertvector(q, wide_double);
    square += exact * exact;
    residue += rest * rest;
    const wide_byte bytes = __builtin_convertvector(q, wide_byte) ^ (wide_byte)(int8_t)flip;
    for (ptrdiff_t i = 0; i < 16 && j + i < n; i += 4) {
      __builtin_memcpy(target + (j + i) / 4 * step, (const char *)&bytes + i, 4);
    }
  }
  result.square = sum_of_double(square);
  result.residue = sum_of_double(residue);
  result.sum = __builtin_reduce_add(sum);
  return result;
}

INLINE float root(double x) { return (float)__builtin_sqrt(x); }

/// Rows of the part are panels. vector: the bias.
static void screen_weights(const struct job *job, struct part part) {
  const dragoman_matrix weights = job->m[0];
  const struct screening *s = job->screening;
  FOR_ROWS(panel) {
    uint8_t *quanta = s->weights + panel * s->groups * 4 * SCREEN_COLUMNS;
    for (ptrdiff_t i = 0; i < SCREEN_COLUMNS; i++) {
      const ptrdiff_t j = panel * SCREEN_COLUMNS + i;
      if (j >= weights.rows) {
        // No column: less than any other.
        for (ptrdiff_t g = 0; g < s->groups; g++) {
          __builtin_memset(quanta + (g * SCREEN_COLUMNS + i) * 4, 128, 4);
        }
        s->scales[j] = s->norms[j] = s->residues[j] = 0;
        s->biases[j] = -__builtin_inff();
        continue;
      }
      const struct quantized row = quantize(
          row_of(weights, j), weights.columns, quanta + 4 * i, 4 * SCREEN_COLUMNS, 128);
      const float b = job->vector[j], norm = root(row.square + (double)b * b);
      s->scales[j] = row.scale;
      s->biases[j] = b;
      s->norms[j] = norm < 0x1p-50f ? 0x1p-50f : norm;
      s->residues[j] = root(row.residue);
    }
  }
}

/// Rows of x.
static void screen_queries(const struct job *job, struct part part) {
  const dragoman_matrix x = job->m[0];
  const struct screening *s = job->screening;
  FOR_ROWS(i) {
    uint8_t *quanta = (uint8_t *)s->queries + i * s->groups * 4;
    const struct quantized row = quantize(row_of(x, i), x.columns, quanta, 4, 0);
    struct screen_query *query = &s->rows[i];
    const double rest = __builtin_sqrt(row.residue), u = 0x1p-24;
    const double norm = __builtin_sqrt(row.square + 1.0) + rest;
    const double slack = 1.0 + 0x1p-10;
    if (norm <= 0x1p50) {
      const double alpha = slack * (rest + (double)(x.columns + 32) * u * norm);
      *query = (struct screen_query){row.scale, (float)alpha, (float)(slack * norm), -128 * row.sum};
    } else {
      *query = (struct screen_query){.alpha = __builtin_inff()};
    }
  }
}

/// Columns of the product, at most LANES, by the chain of the full product.
INLINE void exact_columns(
    const float *x, dragoman_matrix weights, const float *bias, const int32_t *columns,
    ptrdiff_t count, float *result) {
  const float *row[LANES];
  vec sum = (vec)0.0f;
  for (ptrdiff_t i = 0; i < LANES; i++) {
    const int32_t column = columns[i < count ? i : 0];
    row[i] = row_of(weights, column);
    sum[i] = bias[column];
  }
  ptrdiff_t l = 0;
  for (; l + LANES <= weights.columns; l += LANES) {
    vec block[LANES];
#pragma clang loop unroll(full)
    for (int i = 0; i < LANES; i++) block[i] = load_vec(row[i] + l);
    transpose(block);
#pragma clang loop unroll(full)
    for (int i = 0; i < LANES; i++) sum = __builtin_elementwise_fma((vec)x[l + i], block[i], sum);
  }
  for (; l < weights.columns; l++) {
    vec column;
    for (int i = 0; i < LANES; i++) column[i] = row[i][l];
    sum = __builtin_elementwise_fma((vec)x[l], column, sum);
  }
  store_vec(result, sum);
}

/// The first columns, at most `limit`, whose upper bound is not below `bar`; returns how many there are, but no more than
/// limit + 1.
INLINE ptrdiff_t columns_left(
    const float *upper, ptrdiff_t n, float bar, ptrdiff_t limit, int32_t *columns) {
  ptrdiff_t count = 0;
  for (ptrdiff_t j = 0; j < n && count <= limit; j += 16) {
    const wide_int left = load(upper + j, 16) >= splat(bar);
    if (!__builtin_reduce_or(left)) continue;
    for (int lane = 0; lane < 16 && count <= limit; lane++) {
      if (!left[lane]) continue;
      if (count < limit) columns[count] = (int32_t)(j + lane);
      count++;
    }
  }
  return count;
}

/// Rows of x. vector: the bias; ids: the columns found; counts: how many columns the screen left.
static void screen_choose(const struct job *job, struct part part) {
  const dragoman_matrix x = job->m[0], weights = job->m[1];
  const struct screening *s = job->screening;
  const ptrdiff_t width = s->panels * SCREEN_COLUMNS;
  FOR_ROWS(i) {
    int32_t columns[SCREEN_LIMIT];
    const float bar = maximum(s->lower + i * s->panels, s->panels);
    const ptrdiff_t count = columns_left(s->upper + i * width, width, bar, job->limit, columns);
    int32_t *chosen = job->ids + i;
    *chosen = -1;
    job->counts[i] = (int32_t)count;
    float best = -__builtin_inff();
    for (ptrdiff_t k = 0; k < count && count <= job->limit; k += LANES) {
      float exact[LANES];
      const ptrdiff_t size = at_most(LANES, count - k);
      exact_columns(row_of(x, i), weights, job->vector, columns + k, size, exact);
      for (ptrdiff_t c = 0; c < size; c++) {
        if (exact[c] > best) {
          best = exact[c];
          *chosen = columns[k + c];
        }
      }
    }
  }
}
