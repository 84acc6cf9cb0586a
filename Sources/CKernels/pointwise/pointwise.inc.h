// Functions of single elements, in place.

#define IN_PLACE(name, function)                             \
  static void name(const struct job *job, struct part part) { \
    const dragoman_matrix m = job->m[0];                     \
    FOR_ROWS(i) {                                            \
      float *row = row_of(m, i);                             \
      FOR_COLUMNS(j) {                                       \
        store(row + j, function(load(row + j, LEFT(j))), LEFT(j)); \
      }                                                      \
    }                                                        \
  }

IN_PLACE(tanh_forward, tanh_wide)
IN_PLACE(sigmoid_forward, sigmoid_wide)
IN_PLACE(exp_forward, exp_wide)
IN_PLACE(log_forward, log_wide)

/// δ(1 − y²): the derivative of y = tanh x, in terms of y.
INLINE wide through_tanh(wide gradient, wide y) {
  return gradient * fma_wide(-y, y, splat(1.0f));
}

/// δ y (1 − y): the derivative of y = σ(x), in terms of y.
INLINE wide through_sigmoid(wide gradient, wide y) { return gradient * y * (splat(1.0f) - y); }

static void tanh_backward(const struct job *job, struct part part) {
  const dragoman_matrix gradient = job->m[0], y = job->m[1];
  FOR_ROWS(i) FOR_COLUMNS(j) {
    float *g = row_of(gradient, i) + j;
    store(g, through_tanh(load(g, LEFT(j)), load(row_of(y, i) + j, LEFT(j))), LEFT(j));
  }
}

static void sigmoid_backward(const struct job *job, struct part part) {
  const dragoman_matrix gradient = job->m[0], y = job->m[1];
  FOR_ROWS(i) FOR_COLUMNS(j) {
    float *g = row_of(gradient, i) + j;
    store(g, through_sigmoid(load(g, LEFT(j)), load(row_of(y, i) + j, LEFT(j))), LEFT(j));
  }
}

static void scale(const struct job *job, struct part part) {
  const dragoman_matrix m = job->m[0];
  FOR_ROWS(i) FOR_COLUMNS(j) {
    float *p = row_of(m, i) + j;
    store(p, load(p, LEFT(j)) * splat(job->f[0]), LEFT(j));
  }
}
