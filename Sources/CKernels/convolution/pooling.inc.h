// The greatest of each window, channel by channel; equations in Kernels+Pooling.swift.

/// Of equals the first one wins, and what is no number always does. `winners` holds its number in the window.
static void max_pool(const struct job *job, struct part part) {
  const dragoman_matrix x = job->m[0], y = job->m[1], winners = job->m[2];
  const dragoman_window *w = job->window;
  FOR_ROWS(i) {
    const ptrdiff_t top = i / w->rows * w->source_height;
    const struct taps ys = taps_seen(i % w->rows, w->height, w->stride, w->top, w->source_height);
    for (ptrdiff_t p = 0; p < w->columns; p++) {
      const struct taps xs = taps_seen(p, w->width, w->stride, w->left, w->source_width);
      const ptrdiff_t row = i * w->columns + p;
      for (ptrdiff_t j = 0; j < x.columns; j += 16) {
        const ptrdiff_t left = x.columns - j;
        wide best = splat(-__builtin_inff()), winner = splat(-1.0f);
        FOR_TAPS(a, ys) FOR_TAPS(b, xs) {
          const wide value =
              load(row_of(x, (top + a->place) * w->source_width + b->place) + j, left);
          const wide_int wins =
              (value > best) | (value != value) | (winner < splat(0.0f));
          best = choose(wins, value, best);
          winner = choose(wins, splat((float)(a->number * w->width + b->number)), winner);
        }
        store(row_of(y, row) + j, best, left);
        store(row_of(winners, row) + j, winner, left);
      }
    }
  }
}

/// A pixel collects from the windows that it won, by rising place in the window.
static void max_pool_backward(const struct job *job, struct part part) {
  const dragoman_matrix gradient = job->m[0], winners = job->m[1], x = job->m[2];
  const dragoman_window *w = job->window;
  FOR_ROWS(i) {
    const ptrdiff_t top = i / w->source_height * w->rows;
    const struct taps ys = taps_seeing(i % w->source_height, w->height, w->stride, w->top, w->rows);
    for (ptrdiff_t p = 0; p < w->source_width; p++) {
      const struct taps xs = taps_seeing(p, w->width, w->stride, w->left, w->columns);
      float *to = row_of(x, i * w->source_width + p);
      for (ptrdiff_t j = 0; j < x.columns; j += 16) {
        const ptrdiff_t left = x.columns - j;
        wide sum = splat(0.0f);
        FOR_TAPS(a, ys) FOR_TAPS(b, xs) {
          const ptrdiff_t row = (top + a->place) * w->columns + b->place;
          const wide number = splat((float)(a->number * w->width + b->number));
          const wide_int won = load(row_of(winners, row) + j, left) == number;
          sum += choose(won, load(row_of(gradient, row) + j, left), splat(0.0f));
        }
        store(to + j, sum, left);
      }
    }
  }
}
