// Multi-head attention: what is done row by row beside the products of heads.c. Equations in Kernels+Heads.swift.
//
// What a query sees is one range of columns. A sum over it starts in lane 0 at the first of them, so that it has the
// same bits wherever the range lies in a matrix and whatever stands around it. Softmax takes two passes, one for the
// maximum and one for the rest: with a running rescale the bits would depend on how a row is cut.

#define FOR_HEAD_ROWS(t) for (ptrdiff_t t = from; t < to; t++)

INLINE const float *source_of(const struct head *h, ptrdiff_t i) {
  return row_of(h->memory, h->rows ? h->rows[i] : i);
}

/// Clears what query t does not see.
INLINE void clear_unseen(float *x, ptrdiff_t columns, struct range seen) {
  clear_from(x, 0, seen.from);
  clear_from(x, seen.to, columns);
}

static void head_clear(const struct head *h, ptrdiff_t from, ptrdiff_t to) {
  FOR_HEAD_ROWS(t) clear_unseen(row_of(h->weights, t), h->weights.columns, seen_by(h, t));
}

/// The products q·k of few queries, one chain each: LANES sources at a time, transposed in registers. Nothing is put in
/// order beforehand, since it would be read only once or twice.
static void head_scores(const struct head *h, ptrdiff_t from, ptrdiff_t to) {
  const ptrdiff_t columns = h->query.columns;
  FOR_HEAD_ROWS(t) {
    const struct range seen = seen_by(h, t);
    const float *query = row_of(h->query, t);
    float *score = row_of(h->weights, t);
    for (ptrdiff_t i = seen.from; i < seen.to; i += LANES) {
      const ptrdiff_t count = at_most(LANES, seen.to - i);
      const float *key[LANES];
      for (ptrdiff_t n = 0; n < LANES; n++) key[n] = source_of(h, i + at_most(n, count - 1));
      vec sum = (vec)0.0f;
      ptrdiff_t j = 0;
      for (; j + LANES <= columns; j += LANES) {
        vec block[LANES];
#pragma clang loop unroll(full)
        for (int n = 0; n < LANES; n++) block[n] = load_vec(key[n] + j);
        transpose(block);
#pragma clang loop unroll(full)
        for (int l = 0; l < LANES; l++) {
          sum = __builtin_elementwise_fma((vec)query[j + l], block[l], sum);
        }
      }
      for (; j < columns; j++) {
        vec column;
        for (int n = 0; n < LANES; n++) column[n] = key[n][j];
        sum = __builtin_elementwise_fma((vec)query[j], column, sum);
      }
      __builtin_memcpy(score + i, &sum, (size_t)count * sizeof(float));
    }
  }
}

/// A chain over the sources for each column, for few queries. The 0 at the end makes −0 to 0, as behind the products.
static void head_combine(const struct head *h, ptrdiff_t from, ptrdiff_t to) {
  const ptrdiff_t columns = h->query.columns;
  FOR_HEAD_ROWS(t) {
    const struct range seen = seen_by(h, t);
    const float *weights = row_of(h->weights, t);
    float *result = row_of(h->query, t);
    ptrdiff_t j = 0;
    // Four chains at once hide how long a multiply-add takes.
    for (; j + 64 <= columns; j += 64) {
      wide sum[4] = {splat(0.0f), splat(0.0f), splat(0.0f), splat(0.0f)};
      for (ptrdiff_t i = seen.from; i < seen.to; i++) {
        const float *value = source_of(h, i) + j;
#pragma clang loop unroll(full)
        for (int c = 0; c < 4; c++) {
          sum[c] = fma_wide(splat(weights[i]), load(value + 16 * c, 16), sum[c]);
        }
      }
#pragma clang loop unroll(full)
      for (int c = 0; c < 4; c++) store(result + j + 16 * c, sum[c] + splat(0.0f), 16);
    }
    for (; j < columns; j += 16) {
      wide sum = splat(0.0f);
      for (ptrdiff_t i = seen.from; i < seen.to; i++) {
        sum = fma_wide(splat(weights[i]), load(source_of(h, i) + j, columns - j), sum);
      }
      store(result + j, sum + splat(0.0f), columns - j);
    }
  }
}

/// q·k → α, in place.
static void head_normalize(const struct head *h, ptrdiff_t from, ptrdiff_t to) {
  const float scale = h->how->scale;
  FOR_HEAD_ROWS(t) {
    const struct range seen = seen_by(h, t);
    const ptrdiff_t count = seen.to - seen.from;
    float *x = row_of(h->weights, t) + seen.from;
    if (h->how->relu) {
      const wide factor = splat(scale / (float)count);
      for (ptrdiff_t j = 0; j < count; j += 16) {
        const wide e = load(x + j, count - j);
        store(x + j, choose(e > splat(0.0f), e * factor, splat(0.0f)), count - j);
      }
    } else {
      const wide top = splat(scale * maximum(x, count));
      wide sums = splat(0.0f);
      for (ptrdiff_t j = 0; j < count; j += 16) {
        const wide e = exp_wide(fma_wide(splat(scale), load(x + j, count - j), -top));
        store(x + j, e, count - j);
        sums += lanes_or(e, count - j, splat(0.0f));
      }
      const wide factor = splat(1.0f / sum_of(sums));
      for (ptrdiff_t j = 0; j < count; j += 16) {
        store(x + j, load(x + j, count - j) * factor, count - j);
      }
    }
    clear_unseen(row_of(h->weights, t), h->weights.columns, seen);
  }
}

/// ∂α → ∂(q·k), in place.
static void head_normalize_backward(const struct head *h, ptrdiff_t from, ptrdiff_t to) {
  const float scale = h->how->scale;
  FOR_HEAD_ROWS(t) {
    const struct range seen = seen_by(h, t);
    const ptrdiff_t count = seen.to - seen.from;
    float *g = row_of(h->gradient, t) + seen.from;
    const float *w = row_of(h->weights, t) + seen.from;
    if (h->how->relu) {
      const wide factor = splat(scale / (float)count);
      for (ptrdiff_t j = 0; j < count; j += 16) {
        const wide d = load(g + j, count - j) * factor;
        store(g + j, choose(load(w + j, count - j) > splat(0.0f), d, splat(0.0f)), count - j);
      }
    } else {
      wide sums = splat(0.0f);
      for (ptrdiff_t j = 0; j < count; j += 16) {
        sums = fma_wide(load(w + j, count - j), load(g + j, count - j), sums);
      }
      const wide mean = splat(sum_of(sums));
      for (ptrdiff_t j = 0; j < count; j += 16) {
        const wide d = load(w + j, count - j) * (load(g + j, count - j) - mean);
        store(g + j, d * splat(scale), count - j);
      }
    }
    clear_unseen(row_of(h->gradient, t), h->gradient.columns, seen);
  }
}
