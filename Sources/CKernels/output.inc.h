// Softmax, loss and choice over a vocabulary; compiled once per instruction set.

// The maximum of a row, and Σ e^(x − maximum) with 16 lanes.
INLINE float row_maximum(ptrdiff_t columns, const float *x) {
  vf m = -INFINITY;
  ptrdiff_t j = 0;
  for (; j + LANES <= columns; j += LANES) m = max_(load(x + j), m);
  float result = maximum(m);
  for (; j < columns; j++) result = x[j] > result ? x[j] : result;
  return result;
}

INLINE float row_sum(ptrdiff_t columns, const float *x, float maximum) {
  vf s = 0;
  ptrdiff_t j = 0;
  for (; j + LANES <= columns; j += LANES) s += exp_(load(x + j) - maximum);
  if (j < columns) {
    vf rest = -INFINITY;
    memcpy(&rest, x + j, (size_t)(columns - j) * sizeof(float));
    s += exp_(rest - maximum);
  }
  return sum(s);
}

static void cross_entropy(ptrdiff_t rows, ptrdiff_t columns, float *x, ptrdiff_t ldx, const int32_t *targets,
                          float *losses, int write, float scale) {
  FOR_ROWS {
    float *row = x + i * ldx;
    float top = row_maximum(columns, row), total = row_sum(columns, row, top);
    losses[i] = (float)(log((double)total) + (double)top - (double)row[targets[i]]);
    if (!write) continue;
    float factor = scale / total;
    FOR_COLUMNS(columns) store_some(row + j, exp_(load_some(row + j, n) - top) * factor, n);
    row[targets[i]] -= scale;
  }
}

static void log_softmax(ptrdiff_t rows, ptrdiff_t columns, float *x, ptrdiff_t ldx) {
  FOR_ROWS {
    float *row = x + i * ldx;
    float top = row_maximum(columns, row);
    float shift = (float)(log((double)row_sum(columns, row, top)) + (double)top);
    FOR_COLUMNS(columns) store_some(row + j, load_some(row + j, n) - shift, n);
  }
}

static void best(ptrdiff_t rows, ptrdiff_t columns, const float *x, ptrdiff_t ldx, int32_t *tokens, float *scores) {
  FOR_ROWS {
    const float *row = x + i * ldx;
    float top = row_maximum(columns, row);
    ptrdiff_t token = 0;
    while (token < columns - 1 && row[token] != top) token++;
    tokens[i] = (int32_t)token;
    if (scores) scores[i] = (float)-log((double)row_sum(columns, row, top));
  }
}
