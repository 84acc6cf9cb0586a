// Additive scores with coverage: rows of a part are spans. Equations in Kernels+Coverage.swift.
//
// The gradient of a position's coverage is a sum over all columns, so that a part has all of them.

static void covered_scores(const struct job *job, struct part part) {
  const dragoman_matrix queries = job->m[0], keys = job->m[1], coverage = job->m[2],
                        weight = job->m[3], scores = job->m[4];
  FOR_SPANS(s) FOR_QUERIES(q, s) {
    const float *query = row_of(queries, q);
    float *score = row_of(scores, q);
    for (ptrdiff_t i = 0; i < s->source_count; i++) {
      const float *key = row_of(keys, s->source_start + i);
      const wide covered = splat(row_of(coverage, q)[i]);
      wide sum = splat(0.0f);
      for (ptrdiff_t j = 0; j < queries.columns; j += 16) {
        const ptrdiff_t left = queries.columns - j;
        const wide known = load(query + j, left) + load(key + j, left);
        const wide tau = tanh_wide(fma_wide(covered, load(weight.at + j, left), known));
        sum = fma_wide(load(job->vector + j, left), tau, sum);
      }
      score[i] = sum_of(sum);
    }
    clear_from(score, s->source_count, scores.columns);
  }
}

static void covered_backward(const struct job *job, struct part part) {
  const dragoman_matrix gradient = job->m[0], queries = job->m[1], keys = job->m[2],
                        coverage = job->m[3], weight = job->m[4], query_gradient = job->m[5],
                        key_gradient = job->m[6], coverage_gradient = job->m[7],
                        partials = job->m[8];
  const ptrdiff_t columns = queries.columns;
  FOR_SPANS(s) {
    float *vector_sum = row_of(partials, span_index), *weight_sum = vector_sum + columns;
    FOR_QUERIES(q, s) {
      float *query_sum = row_of(query_gradient, q);
      clear_from(query_sum, 0, columns);
      for (ptrdiff_t i = 0; i < s->source_count; i++) {
        const float *query = row_of(queries, q), *key = row_of(keys, s->source_start + i);
        float *key_sum = row_of(key_gradient, s->source_start + i);
        const wide de = splat(row_of(gradient, q)[i]), covered = splat(row_of(coverage, q)[i]);
        wide sum = splat(0.0f);
        for (ptrdiff_t j = 0; j < columns; j += 16) {
          const ptrdiff_t left = columns - j;
          const wide w = load(weight.at + j, left);
          const wide known = load(query + j, left) + load(key + j, left);
          // ζ = q + k + C w; τ = tanh(ζ); e = v · τ: ∂ζ = ∂e v (1 − τ²), which goes to q, to k, times C to w and times w to C.
          const wide tau = tanh_wide(fma_wide(covered, w, known));
          const wide dzeta = through_tanh(de * load(job->vector + j, left), tau);
          store(query_sum + j, load(query_sum + j, left) + dzeta, left);
          store(key_sum + j, load(key_sum + j, left) + dzeta, left);
          store(vector_sum + j, fma_wide(de, tau, load(vector_sum + j, left)), left);
          store(weight_sum + j, fma_wide(covered, dzeta, load(weight_sum + j, left)), left);
          sum = fma_wide(w, dzeta, sum);
        }
        row_of(coverage_gradient, q)[i] += sum_of(sum);
      }
    }
  }
}
