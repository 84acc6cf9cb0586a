// Depthwise convolution: each channel with a window of its own; equations in Kernels+Depthwise.swift.
//
// Weights are [window, C], so that channels are side by side. Every element is one chain of fused multiply-adds over the
// lines and columns of the window, in increasing order, of those that fall on the image.

/// One pixel of the result: start + Σ weights of the window ⊙ the pixels it meets.
INLINE void depthwise_pixel(
    dragoman_matrix from, dragoman_matrix weights, const float *start, ptrdiff_t line, ptrdiff_t width,
    ptrdiff_t window, struct taps ys, struct taps xs, float *to) {
  for (ptrdiff_t j = 0; j < from.columns; j += 16) {
    const ptrdiff_t left = from.columns - j;
    wide sum = start ? load(start + j, left) : splat(0.0f);
    FOR_TAPS(y, ys) FOR_TAPS(x, xs) {
      const float *pixel = row_of(from, line + y->place * width + x->place) + j;
      const float *weight = row_of(weights, y->number * window + x->number) + j;
      sum = fma_wide(load(weight, left), load(pixel, left), sum);
    }
    store(to + j, sum, left);
  }
}

/// Rows of the part are lines of the result.
static void depthwise(const struct job *job, struct part part) {
  const dragoman_matrix x = job->m[0], weights = job->m[1], y = job->m[2];
  const dragoman_window *w = job->window;
  FOR_ROWS(i) {
    const ptrdiff_t image = i / w->rows, line = i % w->rows;
    const struct taps ys = taps_seen(line, w->height, w->stride, w->top, w->source_height);
    for (ptrdiff_t p = 0; p < w->columns; p++) {
      const struct taps xs = taps_seen(p, w->width, w->stride, w->left, w->source_width);
      depthwise_pixel(
          x, weights, job->vector, image * w->source_height * w->source_width, w->source_width,
          w->width, ys, xs, row_of(y, i * w->columns + p));
    }
  }
}

/// The same the other way: rows of the part are lines of the image.
static void depthwise_backward(const struct job *job, struct part part) {
  const dragoman_matrix gradient = job->m[0], weights = job->m[1], x = job->m[2];
  const dragoman_window *w = job->window;
  FOR_ROWS(i) {
    const ptrdiff_t image = i / w->source_height, line = i % w->source_height;
    const struct taps ys = taps_seeing(line, w->height, w->stride, w->top, w->rows);
    for (ptrdiff_t p = 0; p < w->source_width; p++) {
      const struct taps xs = taps_seeing(p, w->width, w->stride, w->left, w->columns);
      depthwise_pixel(
          gradient, weights, NULL, image * w->rows * w->columns, w->columns, w->width, ys, xs,
          row_of(x, i * w->source_width + p));
    }
  }
}

/// `count` · 16 channels of one element of the window: a chain over all positions from which it falls on an image.
INLINE void depthwise_weight(
    const struct job *job, ptrdiff_t number, ptrdiff_t j, const int count, ptrdiff_t left) {
  const dragoman_matrix gradient = job->m[0], x = job->m[1];
  const dragoman_window *w = job->window;
  const ptrdiff_t down = number / w->width, right = number % w->width;
  const ptrdiff_t images = gradient.rows / (w->rows * w->columns);
  float *to = row_of(job->m[2], number) + j;
  wide sum[4];
  for (int c = 0; c < count; c++) sum[c] = load(to + 16 * c, left - 16 * c);
  for (ptrdiff_t i = 0; i < images * w->rows; i++) {
    const ptrdiff_t y = i % w->rows * w->stride - w->top + down;
    if (y < 0 || y >= w->source_height) continue;
    const ptrdiff_t line = (i / w->rows * w->source_height + y) * w->source_width;
    for (ptrdiff_t p = 0; p < w->columns; p++) {
      const ptrdiff_t place = p * w->stride - w->left + right;
      if (place < 0 || place >= w->source_width) continue;
      const float *delta = row_of(gradient, i * w->columns + p) + j;
      const float *pixel = row_of(x, line + place) + j;
      for (int c = 0; c < count; c++) {
        sum[c] = fma_wide(
            load(delta + 16 * c, left - 16 * c), load(pixel + 16 * c, left - 16 * c), sum[c]);
      }
    }
  }
  for (int c = 0; c < count; c++) store(to + 16 * c, sum[c], left - 16 * c);
}

/// Rows of the part are elements of the window.
static void depthwise_weights(const struct job *job, struct part part) {
  FOR_ROWS(number) {
    ptrdiff_t j = part.column;
    // Four chains at once hide how long a multiply-add takes.
    for (; j + 64 <= part.column_end; j += 64) depthwise_weight(job, number, j, 4, 64);
    for (; j < part.column_end; j += 16) depthwise_weight(job, number, j, 1, LEFT(j));
  }
}
