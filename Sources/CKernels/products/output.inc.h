// Softmax over whole rows: the loss, log probabilities, the greatest columns.

/// The greatest of `n` floats, −∞ if there is none; NaN is passed over.
INLINE float maximum(const float *x, ptrdiff_t n) {
  const wide least = splat(-__builtin_inff());
  wide greatest = least;
  for (ptrdiff_t j = 0; j < n; j += 16) {
    const wide v = lanes_or(load(x + j, n - j), n - j, least);
    greatest = choose(v > greatest, v, greatest);
  }
  return greatest_of(greatest);
}

/// e^(x − shift), the lanes past the end 0.
INLINE wide shifted_exp(const float *x, ptrdiff_t left, float shift) {
  return lanes_or(exp_wide(load(x, left) - splat(shift)), left, splat(0.0f));
}

/// Σ e^(x − shift).
INLINE float sum_of_exp(const float *x, ptrdiff_t n, float shift) {
  wide sum = splat(0.0f);
  for (ptrdiff_t j = 0; j < n; j += 16) sum += shifted_exp(x + j, n - j, shift);
  return sum_of(sum);
}

/// Σ x.
INLINE float sum_of_row(const float *x, ptrdiff_t n) {
  wide sum = splat(0.0f);
  for (ptrdiff_t j = 0; j < n; j += 16) sum += load(x + j, n - j);
  return sum_of(sum);
}

/// f: the scale of the gradient; its part for the target, scale · (1 − ε), and for every column, scale · ε / V; ε.
static void cross_entropy(const struct job *job, struct part part) {
  const dragoman_matrix m = job->m[0];
  FOR_ROWS(i) {
    float *x = row_of(m, i);
    const float top = maximum(x, m.columns);
    const int32_t target = job->rows[i];
    const float score = x[target];
    const float smoothing = job->f[3];
    const float mean = smoothing > 0 ? sum_of_row(x, m.columns) / (float)m.columns : 0.0f;
    wide sums = splat(0.0f);
    if (job->flag) {
      FOR_COLUMNS(j) {
        const wide e = shifted_exp(x + j, LEFT(j), top);
        store(x + j, e, LEFT(j));
        sums += e;
      }
    } else {
      FOR_COLUMNS(j) sums += shifted_exp(x + j, LEFT(j), top);
    }
    const float sum = sum_of(sums);
    const float loss = log_one(sum) - (score - top);
    // (1 − ε)(log Σ − x_k) + ε (log Σ − mean of x) = (log Σ − x_k) + ε (x_k − mean of x).
    job->row[i] = smoothing > 0 ? __builtin_fmaf(smoothing, score - mean, loss) : loss;
    if (job->flag) {
      // loss = log Σ_j exp(x_j) − Σ_j π_j x_j, with π = (1 − ε) onehot + ε / V: ∂x = (softmax(x) − π) · scale.
      const float factor = job->f[0] / sum;
      const wide share = splat(-job->f[2]);
      FOR_COLUMNS(j) {
        store(x + j, fma_wide(load(x + j, LEFT(j)), splat(factor), share), LEFT(j));
      }
      x[target] -= job->f[1];
    }
  }
}

static void log_softmax(const struct job *job, struct part part) {
  const dragoman_matrix m = job->m[0];
  FOR_ROWS(i) {
    float *x = row_of(m, i);
    const float top = maximum(x, m.columns);
    const float rest = log_one(sum_of_exp(x, m.columns, top));
    FOR_COLUMNS(j) {
      store(x + j, (load(x + j, LEFT(j)) - splat(top)) - splat(rest), LEFT(j));
    }
  }
}

/// Whether a lane of x is greater than `bar`.
INLINE bool any_above(wide x, float bar) { return __builtin_reduce_or(x > splat(bar)) != 0; }

/// Puts a value and its column behind the values that are not smaller; the last value falls out.
INLINE void insert(float *values, int32_t *columns, ptrdiff_t count, float value, ptrdiff_t column) {
  ptrdiff_t place = count - 1;
  for (; place > 0 && value > values[place - 1]; place--) {
    values[place] = values[place - 1];
    columns[place] = columns[place - 1];
  }
  values[place] = value;
  columns[place] = (int32_t)column;
}

// A value enters only if it is greater than the last one kept, so most vectors cost one comparison.
static void top(const struct job *job, struct part part) {
  const dragoman_matrix m = job->m[0];
  const ptrdiff_t count = job->limit;
  FOR_ROWS(i) {
    const float *x = row_of(m, i);
    float *values = job->row + i * count;
    int32_t *columns = job->ids + i * count;
    for (ptrdiff_t k = 0; k < count; k++) {
      values[k] = -__builtin_inff();
      columns[k] = -1;
    }
    for (ptrdiff_t j = 0; j < m.columns; j += 16) {
      const ptrdiff_t lanes = at_most(m.columns - j, 16);
      if (lanes == 16 && !any_above(load(x + j, 16), values[count - 1])) continue;
      for (ptrdiff_t lane = 0; lane < lanes; lane++) {
        if (x[j + lane] > values[count - 1]) insert(values, columns, count, x[j + lane], j + lane);
      }
    }
    if (!job->flag) continue;
    const float greatest = values[0];
    const float rest = log_one(sum_of_exp(x, m.columns, greatest));
    for (ptrdiff_t k = 0; k < count && columns[k] >= 0; k++) {
      values[k] = (values[k] - greatest) - rest;
    }
  }
}
