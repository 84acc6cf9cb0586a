// The operations other than products: each states its operands and how it may be cut.
#include <string.h>

#include "engine.h"

/// Reads matrices without gaps as one row each, so that short rows cost nothing.
static void flatten(struct job *job, int count) {
  for (int i = 0; i < count; i++) {
    const dragoman_matrix m = job->m[i];
    if (m.rows > 1 && m.stride != m.columns) return;
  }
  for (int i = 0; i < count; i++) {
    dragoman_matrix *m = &job->m[i];
    m->columns *= m->rows;
    m->stride = m->columns;
    m->rows = 1;
  }
}

/// An operation on elements at equal places of `count` matrices; `cost` operations per element.
static void elementwise(
    dragoman_engine *engine, dragoman_kernel *kernel, struct job job, int count, double cost) {
  if (job.m[0].rows == 0 || job.m[0].columns == 0) return;
  flatten(&job, count);
  const dragoman_matrix m = job.m[0];
  engine_run(
      engine, kernel, &job, m.rows, m.columns, SPLIT_EITHER,
      cost * (double)m.rows * (double)m.columns);
}

/// An operation on matrices whose rows are computed one by one.
static void by_rows(
    dragoman_engine *engine, dragoman_kernel *kernel, const struct job *job, dragoman_matrix shape,
    enum split split, double cost) {
  engine_run(
      engine, kernel, job, shape.rows, shape.columns, split,
      cost * (double)shape.rows * (double)shape.columns);
}

void dragoman_gather(
    dragoman_engine *engine, dragoman_matrix from, const int32_t *rows, dragoman_matrix to) {
  const struct job job = {.m = {from, to}, .rows = rows};
  by_rows(engine, engine->kernels->gather, &job, to, SPLIT_ROWS, 1);
}

void dragoman_scatter(
    dragoman_engine *engine, dragoman_matrix from, const int32_t *rows, dragoman_matrix to) {
  const struct job job = {.m = {from, to}, .rows = rows};
  by_rows(engine, engine->kernels->scatter, &job, from, SPLIT_ROWS, 1);
}

void dragoman_scatter_add(
    dragoman_engine *engine, dragoman_matrix from, const int32_t *rows, dragoman_matrix to) {
  const struct job job = {.m = {from, to}, .rows = rows};
  by_rows(engine, engine->kernels->scatter_add, &job, from, SPLIT_COLUMNS, 1);
}

void dragoman_copy(dragoman_engine *engine, dragoman_matrix from, dragoman_matrix to) {
  elementwise(engine, engine->kernels->copy, (struct job){.m = {from, to}}, 2, 1);
}

void dragoman_add(dragoman_engine *engine, dragoman_matrix from, dragoman_matrix to) {
  elementwise(engine, engine->kernels->add, (struct job){.m = {from, to}}, 2, 1);
}

void dragoman_fill(dragoman_engine *engine, dragoman_matrix m, float value) {
  elementwise(engine, engine->kernels->fill, (struct job){.m = {m}, .f = {value}}, 1, 0.5);
}

void dragoman_add_column_sums(dragoman_engine *engine, dragoman_matrix a, float *row) {
  const struct job job = {.m = {a}, .row = row};
  by_rows(engine, engine->kernels->column_sums, &job, a, SPLIT_COLUMNS, 0.5);
}

void dragoman_tanh(dragoman_engine *engine, dragoman_matrix m) {
  elementwise(engine, engine->kernels->tanh, (struct job){.m = {m}}, 1, 8);
}

void dragoman_tanh_backward(dragoman_engine *engine, dragoman_matrix gradient, dragoman_matrix y) {
  elementwise(engine, engine->kernels->tanh_backward, (struct job){.m = {gradient, y}}, 2, 1);
}

void dragoman_exp(dragoman_engine *engine, dragoman_matrix m) {
  elementwise(engine, engine->kernels->exp, (struct job){.m = {m}}, 1, 6);
}

void dragoman_log(dragoman_engine *engine, dragoman_matrix m) {
  elementwise(engine, engine->kernels->log, (struct job){.m = {m}}, 1, 6);
}

void dragoman_sigmoid(dragoman_engine *engine, dragoman_matrix m) {
  elementwise(engine, engine->kernels->sigmoid, (struct job){.m = {m}}, 1, 8);
}

void dragoman_sigmoid_backward(
    dragoman_engine *engine, dragoman_matrix gradient, dragoman_matrix y) {
  elementwise(engine, engine->kernels->sigmoid_backward, (struct job){.m = {gradient, y}}, 2, 1);
}

void dragoman_activate(
    dragoman_engine *engine, int activation, dragoman_matrix x, dragoman_matrix y) {
  static const double costs[] = {1, 20, 8};
  elementwise(
      engine, engine->kernels->activation[activation], (struct job){.m = {x, y}}, 2,
      costs[activation]);
}

void dragoman_activate_backward(
    dragoman_engine *engine, int activation, dragoman_matrix gradient, dragoman_matrix x) {
  static const double costs[] = {1, 22, 9};
  elementwise(
      engine, engine->kernels->activation_backward[activation], (struct job){.m = {gradient, x}},
      2, costs[activation]);
}

void dragoman_dropout(
    dragoman_engine *engine, dragoman_matrix m, uint32_t threshold, float scale, uint64_t seed,
    uint64_t update, uint32_t place, ptrdiff_t first_row, const int32_t *rows) {
  const struct job job = {
      .m = {m},
      .f = {scale},
      .rows = rows,
      .limit = first_row,
      .seed = seed,
      .update = update,
      .place = place,
      .threshold = threshold};
  by_rows(engine, engine->kernels->dropout, &job, m, SPLIT_ROWS, 12);
}

void dragoman_dropout_rows(
    dragoman_engine *engine, dragoman_matrix m, uint32_t threshold, float scale, uint64_t seed,
    uint64_t update, uint32_t place) {
  const struct job job = {
      .m = {m},
      .f = {scale},
      .seed = seed,
      .update = update,
      .place = place,
      .threshold = threshold};
  by_rows(engine, engine->kernels->dropout_rows, &job, m, SPLIT_ROWS, 1);
}

void dragoman_gru_forward(
    dragoman_engine *engine, dragoman_matrix a, dragoman_matrix u, dragoman_matrix h,
    dragoman_matrix next) {
  const struct job job = {.m = {a, u, h, next}};
  by_rows(engine, engine->kernels->gru_forward, &job, h, SPLIT_EITHER, 26);
}

void dragoman_gru_backward(
    dragoman_engine *engine, dragoman_matrix a, dragoman_matrix u, dragoman_matrix h,
    dragoman_matrix gradient, dragoman_matrix state_gradient) {
  const struct job job = {.m = {a, u, h, gradient, state_gradient}};
  by_rows(engine, engine->kernels->gru_backward, &job, h, SPLIT_EITHER, 8);
}

void dragoman_lstm_forward(
    dragoman_engine *engine, dragoman_matrix a, dragoman_matrix u, dragoman_matrix cell,
    dragoman_matrix next_cell, dragoman_matrix next) {
  const struct job job = {.m = {a, u, cell, next_cell, next}};
  by_rows(engine, engine->kernels->lstm_forward, &job, cell, SPLIT_EITHER, 42);
}

void dragoman_lstm_backward(
    dragoman_engine *engine, dragoman_matrix a, dragoman_matrix cell, dragoman_matrix next_cell,
    dragoman_matrix gradient, dragoman_matrix cell_gradient) {
  const struct job job = {.m = {a, cell, next_cell, gradient, cell_gradient}};
  by_rows(engine, engine->kernels->lstm_backward, &job, cell, SPLIT_EITHER, 18);
}

void dragoman_ssru_forward(
    dragoman_engine *engine, dragoman_matrix a, dragoman_matrix cell, dragoman_matrix next_cell,
    dragoman_matrix next) {
  const struct job job = {.m = {a, cell, next_cell, next}};
  by_rows(engine, engine->kernels->ssru_forward, &job, cell, SPLIT_EITHER, 10);
}

void dragoman_ssru_backward(
    dragoman_engine *engine, dragoman_matrix a, dragoman_matrix cell, dragoman_matrix next_cell,
    dragoman_matrix gradient, dragoman_matrix cell_gradient) {
  const struct job job = {.m = {a, cell, next_cell, gradient, cell_gradient}};
  by_rows(engine, engine->kernels->ssru_backward, &job, cell, SPLIT_EITHER, 4);
}

void dragoman_normalize(
    dragoman_engine *engine, dragoman_matrix m, dragoman_matrix gain, dragoman_matrix bias,
    ptrdiff_t size, dragoman_matrix kept, dragoman_matrix inverse) {
  const struct job job = {.m = {m, gain, bias, kept, inverse}, .limit = size};
  by_rows(engine, engine->kernels->normalize, &job, m, SPLIT_ROWS, 4);
}

void dragoman_normalize_backward(
    dragoman_engine *engine, dragoman_matrix gradient, dragoman_matrix gain, ptrdiff_t size,
    dragoman_matrix kept, dragoman_matrix inverse) {
  const struct job job = {.m = {gradient, gain, kept, inverse}, .limit = size};
  by_rows(engine, engine->kernels->normalize_backward, &job, gradient, SPLIT_ROWS, 4);
}

void dragoman_cross_entropy(
    dragoman_engine *engine, dragoman_matrix logits, const int32_t *targets, float *losses,
    bool backward, float scale, float smoothing) {
  const float share = logits.columns > 0 ? smoothing / (float)logits.columns : 0.0f;
  const struct job job = {
      .m = {logits},
      .f = {scale, scale * (1.0f - smoothing), scale * share, smoothing},
      .rows = targets,
      .row = losses,
      .flag = backward};
  by_rows(engine, engine->kernels->cross_entropy, &job, logits, SPLIT_ROWS, 8);
}

void dragoman_log_softmax(dragoman_engine *engine, dragoman_matrix m) {
  const struct job job = {.m = {m}};
  by_rows(engine, engine->kernels->log_softmax, &job, m, SPLIT_ROWS, 8);
}

void dragoman_top(
    dragoman_engine *engine, dragoman_matrix scores, ptrdiff_t count, bool log_probabilities,
    int32_t *columns, float *values) {
  const struct job job = {
      .m = {scores}, .ids = columns, .row = values, .limit = count, .flag = log_probabilities};
  by_rows(engine, engine->kernels->top, &job, scores, SPLIT_ROWS, log_probabilities ? 7 : 1);
}

/// Runs a kernel over spans of `width` columns; `cost` operations per query, source and column.
static void over_spans(
    dragoman_engine *engine, dragoman_kernel *kernel, struct job job, ptrdiff_t count,
    ptrdiff_t width, double cost) {
  double pairs = 0;
  for (ptrdiff_t i = 0; i < count; i++) {
    pairs += (double)job.spans[i].query_count * (double)job.spans[i].source_count;
  }
  engine_run(engine, kernel, &job, count, width, SPLIT_ROWS, pairs * cost);
}

void dragoman_ragged_dot(
    dragoman_engine *engine, dragoman_matrix queries, dragoman_matrix memory,
    const dragoman_span *spans, ptrdiff_t count, dragoman_matrix scores) {
  const struct job job = {.m = {queries, memory, scores}, .spans = spans};
  over_spans(engine, engine->kernels->ragged_dot, job, count, 1, (double)queries.columns);
}

void dragoman_ragged_combine(
    dragoman_engine *engine, dragoman_matrix weights, dragoman_matrix memory,
    const dragoman_span *spans, ptrdiff_t count, dragoman_matrix result, bool adding) {
  const struct job job = {.m = {weights, memory, result}, .spans = spans, .flag = adding};
  over_spans(
      engine, engine->kernels->ragged_combine, job, count, result.columns, (double)result.columns);
}

void dragoman_ragged_combine_transposed(
    dragoman_engine *engine, dragoman_matrix weights, dragoman_matrix queries,
    const dragoman_span *spans, ptrdiff_t count, dragoman_matrix memory) {
  const struct job job = {.m = {weights, queries, memory}, .spans = spans};
  over_spans(
      engine, engine->kernels->ragged_combine_transposed, job, count, memory.columns,
      (double)memory.columns);
}

void dragoman_ragged_softmax(
    dragoman_engine *engine, dragoman_matrix scores, const dragoman_span *spans, ptrdiff_t count,
    ptrdiff_t limit) {
  const struct job job = {.m = {scores}, .spans = spans, .limit = limit};
  over_spans(engine, engine->kernels->ragged_softmax, job, count, 1, 10);
}

void dragoman_ragged_softmax_backward(
    dragoman_engine *engine, dragoman_matrix gradient, dragoman_matrix weights,
    const dragoman_span *spans, ptrdiff_t count, ptrdiff_t limit) {
  const struct job job = {.m = {gradient, weights}, .spans = spans, .limit = limit};
  over_spans(engine, engine->kernels->ragged_softmax_backward, job, count, 1, 4);
}

void dragoman_additive_scores(
    dragoman_engine *engine, dragoman_matrix queries, dragoman_matrix keys, const float *vector,
    const dragoman_span *spans, ptrdiff_t count, dragoman_matrix scores) {
  const struct job job = {.m = {queries, keys, scores}, .vector = vector, .spans = spans};
  over_spans(engine, engine->kernels->additive_scores, job, count, 1, 8 * (double)keys.columns);
}

void dragoman_additive_backward(
    dragoman_engine *engine, dragoman_matrix gradient, dragoman_matrix queries,
    dragoman_matrix keys, const float *vector, const dragoman_span *spans, ptrdiff_t count,
    dragoman_matrix query_gradient, dragoman_matrix key_gradient, dragoman_matrix partials) {
  const struct job job = {
      .m = {gradient, queries, keys, query_gradient, key_gradient, partials},
      .vector = vector,
      .spans = spans};
  over_spans(
      engine, engine->kernels->additive_backward, job, count, keys.columns,
      10 * (double)keys.columns);
}

void dragoman_covered_scores(
    dragoman_engine *engine, dragoman_matrix queries, dragoman_matrix keys,
    dragoman_matrix coverage, const float *vector, dragoman_matrix weight,
    const dragoman_span *spans, ptrdiff_t count, dragoman_matrix scores) {
  const struct job job = {
      .m = {queries, keys, coverage, weight, scores}, .vector = vector, .spans = spans};
  over_spans(engine, engine->kernels->covered_scores, job, count, 1, 9 * (double)keys.columns);
}

void dragoman_covered_backward(
    dragoman_engine *engine, dragoman_matrix gradient, dragoman_matrix queries,
    dragoman_matrix keys, dragoman_matrix coverage, const float *vector, dragoman_matrix weight,
    const dragoman_span *spans, ptrdiff_t count, dragoman_matrix query_gradient,
    dragoman_matrix key_gradient, dragoman_matrix coverage_gradient, dragoman_matrix partials) {
  const struct job job = {
      .m = {gradient, queries, keys, coverage, weight, query_gradient, key_gradient,
            coverage_gradient, partials},
      .vector = vector,
      .spans = spans};
  over_spans(engine, engine->kernels->covered_backward, job, count, 1, 14 * (double)keys.columns);
}

double dragoman_sum_of_squares(dragoman_engine *engine, dragoman_matrix m) {
  enum { PARTS = 256 };
  double total = 0.0;
  struct job job = {.m = {m}};
  flatten(&job, 1);
  for (ptrdiff_t row = 0; row < job.m[0].rows; row++) {
    double sums[PARTS];
    struct job one = job;
    one.m[0].at += row * job.m[0].stride;
    const ptrdiff_t columns = job.m[0].columns;
    const ptrdiff_t even = ((columns + PARTS - 1) / PARTS + 15) / 16 * 16;
    one.limit = even > 4096 ? even : 4096;
    one.sums = sums;
    const ptrdiff_t parts = (columns + one.limit - 1) / one.limit;
    engine_run(
        engine, engine->kernels->sum_of_squares, &one, parts, 1, SPLIT_ROWS, (double)columns);
    for (ptrdiff_t i = 0; i < parts; i++) total += sums[i];
  }
  return total;
}

void dragoman_scale(dragoman_engine *engine, dragoman_matrix m, float factor) {
  elementwise(engine, engine->kernels->scale, (struct job){.m = {m}, .f = {factor}}, 1, 1);
}

void dragoman_adam(
    dragoman_engine *engine, dragoman_matrix weights, dragoman_matrix gradients,
    dragoman_matrix first, dragoman_matrix second, dragoman_adam_step s) {
  const struct job job = {
      .m = {weights, gradients, first, second},
      .f = {s.scale, s.rate, s.rest1, s.rest2, s.epsilon, s.root}};
  elementwise(engine, engine->kernels->adam, job, 4, 6);
}

void dragoman_momentum(
    dragoman_engine *engine, dragoman_matrix weights, dragoman_matrix gradients,
    dragoman_matrix velocity, float scale, float rate, float momentum) {
  const struct job job = {.m = {weights, gradients, velocity}, .f = {scale, rate, momentum}};
  elementwise(engine, engine->kernels->momentum, job, 3, 3);
}

void dragoman_approach(
    dragoman_engine *engine, dragoman_matrix m, dragoman_matrix target, float share) {
  elementwise(
      engine, engine->kernels->approach, (struct job){.m = {m, target}, .f = {share}}, 2, 1);
}

double dragoman_peak(dragoman_engine *engine, ptrdiff_t rounds, float *row) {
  const struct job job = {.row = row, .limit = rounds};
  engine_run(engine, engine->kernels->peak, &job, engine->threads, 1, SPLIT_ROWS, 1e9);
  return (double)rounds * engine->kernels->peak_operations * engine->threads;
}

void dragoman_read_all(dragoman_engine *engine, dragoman_matrix m, float *row) {
  const struct job job = {.m = {m}, .row = row};
  by_rows(engine, engine->kernels->read_all, &job, m, SPLIT_ROWS, 1);
}
