// Batch normalisation; equations in Kernels+BatchNormalization.swift.
//
// Sums over the rows have one tree: chains over blocks of BATCH_ROWS rows, and one chain over the blocks, in double
// precision. So threads share the blocks, and a sum over a million rows loses no more digits than one over sixty-four.

#define FOR_BLOCK(i, block, m) \
  for (ptrdiff_t i = (block) * BATCH_ROWS; i < at_most(((block) + 1) * BATCH_ROWS, (m).rows); i++)

/// Rows of the part are blocks: the sum of each, and that of the squares of what is left without its mean, side by side.
static void batch_moments(const struct job *job, struct part part) {
  const dragoman_matrix x = job->m[0], partials = job->m[1];
  FOR_ROWS(block) {
    const float size = (float)at_most(BATCH_ROWS, x.rows - block * BATCH_ROWS);
    for (ptrdiff_t j = 0; j < x.columns; j += 16) {
      const ptrdiff_t left = x.columns - j;
      wide sum = splat(0.0f), squares = splat(0.0f);
      FOR_BLOCK(i, block, x) sum += load(row_of(x, i) + j, left);
      const wide mean = sum / splat(size);
      FOR_BLOCK(i, block, x) {
        const wide d = load(row_of(x, i) + j, left) - mean;
        squares = fma_wide(d, d, squares);
      }
      store(row_of(partials, block) + j, sum, left);
      store(row_of(partials, block) + x.columns + j, squares, left);
    }
  }
}

/// 16 columns in double precision.
INLINE wide_double load_double(const float *p, ptrdiff_t left) {
  return __builtin_convertvector(load(p, left), wide_double);
}

INLINE void store_double(float *p, wide_double x, ptrdiff_t left) {
  store(p, __builtin_convertvector(x, wide), left);
}

/// The rows of the result: mean, 1 / √(variance + ε), and the unbiased variance; `limit` rows altogether.
///
/// Σ (x − mean)² = Σ over blocks of Σ (x − m)² + n (m − mean)², with n rows of mean m in a block.
static void batch_statistics(const struct job *job, struct part part) {
  const dragoman_matrix partials = job->m[0], to = job->m[1];
  const double count = (double)job->limit;
  FOR_COLUMNS(j) {
    wide_double sum = (wide_double)0.0, squares = (wide_double)0.0;
    for (ptrdiff_t b = 0; b < partials.rows; b++) sum += load_double(row_of(partials, b) + j, LEFT(j));
    const wide_double mean = sum / (wide_double)count;
    for (ptrdiff_t b = 0; b < partials.rows; b++) {
      const double size = (double)at_most(BATCH_ROWS, job->limit - b * BATCH_ROWS);
      const float *row = row_of(partials, b) + j;
      const wide_double d = load_double(row, LEFT(j)) / (wide_double)size - mean;
      squares += load_double(row + to.columns, LEFT(j)) + (wide_double)size * (d * d);
    }
    store_double(row_of(to, 0) + j, mean, LEFT(j));
    const wide variance = __builtin_convertvector(squares / (wide_double)count, wide);
    store(
        row_of(to, 1) + j, splat(1.0f) / __builtin_elementwise_sqrt(variance + splat(job->f[0])),
        LEFT(j));
    store_double(row_of(to, 2) + j, squares / (wide_double)(count - 1.0), LEFT(j));
  }
}

/// The same rows, of running values: mean and variance.
static void batch_running(const struct job *job, struct part part) {
  const dragoman_matrix mean = job->m[0], variance = job->m[1], to = job->m[2];
  FOR_COLUMNS(j) {
    const wide v = load(variance.at + j, LEFT(j));
    store(row_of(to, 0) + j, load(mean.at + j, LEFT(j)), LEFT(j));
    store(
        row_of(to, 1) + j, splat(1.0f) / __builtin_elementwise_sqrt(v + splat(job->f[0])), LEFT(j));
    store(row_of(to, 2) + j, v, LEFT(j));
  }
}

/// x̂ = (x − mean) / √(variance + ε).
INLINE wide batch_hat(dragoman_matrix statistics, wide x, ptrdiff_t j, ptrdiff_t left) {
  return (x - load(statistics.at + j, left)) * load(row_of(statistics, 1) + j, left);
}

static void batch_normalize(const struct job *job, struct part part) {
  const dragoman_matrix x = job->m[0], statistics = job->m[1], gain = job->m[2], bias = job->m[3],
                        y = job->m[4];
  FOR_ROWS(i) FOR_COLUMNS(j) {
    const wide hat = batch_hat(statistics, load(row_of(x, i) + j, LEFT(j)), j, LEFT(j));
    store(
        row_of(y, i) + j, fma_wide(load(gain.at + j, LEFT(j)), hat, load(bias.at + j, LEFT(j))),
        LEFT(j));
  }
}

/// Rows of the part are blocks: Σ ∂y and Σ ∂y ⊙ x̂ of each, side by side.
static void batch_products(const struct job *job, struct part part) {
  const dragoman_matrix gradient = job->m[0], x = job->m[1], statistics = job->m[2],
                        partials = job->m[3];
  FOR_ROWS(block) {
    for (ptrdiff_t j = 0; j < x.columns; j += 16) {
      const ptrdiff_t left = x.columns - j;
      wide sum = splat(0.0f), products = splat(0.0f);
      FOR_BLOCK(i, block, x) {
        const wide delta = load(row_of(gradient, i) + j, left);
        sum += delta;
        products = fma_wide(
            delta, batch_hat(statistics, load(row_of(x, i) + j, left), j, left), products);
      }
      store(row_of(partials, block) + j, sum, left);
      store(row_of(partials, block) + x.columns + j, products, left);
    }
  }
}

/// The rows of the result: both sums, then both divided by `limit`, the number of rows.
static void batch_totals(const struct job *job, struct part part) {
  const dragoman_matrix partials = job->m[0], to = job->m[1];
  FOR_COLUMNS(j) {
    for (int s = 0; s < 2; s++) {
      wide_double sum = (wide_double)0.0;
      for (ptrdiff_t b = 0; b < partials.rows; b++) {
        sum += load_double(row_of(partials, b) + s * to.columns + j, LEFT(j));
      }
      store_double(row_of(to, s) + j, sum, LEFT(j));
      store_double(row_of(to, 2 + s) + j, sum / (wide_double)(double)job->limit, LEFT(j));
    }
  }
}

/// ∂x = γ / √(variance + ε) · (∂y − mean(∂y) − x̂ mean(∂y ⊙ x̂)), in place; without the means where `flag` is not set.
static void batch_backward(const struct job *job, struct part part) {
  const dragoman_matrix gradient = job->m[0], x = job->m[1], statistics = job->m[2],
                        gain = job->m[3], totals = job->m[4];
  FOR_ROWS(i) FOR_COLUMNS(j) {
    float *g = row_of(gradient, i) + j;
    wide d = load(g, LEFT(j));
    if (job->flag) {
      const wide hat = batch_hat(statistics, load(row_of(x, i) + j, LEFT(j)), j, LEFT(j));
      d = fma_wide(-hat, load(row_of(totals, 3) + j, LEFT(j)), d - load(row_of(totals, 2) + j, LEFT(j)));
    }
    const wide factor = load(gain.at + j, LEFT(j)) * load(row_of(statistics, 1) + j, LEFT(j));
    store(g, d * factor, LEFT(j));
  }
}
