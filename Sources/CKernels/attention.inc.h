// Attention over ragged memory, span by span; compiled once per instruction set.

#define FOR_SPANS for (const dragoman_span *span = spans; span < spans + count; span++)
#define FOR_QUERIES                                                                       \
  for (ptrdiff_t query = span->query_start; query < span->query_start + span->query_count; \
       query++)
#define FOR_SOURCES for (ptrdiff_t s = 0; s < span->source_count; s++)

static void ragged_dot(const dragoman_span *spans, ptrdiff_t count, ptrdiff_t width, const float *q, ptrdiff_t ldq,
                       const float *m, ptrdiff_t ldm, float *scores, ptrdiff_t lds) {
  FOR_SPANS FOR_QUERIES FOR_SOURCES {
    const float *a = q + query * ldq, *b = m + (span->source_start + s) * ldm;
    vf total = 0;
    FOR_COLUMNS(width) total = fma_(load_some(a + j, n), load_some(b + j, n), total);
    scores[query * lds + s] = sum(total);
  }
}

static void ragged_combine(const dragoman_span *spans, ptrdiff_t count, ptrdiff_t width, const float *w, ptrdiff_t ldw,
                           const float *m, ptrdiff_t ldm, float *out, ptrdiff_t ldo, int adding) {
  FOR_SPANS FOR_QUERIES FOR_COLUMNS(width) {
    vf total = adding ? load_some(out + query * ldo + j, n) : (vf)0;
    FOR_SOURCES total = fma_(w[query * ldw + s], load_some(m + (span->source_start + s) * ldm + j, n), total);
    store_some(out + query * ldo + j, total, n);
  }
}

static void ragged_combine_transposed(const dragoman_span *spans, ptrdiff_t count, ptrdiff_t width, const float *w,
                                      ptrdiff_t ldw, const float *q, ptrdiff_t ldq, float *m, ptrdiff_t ldm) {
  FOR_SPANS FOR_SOURCES FOR_COLUMNS(width) {
    float *to = m + (span->source_start + s) * ldm + j;
    vf total = load_some(to, n);
    FOR_QUERIES total = fma_(w[query * ldw + s], load_some(q + query * ldq + j, n), total);
    store_some(to, total, n);
  }
}

static void ragged_softmax(const dragoman_span *spans, ptrdiff_t count, ptrdiff_t limit, ptrdiff_t columns, float *x,
                           ptrdiff_t lds) {
  FOR_SPANS FOR_QUERIES {
    float *row = x + query * lds;
    ptrdiff_t width = span->source_count < limit ? span->source_count : limit;
    float top = row_maximum(width, row);
    vf total = 0;
    FOR_COLUMNS(width) {
      vf rest = -INFINITY;
      memcpy(&rest, row + j, (size_t)n * sizeof(float));
      vf e = exp_(rest - top);
      total += e;
      store_some(row + j, e, n);
    }
    float all = sum(total);
    FOR_COLUMNS(width) store_some(row + j, load_some(row + j, n) / all, n);
    for (ptrdiff_t j = width; j < columns; j++) row[j] = 0;
  }
}

static void ragged_softmax_backward(const dragoman_span *spans, ptrdiff_t count, ptrdiff_t limit, ptrdiff_t columns,
                                    float *g, ptrdiff_t ldg, const float *w, ptrdiff_t ldw) {
  FOR_SPANS FOR_QUERIES {
    float *row = g + query * ldg;
    const float *alpha = w + query * ldw;
    ptrdiff_t width = span->source_count < limit ? span->source_count : limit;
    vf total = 0;
    FOR_COLUMNS(width) total = fma_(load_some(row + j, n), load_some(alpha + j, n), total);
    float mean = sum(total);
    FOR_COLUMNS(width) store_some(row + j, load_some(alpha + j, n) * (load_some(row + j, n) - mean), n);
    for (ptrdiff_t j = width; j < columns; j++) row[j] = 0;
  }
}

static void additive_scores(const dragoman_span *spans, ptrdiff_t count, ptrdiff_t width, const float *q,
                            ptrdiff_t ldq, const float *keys, ptrdiff_t ldk, const float *v, float *scores,
                            ptrdiff_t lds) {
  FOR_SPANS FOR_QUERIES FOR_SOURCES {
    const float *a = q + query * ldq, *b = keys + (span->source_start + s) * ldk;
    vf total = 0;
    FOR_COLUMNS(width) total = fma_(load_some(v + j, n), tanh_(load_some(a + j, n) + load_some(b + j, n)), total);
    scores[query * lds + s] = sum(total);
  }
}

static void additive_backward(const dragoman_span *spans, ptrdiff_t count, ptrdiff_t width, const float *g,
                              ptrdiff_t ldg, const float *q, ptrdiff_t ldq, const float *keys, ptrdiff_t ldk,
                              const float *v, float *dq, ptrdiff_t lddq, float *dk, ptrdiff_t lddk, float *partials,
                              ptrdiff_t ldp) {
  FOR_SPANS {
    float *partial = partials + (span - spans) * ldp;
    FOR_QUERIES FOR_COLUMNS(width) {
      vf query_row = load_some(q + query * ldq + j, n), weight = load_some(v + j, n);
      vf query_sum = 0, vector_sum = load_some(partial + j, n);
      FOR_SOURCES {
        ptrdiff_t source = span->source_start + s;
        float delta = g[query * ldg + s];
        vf u = tanh_(query_row + load_some(keys + source * ldk + j, n));
        vf d = delta * weight * (1.0f - u * u);
        vector_sum = fma_(delta, u, vector_sum);
        query_sum += d;
        store_some(dk + source * lddk + j, load_some(dk + source * lddk + j, n) + d, n);
      }
      store_some(dq + query * lddq + j, query_sum, n);
      store_some(partial + j, vector_sum, n);
    }
  }
}
