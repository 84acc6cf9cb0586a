// What the machine can do at most, for benchmarks.

/// Independent chains: more than latency × units, and no more than there are registers.
enum { PEAK_CHAINS = LANES == 8 ? 12 : 24 };

/// Rows are threads: each runs `limit` rounds of one fused multiply-add per chain, and writes row[i], which depends on
/// all of them.
static void peak(const struct job *job, struct part part) {
  FOR_ROWS(i) {
    vec s[PEAK_CHAINS];
    const vec a = (vec)0.999f, b = (vec)0.001f;
#pragma clang loop unroll(full)
    for (int c = 0; c < PEAK_CHAINS; c++) s[c] = (vec)(float)c;
    for (ptrdiff_t r = 0; r < job->limit; r++) {
#pragma clang loop unroll(full)
      for (int c = 0; c < PEAK_CHAINS; c++) s[c] = __builtin_elementwise_fma(s[c], a, b);
    }
    float total = 0;
    for (int c = 0; c < PEAK_CHAINS; c++) total += s[c][0];
    job->row[i] = total;
  }
}

/// Rows are blocks of memory: each is read once, and row[i] is its sum.
static void read_all(const struct job *job, struct part part) {
  const dragoman_matrix m = job->m[0];
  FOR_ROWS(i) {
    const float *row = row_of(m, i);
    wide s[4] = {splat(0), splat(0), splat(0), splat(0)};
    for (ptrdiff_t j = 0; j + 64 <= m.columns; j += 64) {
      for (int c = 0; c < 4; c++) s[c] += load(row + j + 16 * c, 16);
    }
    job->row[i] = sum_of(s[0] + s[1] + s[2] + s[3]);
  }
}
