// The gates of the recurrent cells, forward and backward; equations in Kernels+Cells.swift.

static void gru_forward(const struct job *job, struct part part) {
  const dragoman_matrix a = job->m[0], u = job->m[1], h = job->m[2], next = job->m[3];
  const ptrdiff_t size = h.columns;
  FOR_ROWS(i) FOR_COLUMNS(j) {
    float *ai = row_of(a, i) + j;
    const float *ui = row_of(u, i) + j;
    const wide r = sigmoid_wide(load(ai, LEFT(j)) + load(ui, LEFT(j)));
    const wide z = sigmoid_wide(load(ai + size, LEFT(j)) + load(ui + size, LEFT(j)));
    const wide n =
        tanh_wide(fma_wide(r, load(ui + 2 * size, LEFT(j)), load(ai + 2 * size, LEFT(j))));
    store(ai, r, LEFT(j));
    store(ai + size, z, LEFT(j));
    store(ai + 2 * size, n, LEFT(j));
    store(row_of(next, i) + j, fma_wide(z, load(row_of(h, i) + j, LEFT(j)) - n, n), LEFT(j));
  }
}

static void gru_backward(const struct job *job, struct part part) {
  const dragoman_matrix a = job->m[0], u = job->m[1], h = job->m[2], gradient = job->m[3],
                        state_gradient = job->m[4];
  const ptrdiff_t size = h.columns;
  FOR_ROWS(i) FOR_COLUMNS(j) {
    float *ai = row_of(a, i) + j, *ui = row_of(u, i) + j;
    const wide r = load(ai, LEFT(j)), z = load(ai + size, LEFT(j)),
               n = load(ai + 2 * size, LEFT(j)), product = load(ui + 2 * size, LEFT(j));
    const wide delta = load(row_of(gradient, i) + j, LEFT(j));
    const wide state = load(row_of(h, i) + j, LEFT(j));
    // h′ = (1 − z) n + z h; n = tanh(a₂ + r u₂); r, z = σ(a + u)₀,₁.
    const wide dn = through_tanh(delta * (splat(1.0f) - z), n);
    const wide dz = through_sigmoid(delta * (state - n), z);
    const wide dr = through_sigmoid(dn * product, r);
    store(ai, dr, LEFT(j));
    store(ai + size, dz, LEFT(j));
    store(ai + 2 * size, dn, LEFT(j));
    store(ui, dr, LEFT(j));
    store(ui + size, dz, LEFT(j));
    store(ui + 2 * size, dn * r, LEFT(j));
    store(row_of(state_gradient, i) + j, delta * z, LEFT(j));
  }
}

static void lstm_forward(const struct job *job, struct part part) {
  const dragoman_matrix a = job->m[0], u = job->m[1], cell = job->m[2], next_cell = job->m[3],
                        next = job->m[4];
  const ptrdiff_t size = cell.columns;
  FOR_ROWS(i) FOR_COLUMNS(j) {
    float *ai = row_of(a, i) + j;
    const float *ui = row_of(u, i) + j;
    const wide in = sigmoid_wide(load(ai, LEFT(j)) + load(ui, LEFT(j)));
    const wide forget = sigmoid_wide(load(ai + size, LEFT(j)) + load(ui + size, LEFT(j)));
    const wide g = tanh_wide(load(ai + 2 * size, LEFT(j)) + load(ui + 2 * size, LEFT(j)));
    const wide out = sigmoid_wide(load(ai + 3 * size, LEFT(j)) + load(ui + 3 * size, LEFT(j)));
    const wide kept = fma_wide(forget, load(row_of(cell, i) + j, LEFT(j)), in * g);
    store(ai, in, LEFT(j));
    store(ai + size, forget, LEFT(j));
    store(ai + 2 * size, g, LEFT(j));
    store(ai + 3 * size, out, LEFT(j));
    store(row_of(next_cell, i) + j, kept, LEFT(j));
    store(row_of(next, i) + j, out * tanh_wide(kept), LEFT(j));
  }
}

static void lstm_backward(const struct job *job, struct part part) {
  const dragoman_matrix a = job->m[0], cell = job->m[1], next_cell = job->m[2],
                        gradient = job->m[3], cell_gradient = job->m[4];
  const ptrdiff_t size = cell.columns;
  FOR_ROWS(i) FOR_COLUMNS(j) {
    float *ai = row_of(a, i) + j, *gi = row_of(cell_gradient, i) + j;
    const wide in = load(ai, LEFT(j)), forget = load(ai + size, LEFT(j)),
               g = load(ai + 2 * size, LEFT(j)), out = load(ai + 3 * size, LEFT(j));
    const wide delta = load(row_of(gradient, i) + j, LEFT(j));
    // h′ = o tanh(m′): κ = ∂m′ + δ o (1 − tanh²(m′)).
    const wide y = tanh_wide(load(row_of(next_cell, i) + j, LEFT(j)));
    const wide kappa = load(gi, LEFT(j)) + through_tanh(delta * out, y);
    // m′ = f m + i g; i, f, o = σ(a + u)₀,₁,₃; g = tanh(a + u)₂.
    store(ai, through_sigmoid(kappa * g, in), LEFT(j));
    store(
        ai + size, through_sigmoid(kappa * load(row_of(cell, i) + j, LEFT(j)), forget), LEFT(j));
    store(ai + 2 * size, through_tanh(kappa * in, g), LEFT(j));
    store(ai + 3 * size, through_sigmoid(delta * y, out), LEFT(j));
    store(gi, kappa * forget, LEFT(j));
  }
}

static void ssru_forward(const struct job *job, struct part part) {
  const dragoman_matrix a = job->m[0], cell = job->m[1], next_cell = job->m[2], next = job->m[3];
  const ptrdiff_t size = cell.columns;
  FOR_ROWS(i) FOR_COLUMNS(j) {
    float *ai = row_of(a, i) + j;
    const wide x = load(ai, LEFT(j)), forget = sigmoid_wide(load(ai + size, LEFT(j)));
    const wide kept = fma_wide(forget, load(row_of(cell, i) + j, LEFT(j)) - x, x);
    store(ai + size, forget, LEFT(j));
    store(row_of(next_cell, i) + j, kept, LEFT(j));
    store(row_of(next, i) + j, relu_wide(kept), LEFT(j));
  }
}

static void ssru_backward(const struct job *job, struct part part) {
  const dragoman_matrix a = job->m[0], cell = job->m[1], next_cell = job->m[2],
                        gradient = job->m[3], cell_gradient = job->m[4];
  const ptrdiff_t size = cell.columns;
  FOR_ROWS(i) FOR_COLUMNS(j) {
    float *ai = row_of(a, i) + j, *gi = row_of(cell_gradient, i) + j;
    const wide x = load(ai, LEFT(j)), forget = load(ai + size, LEFT(j));
    const wide delta = load(row_of(gradient, i) + j, LEFT(j));
    const wide kept =
        load(gi, LEFT(j)) + relu_through(delta, load(row_of(next_cell, i) + j, LEFT(j)));
    const wide difference = load(row_of(cell, i) + j, LEFT(j)) - x;
    store(ai, kept * (splat(1.0f) - forget), LEFT(j));
    store(ai + size, through_sigmoid(kept * difference, forget), LEFT(j));
    store(gi, kept * forget, LEFT(j));
  }
}
