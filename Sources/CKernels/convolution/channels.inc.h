// Channels of an image as a whole; `limit` is the pixels of an image. Equations in Kernels+Channels.swift.

/// y = x ⊙ the factors of its image.
static void scale_channels(const struct job *job, struct part part) {
  const dragoman_matrix x = job->m[0], factors = job->m[1], y = job->m[2];
  FOR_ROWS(i) {
    const float *factor = row_of(factors, i / job->limit);
    FOR_COLUMNS(j) {
      store(
          row_of(y, i) + j, load(row_of(x, i) + j, LEFT(j)) * load(factor + j, LEFT(j)), LEFT(j));
    }
  }
}

/// Rows of the part are images: Σ a ⊙ b over the pixels of each, one chain.
static void channel_products(const struct job *job, struct part part) {
  const dragoman_matrix a = job->m[0], b = job->m[1], to = job->m[2];
  FOR_ROWS(image) FOR_COLUMNS(j) {
    wide sum = splat(0.0f);
    for (ptrdiff_t i = image * job->limit; i < (image + 1) * job->limit; i++) {
      sum = fma_wide(load(row_of(a, i) + j, LEFT(j)), load(row_of(b, i) + j, LEFT(j)), sum);
    }
    store(row_of(to, image) + j, sum, LEFT(j));
  }
}
