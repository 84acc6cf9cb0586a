// Layer normalisation, gate by gate; equations in Kernels+Normalization.swift. A gate is `limit` columns.

/// Keeps a variance of 0 from dividing: that of PyTorch, small beside the variance of any product that says something.
#define NORMALIZATION_EPSILON 1e-5f

// A row that hardly varies, as one whose inputs were all dropped, has no direction: its gradient would be that of noise
// times 316, in each layer below it again.
#define NORMALIZATION_LEAST_VARIANCE 1e-12f

#define FOR_GATES(g, m) for (ptrdiff_t g = 0; g * job->limit < (m).columns; g++)
#define FOR_GATE(j) for (ptrdiff_t j = 0; j < job->limit; j += 16)
#define LEFT_OF_GATE(j) (job->limit - (j))

static void normalize(const struct job *job, struct part part) {
  const dragoman_matrix m = job->m[0], gain = job->m[1], bias = job->m[2], kept = job->m[3],
                        inverse = job->m[4];
  const float size = (float)job->limit;
  FOR_ROWS(i) FOR_GATES(g, m) {
    float *x = row_of(m, i) + g * job->limit;
    wide sum = splat(0.0f);
    FOR_GATE(j) sum += load(x + j, LEFT_OF_GATE(j));
    const wide mean = splat(sum_of(sum) / size);
    wide squares = splat(0.0f);
    FOR_GATE(j) {
      const wide d = lanes_or(load(x + j, LEFT_OF_GATE(j)) - mean, LEFT_OF_GATE(j), splat(0.0f));
      squares = fma_wide(d, d, squares);
    }
    const float variance = sum_of(squares) / size;
    const float scale = 1.0f / __builtin_sqrtf(variance + NORMALIZATION_EPSILON);
    FOR_GATE(j) {
      const ptrdiff_t place = g * job->limit + j, left = LEFT_OF_GATE(j);
      const wide xhat = (load(x + j, left) - mean) * splat(scale);
      if (kept.at) store(row_of(kept, i) + place, xhat, left);
      store(
          x + j, fma_wide(load(gain.at + place, left), xhat, load(bias.at + place, left)), left);
    }
    if (inverse.at) row_of(inverse, i)[g] = variance > NORMALIZATION_LEAST_VARIANCE ? scale : 0.0f;
  }
}

static void normalize_backward(const struct job *job, struct part part) {
  const dragoman_matrix m = job->m[0], gain = job->m[1], kept = job->m[2], inverse = job->m[3];
  const float size = (float)job->limit;
  FOR_ROWS(i) FOR_GATES(g, m) {
    float *gradient = row_of(m, i) + g * job->limit, *xhat = row_of(kept, i) + g * job->limit;
    const float *gains = gain.at + g * job->limit;
    // y = γ ⊙ x̂ + b: ∂x̂ = ∂y ⊙ γ, here with its mean and that of ∂x̂ ⊙ x̂.
    wide sum = splat(0.0f), product = splat(0.0f);
    FOR_GATE(j) {
      const ptrdiff_t left = LEFT_OF_GATE(j);
      const wide d = load(gradient + j, left) * load(gains + j, left);
      sum += d;
      product = fma_wide(d, load(xhat + j, left), product);
    }
    const wide mean = splat(sum_of(sum) / size), slope = splat(sum_of(product) / size);
    const wide scale = splat(row_of(inverse, i)[g]);
    // x̂ = (x − mean) / √(var + 10⁻⁵), and x moves mean and var: ∂x = (∂x̂ − mean(∂x̂) − x̂ mean(∂x̂ ⊙ x̂)) / √(var + 10⁻⁵).
    FOR_GATE(j) {
      const ptrdiff_t left = LEFT_OF_GATE(j);
      const wide delta = load(gradient + j, left), value = load(xhat + j, left);
      const wide d = delta * load(gains + j, left) - mean;
      store(gradient + j, fma_wide(-value, slope, d) * scale, left);
      store(xhat + j, delta * value, left);
    }
  }
}
