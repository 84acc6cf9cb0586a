// Functions of single elements, and sums over rows; compiled once per instruction set.

#define FOR_ROWS for (ptrdiff_t i = 0; i < rows; i++)
#define FOR_COLUMNS(columns) \
  for (ptrdiff_t j = 0, n; n = (columns)-j < LANES ? (columns)-j : LANES, j < (columns); j += LANES)

static void tanh_rows(ptrdiff_t rows, ptrdiff_t columns, float *x, ptrdiff_t ldx) {
  FOR_ROWS FOR_COLUMNS(columns) store_some(x + i * ldx + j, tanh_(load_some(x + i * ldx + j, n)), n);
}

static void tanh_backward(ptrdiff_t rows, ptrdiff_t columns, float *g, ptrdiff_t ldg, const float *y, ptrdiff_t ldy) {
  FOR_ROWS FOR_COLUMNS(columns) {
    vf t = load_some(y + i * ldy + j, n);
    store_some(g + i * ldg + j, load_some(g + i * ldg + j, n) * (1.0f - t * t), n);
  }
}

static void function(int which, ptrdiff_t count, const float *x, float *y) {
  FOR_COLUMNS(count) {
    vf v = load_some(x + j, n);
    store_some(y + j, which == 0 ? exp_(v) : which == 1 ? tanh_(v) : sigmoid_(v), n);
  }
}

static void add(ptrdiff_t rows, ptrdiff_t columns, const float *x, ptrdiff_t ldx, float *y, ptrdiff_t ldy) {
  FOR_ROWS FOR_COLUMNS(columns)
  store_some(y + i * ldy + j, load_some(y + i * ldy + j, n) + load_some(x + i * ldx + j, n), n);
}

static void scale(ptrdiff_t count, float factor, float *x) {
  FOR_COLUMNS(count) store_some(x + j, load_some(x + j, n) * factor, n);
}

static void column_sums(ptrdiff_t rows, ptrdiff_t columns, const float *a, ptrdiff_t lda, float *row) {
  FOR_COLUMNS(columns) {
    vf s = load_some(row + j, n);
    FOR_ROWS s += load_some(a + i * lda + j, n);
    store_some(row + j, s, n);
  }
}

// Sixteen counters of Philox4x32-10 at once. A 32-bit product's two halves come from 64-bit lanes.
typedef uint64_t vu64 __attribute__((ext_vector_type(16)));

INLINE void philox(vu c[4], uint32_t k0, uint32_t k1) {
  for (int round = 0; round < 10; round++) {
    vu64 a = __builtin_convertvector(c[0], vu64) * (uint64_t)0xD2511F53u;
    vu64 b = __builtin_convertvector(c[2], vu64) * (uint64_t)0xCD9E8D57u;
    vu high_a = __builtin_convertvector(a >> 32, vu), low_a = __builtin_convertvector(a, vu);
    vu high_b = __builtin_convertvector(b >> 32, vu), low_b = __builtin_convertvector(b, vu);
    vu c1 = c[1], c3 = c[3];
    c[0] = high_b ^ c1 ^ k0;
    c[1] = low_b;
    c[2] = high_a ^ c3 ^ k1;
    c[3] = low_a;
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
}

static void dropout(ptrdiff_t rows, ptrdiff_t columns, float *x, ptrdiff_t ldx, uint64_t first_element,
                    uint32_t threshold, float factor, dragoman_dropout_key key) {
  const vu lanes = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  uint32_t words[4 * LANES];
  uint64_t drawn = UINT64_MAX;  // the block of 64 elements that `words` holds
  FOR_ROWS for (ptrdiff_t j = 0; j < columns; j++) {
    uint64_t element = first_element + (uint64_t)i * (uint64_t)columns + (uint64_t)j;
    if (element / 64 != drawn) {
      drawn = element / 64;
      uint64_t counter = drawn * LANES;
      vu c[4] = {(uint32_t)counter + lanes, (vu)(uint32_t)(counter >> 32), (vu)key.place,
                 (vu)(uint32_t)(key.update >> 32)};
      philox(c, (uint32_t)key.seed ^ (uint32_t)key.update, (uint32_t)(key.seed >> 32));
      for (int w = 0; w < 4; w++)
        for (int l = 0; l < LANES; l++) words[l * 4 + w] = c[w][l];
    }
    float *p = x + i * ldx + j;
    *p = words[element % 64] >= threshold ? *p * factor : 0.0f;
  }
}

// Sums of squares of blocks of 4096 floats with 16 lanes, then the blocks in order, in double precision.
static double sum_of_squares(ptrdiff_t count, const float *x) {
  double total = 0;
  for (ptrdiff_t start = 0; start < count; start += 4096) {
    ptrdiff_t end = start + 4096 < count ? start + 4096 : count;
    double lanes[LANES] = {0};
    for (ptrdiff_t i = start; i < end; i++) lanes[(i - start) % LANES] += (double)x[i] * (double)x[i];
    for (int half = 8; half >= 1; half /= 2)
      for (int i = 0; i < half; i++) lanes[i] += lanes[i + half];
    total += lanes[0];
  }
  return total;
}

INLINE vf sqrt_(vf x) { return __builtin_elementwise_sqrt(x); }

// m = β₁ m + (1 − β₁) g, v = β₂ v + (1 − β₂) g², w −= rate · m / (√v · root + ε), where `rate` holds
// η / (1 − β₁ᵗ) and `root` 1 / √(1 − β₂ᵗ).
static void adam(ptrdiff_t count, float *w, const float *g, float *m, float *v, float scale, float rate, float beta1,
                 float beta2, float root, float epsilon) {
  const float rest1 = 1.0f - beta1, rest2 = 1.0f - beta2;
  FOR_COLUMNS(count) {
    vf d = load_some(g + j, n) * scale;
    vf first = fma_(load_some(m + j, n), beta1, d * rest1);
    vf second = fma_(load_some(v + j, n), beta2, d * d * rest2);
    store_some(m + j, first, n);
    store_some(v + j, second, n);
    vf step = first / fma_(sqrt_(second), root, epsilon);
    store_some(w + j, fma_(step, -rate, load_some(w + j, n)), n);
  }
}

static void momentum(ptrdiff_t count, float *w, const float *g, float *u, float scale, float rate, float mu) {
  FOR_COLUMNS(count) {
    vf speed = fma_(load_some(u + j, n), mu, load_some(g + j, n) * scale);
    store_some(u + j, speed, n);
    store_some(w + j, fma_(speed, -rate, load_some(w + j, n)), n);
  }
}
