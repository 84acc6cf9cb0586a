// The gates of the recurrent cells; compiled once per instruction set. The equations are those of
// GRUCell.swift and LSTMCell.swift.

static void gru_forward(ptrdiff_t rows, ptrdiff_t hidden, float *a, ptrdiff_t lda, const float *c, ptrdiff_t ldc,
                        const float *h, ptrdiff_t ldh, float *next, ptrdiff_t ldn) {
  FOR_ROWS FOR_COLUMNS(hidden) {
    float *ai = a + i * lda + j;
    const float *ci = c + i * ldc + j;
    vf r = sigmoid_(load_some(ai, n) + load_some(ci, n));
    vf z = sigmoid_(load_some(ai + hidden, n) + load_some(ci + hidden, n));
    vf candidate = tanh_(fma_(r, load_some(ci + 2 * hidden, n), load_some(ai + 2 * hidden, n)));
    vf state = load_some(h + i * ldh + j, n);
    store_some(ai, r, n);
    store_some(ai + hidden, z, n);
    store_some(ai + 2 * hidden, candidate, n);
    store_some(next + i * ldn + j, fma_(z, state - candidate, candidate), n);
  }
}

static void gru_backward(ptrdiff_t rows, ptrdiff_t hidden, float *a, ptrdiff_t lda, float *c, ptrdiff_t ldc,
                         const float *h, ptrdiff_t ldh, const float *g, ptrdiff_t ldg, float *sg, ptrdiff_t ldsg) {
  FOR_ROWS FOR_COLUMNS(hidden) {
    float *ai = a + i * lda + j, *ci = c + i * ldc + j;
    vf r = load_some(ai, n), z = load_some(ai + hidden, n), candidate = load_some(ai + 2 * hidden, n);
    vf delta = load_some(g + i * ldg + j, n), state = load_some(h + i * ldh + j, n);
    vf a2 = delta * (1.0f - z) * (1.0f - candidate * candidate);
    vf a1 = delta * (state - candidate) * z * (1.0f - z);
    vf a0 = a2 * load_some(ci + 2 * hidden, n) * r * (1.0f - r);
    store_some(ai, a0, n);
    store_some(ai + hidden, a1, n);
    store_some(ai + 2 * hidden, a2, n);
    store_some(ci, a0, n);
    store_some(ci + hidden, a1, n);
    store_some(ci + 2 * hidden, a2 * r, n);
    store_some(sg + i * ldsg + j, delta * z, n);
  }
}

static void lstm_forward(ptrdiff_t rows, ptrdiff_t hidden, float *a, ptrdiff_t lda, const float *c, ptrdiff_t ldc,
                         const float *cell, ptrdiff_t ldcell, float *next_cell, ptrdiff_t ldnc, float *next,
                         ptrdiff_t ldn) {
  FOR_ROWS FOR_COLUMNS(hidden) {
    float *ai = a + i * lda + j;
    const float *ci = c + i * ldc + j;
    vf in = sigmoid_(load_some(ai, n) + load_some(ci, n));
    vf forget = sigmoid_(load_some(ai + hidden, n) + load_some(ci + hidden, n));
    vf candidate = tanh_(load_some(ai + 2 * hidden, n) + load_some(ci + 2 * hidden, n));
    vf out = sigmoid_(load_some(ai + 3 * hidden, n) + load_some(ci + 3 * hidden, n));
    vf memory = fma_(forget, load_some(cell + i * ldcell + j, n), in * candidate);
    store_some(ai, in, n);
    store_some(ai + hidden, forget, n);
    store_some(ai + 2 * hidden, candidate, n);
    store_some(ai + 3 * hidden, out, n);
    store_some(next_cell + i * ldnc + j, memory, n);
    store_some(next + i * ldn + j, out * tanh_(memory), n);
  }
}

static void lstm_backward(ptrdiff_t rows, ptrdiff_t hidden, float *a, ptrdiff_t lda, const float *cell,
                          ptrdiff_t ldcell, const float *next_cell, ptrdiff_t ldnc, const float *g, ptrdiff_t ldg,
                          float *cg, ptrdiff_t ldcg) {
  FOR_ROWS FOR_COLUMNS(hidden) {
    float *ai = a + i * lda + j;
    vf in = load_some(ai, n), forget = load_some(ai + hidden, n);
    vf candidate = load_some(ai + 2 * hidden, n), out = load_some(ai + 3 * hidden, n);
    vf t = tanh_(load_some(next_cell + i * ldnc + j, n));
    vf delta = load_some(g + i * ldg + j, n);
    vf gamma = fma_(delta * out, 1.0f - t * t, load_some(cg + i * ldcg + j, n));
    store_some(ai, gamma * candidate * in * (1.0f - in), n);
    store_some(ai + hidden, gamma * load_some(cell + i * ldcell + j, n) * forget * (1.0f - forget), n);
    store_some(ai + 2 * hidden, gamma * in * (1.0f - candidate * candidate), n);
    store_some(ai + 3 * hidden, delta * t * out * (1.0f - out), n);
    store_some(cg + i * ldcg + j, gamma * forget, n);
  }
}
