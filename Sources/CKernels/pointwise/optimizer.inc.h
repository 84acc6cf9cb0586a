// Updates of whole slabs, and their norm.

/// sums[i] = Σ of the squares of the elements of part i; one row, `limit` columns per part.
static void sum_of_squares(const struct job *job, struct part part) {
  const dragoman_matrix m = job->m[0];
  FOR_ROWS(chunk) {
    wide_double sums = (wide_double)0.0;
    const ptrdiff_t end = at_most((chunk + 1) * job->limit, m.columns);
    for (ptrdiff_t j = chunk * job->limit; j < end; j += 16) {
      const wide_double x = __builtin_convertvector(load(m.at + j, end - j), wide_double);
      sums = __builtin_elementwise_fma(x, x, sums);
    }
    double total = 0.0;
    for (int lane = 0; lane < 16; lane++) total += sums[lane];
    job->sums[chunk] = total;
  }
}

static void adam(const struct job *job, struct part part) {
  const dragoman_matrix weights = job->m[0], gradients = job->m[1], first = job->m[2],
                        second = job->m[3];
  const wide scale = splat(job->f[0]), rate = splat(job->f[1]), rest1 = splat(job->f[2]),
             rest2 = splat(job->f[3]), epsilon = splat(job->f[4]), root = splat(job->f[5]);
  FOR_ROWS(i) FOR_COLUMNS(j) {
    float *w = row_of(weights, i) + j, *mp = row_of(first, i) + j, *vp = row_of(second, i) + j;
    const wide g = load(row_of(gradients, i) + j, LEFT(j)) * scale;
    wide m = load(mp, LEFT(j)), v = load(vp, LEFT(j));
    m = fma_wide(rest1, g - m, m);
    v = fma_wide(rest2, fma_wide(g, g, -v), v);
    const wide denominator = fma_wide(__builtin_elementwise_sqrt(v), root, epsilon);
    store(mp, m, LEFT(j));
    store(vp, v, LEFT(j));
    store(w, load(w, LEFT(j)) - rate * m / denominator, LEFT(j));
  }
}

static void approach(const struct job *job, struct part part) {
  const dragoman_matrix m = job->m[0], target = job->m[1];
  const wide share = splat(job->f[0]);
  FOR_ROWS(i) FOR_COLUMNS(j) {
    float *x = row_of(m, i) + j;
    const wide old = load(x, LEFT(j));
    store(x, fma_wide(share, load(row_of(target, i) + j, LEFT(j)) - old, old), LEFT(j));
  }
}

static void momentum(const struct job *job, struct part part) {
  const dragoman_matrix weights = job->m[0], gradients = job->m[1], velocity = job->m[2];
  const wide scale = splat(job->f[0]), rate = splat(job->f[1]), keep = splat(job->f[2]);
  FOR_ROWS(i) FOR_COLUMNS(j) {
    float *w = row_of(weights, i) + j, *vp = row_of(velocity, i) + j;
    const wide g = load(row_of(gradients, i) + j, LEFT(j));
    const wide v = fma_wide(keep, load(vp, LEFT(j)), g * scale);
    store(vp, v, LEFT(j));
    store(w, fma_wide(-rate, v, load(w, LEFT(j))), LEFT(j));
  }
}
