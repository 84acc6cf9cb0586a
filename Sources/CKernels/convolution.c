// The operations on images other than products: each states its operands and how it may be cut.
#include "engine.h"

/// Multiply-adds of a window over all channels of `rows` pixels, with something for finding what it sees.
static double window_work(const dragoman_window *w, ptrdiff_t rows, ptrdiff_t columns) {
  return (double)rows * ((double)(w->height * w->width) * ((double)columns / 8 + 1) + 16);
}

/// A kernel whose parts are lines of an image, `width` pixels each.
static void by_lines(
    dragoman_engine *engine, dragoman_kernel *kernel, struct job job, const dragoman_window *w,
    dragoman_matrix shape, ptrdiff_t width) {
  if (shape.rows == 0) return;
  job.window = w;
  engine_run(
      engine, kernel, &job, shape.rows / width, shape.columns, SPLIT_ROWS,
      window_work(w, shape.rows, shape.columns));
}

void dragoman_depthwise(
    dragoman_engine *engine, dragoman_window w, dragoman_matrix x, dragoman_matrix weights,
    const float *bias, dragoman_matrix y) {
  by_lines(
      engine, engine->kernels->depthwise, (struct job){.m = {x, weights, y}, .vector = bias}, &w, y,
      w.columns);
}

void dragoman_depthwise_backward(
    dragoman_engine *engine, dragoman_window w, dragoman_matrix gradient, dragoman_matrix weights,
    dragoman_matrix x) {
  by_lines(
      engine, engine->kernels->depthwise_backward, (struct job){.m = {gradient, weights, x}}, &w, x,
      w.source_width);
}

void dragoman_depthwise_weights(
    dragoman_engine *engine, dragoman_window w, dragoman_matrix gradient, dragoman_matrix x,
    dragoman_matrix weights) {
  const struct job job = {.m = {gradient, x, weights}, .window = &w};
  engine_run(
      engine, engine->kernels->depthwise_weights, &job, weights.rows, weights.columns, SPLIT_EITHER,
      window_work(&w, gradient.rows, gradient.columns));
}

void dragoman_max_pool(
    dragoman_engine *engine, dragoman_window w, dragoman_matrix x, dragoman_matrix y,
    dragoman_matrix winners) {
  by_lines(
      engine, engine->kernels->max_pool, (struct job){.m = {x, y, winners}}, &w, y, w.columns);
}

void dragoman_max_pool_backward(
    dragoman_engine *engine, dragoman_window w, dragoman_matrix gradient, dragoman_matrix winners,
    dragoman_matrix x) {
  by_lines(
      engine, engine->kernels->max_pool_backward, (struct job){.m = {gradient, winners, x}}, &w, x,
      w.source_width);
}

static double elements(dragoman_matrix m) { return (double)m.rows * (double)m.columns; }

void dragoman_batch_statistics(
    dragoman_engine *engine, dragoman_matrix x, float epsilon, dragoman_matrix partials,
    dragoman_matrix statistics) {
  const struct job moments = {.m = {x, partials}};
  engine_run(
      engine, engine->kernels->batch_moments, &moments, partials.rows, x.columns, SPLIT_ROWS,
      2 * elements(x));
  const struct job job = {.m = {partials, statistics}, .f = {epsilon}, .limit = x.rows};
  engine_run(
      engine, engine->kernels->batch_statistics, &job, 1, x.columns, SPLIT_COLUMNS,
      4 * elements(partials));
}

void dragoman_batch_running(
    dragoman_engine *engine, dragoman_matrix mean, dragoman_matrix variance, float epsilon,
    dragoman_matrix statistics) {
  const struct job job = {.m = {mean, variance, statistics}, .f = {epsilon}};
  engine_run(
      engine, engine->kernels->batch_running, &job, 1, mean.columns, SPLIT_COLUMNS,
      4 * elements(mean));
}

void dragoman_batch_normalize(
    dragoman_engine *engine, dragoman_matrix x, dragoman_matrix statistics, dragoman_matrix gain,
    dragoman_matrix bias, dragoman_matrix y) {
  const struct job job = {.m = {x, statistics, gain, bias, y}};
  engine_run(
      engine, engine->kernels->batch_normalize, &job, x.rows, x.columns, SPLIT_ROWS, elements(x));
}

void dragoman_batch_totals(
    dragoman_engine *engine, dragoman_matrix gradient, dragoman_matrix x,
    dragoman_matrix statistics, dragoman_matrix partials, dragoman_matrix totals) {
  const struct job products = {.m = {gradient, x, statistics, partials}};
  engine_run(
      engine, engine->kernels->batch_products, &products, partials.rows, x.columns, SPLIT_ROWS,
      2 * elements(x));
  const struct job job = {.m = {partials, totals}, .limit = x.rows};
  engine_run(
      engine, engine->kernels->batch_totals, &job, 1, x.columns, SPLIT_COLUMNS,
      2 * elements(partials));
}

void dragoman_batch_backward(
    dragoman_engine *engine, dragoman_matrix gradient, dragoman_matrix x,
    dragoman_matrix statistics, dragoman_matrix gain, dragoman_matrix totals, bool moving) {
  const struct job job = {.m = {gradient, x, statistics, gain, totals}, .flag = moving};
  engine_run(
      engine, engine->kernels->batch_backward, &job, x.rows, x.columns, SPLIT_ROWS,
      1.5 * elements(x));
}

ptrdiff_t dragoman_batch_blocks(ptrdiff_t rows) { return (rows + BATCH_ROWS - 1) / BATCH_ROWS; }

void dragoman_scale_channels(
    dragoman_engine *engine, dragoman_matrix x, dragoman_matrix factors, ptrdiff_t pixels,
    dragoman_matrix y) {
  const struct job job = {.m = {x, factors, y}, .limit = pixels};
  engine_run(
      engine, engine->kernels->scale_channels, &job, x.rows, x.columns, SPLIT_ROWS, elements(x));
}

void dragoman_channel_products(
    dragoman_engine *engine, dragoman_matrix a, dragoman_matrix b, ptrdiff_t pixels,
    dragoman_matrix sums) {
  const struct job job = {.m = {a, b, sums}, .limit = pixels};
  engine_run(
      engine, engine->kernels->channel_products, &job, sums.rows, sums.columns, SPLIT_EITHER,
      elements(a));
}

void dragoman_transpose(dragoman_matrix from, dragoman_matrix to) {
  for (ptrdiff_t i = 0; i < from.rows; i++) {
    for (ptrdiff_t j = 0; j < from.columns; j++) {
      to.at[j * to.stride + i] = from.at[i * from.stride + j];
    }
  }
}
