// Attention over ragged memory: rows of a part are spans. Equations in Kernels+Attention.swift.

#define FOR_SPANS(s)                                      \
  FOR_ROWS(span_index)                                    \
  for (const dragoman_span *s = job->spans + span_index; s; s = NULL)
#define FOR_QUERIES(q, s) \
  for (ptrdiff_t q = s->query_start; q < s->query_start + s->query_count; q++)

INLINE void clear_from(float *x, ptrdiff_t from, ptrdiff_t to) {
  for (ptrdiff_t j = from; j < to; j += 16) store(x + j, splat(0.0f), to - j);
}

static void ragged_dot(const struct job *job, struct part part) {
  const dragoman_matrix queries = job->m[0], memory = job->m[1], scores = job->m[2];
  FOR_SPANS(s) FOR_QUERIES(q, s) {
    const float *query = row_of(queries, q);
    float *score = row_of(scores, q);
    for (ptrdiff_t i = 0; i < s->source_count; i++) {
      const float *source = row_of(memory, s->source_start + i);
      wide sum = splat(0.0f);
      for (ptrdiff_t j = 0; j < queries.columns; j += 16) {
        const ptrdiff_t left = queries.columns - j;
        sum = fma_wide(load(query + j, left), load(source + j, left), sum);
      }
      score[i] = sum_of(sum);
    }
    clear_from(score, s->source_count, scores.columns);
  }
}

static void ragged_combine(const struct job *job, struct part part) {
  const dragoman_matrix weights = job->m[0], memory = job->m[1], result = job->m[2];
  FOR_SPANS(s) FOR_QUERIES(q, s) FOR_COLUMNS(j) {
    wide sum = job->flag ? load(row_of(result, q) + j, LEFT(j)) : splat(0.0f);
    for (ptrdiff_t i = 0; i < s->source_count; i++) {
      const wide source = load(row_of(memory, s->source_start + i) + j, LEFT(j));
      sum = fma_wide(splat(row_of(weights, q)[i]), source, sum);
    }
    store(row_of(result, q) + j, sum, LEFT(j));
  }
}

static void ragged_combine_transposed(const struct job *job, struct part part) {
  const dragoman_matrix weights = job->m[0], queries = job->m[1], memory = job->m[2];
  FOR_SPANS(s) for (ptrdiff_t i = 0; i < s->source_count; i++) {
    float *source = row_of(memory, s->source_start + i);
    FOR_COLUMNS(j) {
      wide sum = load(source + j, LEFT(j));
      FOR_QUERIES(q, s) {
        sum = fma_wide(
            splat(row_of(weights, q)[i]), load(row_of(queries, q) + j, LEFT(j)), sum);
      }
      store(source + j, sum, LEFT(j));
    }
  }
}

static void ragged_softmax(const struct job *job, struct part part) {
  const dragoman_matrix scores = job->m[0];
  FOR_SPANS(s) FOR_QUERIES(q, s) {
    float *x = row_of(scores, q);
    const ptrdiff_t count = at_most(s->source_count, job->limit);
    const float top = maximum(x, count);
    wide sums = splat(0.0f);
    for (ptrdiff_t j = 0; j < count; j += 16) {
      const wide e = shifted_exp(x + j, count - j, top);
      store(x + j, e, count - j);
      sums += e;
    }
    const wide factor = splat(1.0f / sum_of(sums));
    for (ptrdiff_t j = 0; j < count; j += 16) {
      store(x + j, load(x + j, count - j) * factor, count - j);
    }
    clear_from(x, count, scores.columns);
  }
}

static void ragged_softmax_backward(const struct job *job, struct part part) {
  const dragoman_matrix gradient = job->m[0], weights = job->m[1];
  // α_i = exp(e_i) / Σ_j exp(e_j): ∂e_i = α_i (∂α_i − Σ_j α_j ∂α_j).
  FOR_SPANS(s) FOR_QUERIES(q, s) {
    float *g = row_of(gradient, q);
    const float *w = row_of(weights, q);
    const ptrdiff_t count = at_most(s->source_count, job->limit);
    wide sums = splat(0.0f);
    for (ptrdiff_t j = 0; j < count; j += 16) {
      sums = fma_wide(load(w + j, count - j), load(g + j, count - j), sums);
    }
    const wide mean = splat(sum_of(sums));
    for (ptrdiff_t j = 0; j < count; j += 16) {
      store(g + j, load(w + j, count - j) * (load(g + j, count - j) - mean), count - j);
    }
    clear_from(g, count, gradient.columns);
  }
}

static void additive_scores(const struct job *job, struct part part) {
  const dragoman_matrix queries = job->m[0], keys = job->m[1], scores = job->m[2];
  FOR_SPANS(s) FOR_QUERIES(q, s) {
    const float *query = row_of(queries, q);
    float *score = row_of(scores, q);
    for (ptrdiff_t i = 0; i < s->source_count; i++) {
      const float *key = row_of(keys, s->source_start + i);
      wide sum = splat(0.0f);
      for (ptrdiff_t j = 0; j < queries.columns; j += 16) {
        const ptrdiff_t left = queries.columns - j;
        const wide tau = tanh_wide(load(query + j, left) + load(key + j, left));
        sum = fma_wide(load(job->vector + j, left), tau, sum);
      }
      score[i] = sum_of(sum);
    }
    clear_from(score, s->source_count, scores.columns);
  }
}

static void additive_backward(const struct job *job, struct part part) {
  const dragoman_matrix gradient = job->m[0], queries = job->m[1], keys = job->m[2],
                        query_gradient = job->m[3], key_gradient = job->m[4],
                        partials = job->m[5];
  FOR_SPANS(s) FOR_COLUMNS(j) {
    const wide vector = load(job->vector + j, LEFT(j));
    float *partial = row_of(partials, span_index) + j;
    wide vector_sum = load(partial, LEFT(j));
    FOR_QUERIES(q, s) {
      const wide query = load(row_of(queries, q) + j, LEFT(j));
      wide query_sum = splat(0.0f);
      for (ptrdiff_t i = 0; i < s->source_count; i++) {
        const ptrdiff_t source = s->source_start + i;
        const wide de = splat(row_of(gradient, q)[i]);
        // ζ = q + k; τ = tanh(ζ); e = v · τ: ∂ζ = ∂e v (1 − τ²), which goes to q and to k, and ∂v += ∂e τ.
        const wide tau = tanh_wide(query + load(row_of(keys, source) + j, LEFT(j)));
        const wide dzeta = through_tanh(de * vector, tau);
        float *key = row_of(key_gradient, source) + j;
        store(key, load(key, LEFT(j)) + dzeta, LEFT(j));
        query_sum += dzeta;
        vector_sum = fma_wide(de, tau, vector_sum);
      }
      store(row_of(query_gradient, q) + j, query_sum, LEFT(j));
    }
    store(partial, vector_sum, LEFT(j));
  }
}
