// Multi-head attention over ragged spans: products of one head of one sentence, each on one thread.
//
// 1. Same bits. A score, and an element of any product, is one chain of fused multiply-adds in increasing k. A row
//    of weights is 0 outside of what its query sees, and a block of rows runs over what any of them sees: it adds
//    0·v, which changes no sum but the sign of one that is 0. Results therefore end with + 0, which makes −0 to 0, and
//    so a query has the bits it has alone. Blocks are of one size on every machine. (What is no number may spread
//    within its sentence; a model with such values is lost anyway.)
// 2. No padding and no mask: of a sentence its own rows alone are read, and of those, in blocks of queries, only what
//    some query of the block sees. A causal sentence of S tokens costs half of S², one with a window n costs S·n; only
//    the zeros of the weights are written for all S².
// 3. Caches. The right operand of a head is put in order once: S·d_k floats, a few hundred kilobytes at S = 1000, stay
//    in the second-level cache. A block of scores, ROWS × S, becomes weights before the next is begun.
// 4. One query, or a few, as in decoding: what is in order would be read only once or twice, so that there kernels
//    read keys and values where they stand.
#include "products.h"

/// Queries of a block: four full tiles of AVX-512, seven of NEON. Of what a causal block reads, half a block of
/// columns is not needed: 3 % of 1000.
enum { ROWS = 56 };

/// Queries up to which nothing is put in order. Measured at d_k = 64: from three on, scores of 25 sources as of 1000 are
/// faster in order; combinations of 1000 from five on, and those of 25 take a third of the time up to there.
enum { FEW_TO_RELATE = 2, FEW_TO_COMBINE = 4 };

/// One head of one span, with the memory of the thread that computes it.
struct work {
  dragoman_engine *engine;
  struct scratch *scratch;
  struct head head;
  /// Of the same rows and columns as `query`, `memory` in the head.
  dragoman_matrix query_gradient, memory_gradient;
};

static ptrdiff_t minimum(ptrdiff_t a, ptrdiff_t b) { return a < b ? a : b; }

static ptrdiff_t maximum(ptrdiff_t a, ptrdiff_t b) { return a > b ? a : b; }

static dragoman_matrix rows_of(dragoman_matrix m, struct range rows) {
  m.at += rows.from * m.stride;
  m.rows = rows.to - rows.from;
  return m;
}

static dragoman_matrix columns_of(dragoman_matrix m, struct range columns) {
  m.at += columns.from;
  m.columns = columns.to - columns.from;
  return m;
}

/// Block number `index` of `count` rows.
static struct range block_of(ptrdiff_t index, ptrdiff_t count) {
  return (struct range){index * ROWS, minimum((index + 1) * ROWS, count)};
}

/// What any of these queries sees: the ranges of queries in a row overlap or touch.
static struct range seen_by_all(const struct head *h, struct range queries) {
  struct range seen = {h->sources, 0};
  for (ptrdiff_t t = queries.from; t < queries.to; t++) {
    const struct range one = seen_by(h, t);
    if (one.from == one.to) continue;
    seen.from = minimum(seen.from, one.from);
    seen.to = maximum(seen.to, one.to);
  }
  return seen.from < seen.to ? seen : (struct range){0, 0};
}

/// The queries that see any of these sources: p − n ≤ i ≤ p, or p + n, solved for the query of position p.
static struct range seeing(const struct head *h, struct range sources) {
  const ptrdiff_t offset = h->sources - h->queries, window = h->how->window;
  const struct range all = {
      sources.from - offset - (h->how->causal ? 0 : window), sources.to - offset + window};
  const struct range queries = {maximum(all.from, 0), minimum(all.to, h->queries)};
  return queries.from < queries.to ? queries : (struct range){0, 0};
}

/// A block of `weights`, as wide as the block sees, = rows of `query` · `memory`ᵀ.
static void relate(
    const struct work *w, struct range block, dragoman_matrix weights,
    struct panels packed) {
  struct range seen = seen_by_all(&w->head, block);
  const ptrdiff_t width = w->engine->kernels->tile_columns;
  seen.from = seen.from / width * width;
  packed.at += packed.at ? seen.from / width * packed.stride : 0;
  const struct product product = {
      .engine = w->engine,
      .a = rows_of(w->head.query, block),
      .b = rows_of(w->head.memory, seen),
      .c = columns_of(rows_of(weights, block), seen),
      .b_transposed = true,
      .packed = packed,
      .k = w->head.query.columns};
  multiply_alone(&product, w->scratch);
}

/// A block of `result` = rows of `weights`, as far as the block sees, · `memory`.
static void combine(
    const struct work *w, struct range block, dragoman_matrix weights,
    dragoman_matrix result, struct panels packed) {
  const struct range seen = seen_by_all(&w->head, block);
  packed.at += packed.at ? seen.from * w->engine->kernels->tile_columns : 0;
  const struct product product = {
      .engine = w->engine,
      .a = columns_of(rows_of(weights, block), seen),
      .b = rows_of(w->head.memory, seen),
      .c = rows_of(result, block),
      .packed = packed,
      .k = seen.to - seen.from};
  multiply_alone(&product, w->scratch);
}

/// Rows of `result`, one for each source, += `weights`ᵀ · `query`, over the queries that see them.
static void give_back(
    const struct work *w, dragoman_matrix weights,
    dragoman_matrix query, dragoman_matrix result) {
  const struct panels all = pack_alone(w->engine, query, false, w->scratch);
  for (ptrdiff_t i = 0; i * ROWS < w->head.sources; i++) {
    const struct range block = block_of(i, w->head.sources), queries = seeing(&w->head, block);
    struct panels packed = all;
    packed.at += packed.at ? queries.from * w->engine->kernels->tile_columns : 0;
    const struct product product = {
        .engine = w->engine,
        .a = columns_of(rows_of(weights, queries), block),
        .b = rows_of(query, queries),
        .c = rows_of(result, block),
        .a_transposed = true,
        .packed = packed,
        .adding = true,
        .k = queries.to - queries.from};
    multiply_alone(&product, w->scratch);
  }
}

/// Whether queries are so few that the kernels for these take them; only they read rows that are scattered.
static bool are_few(const struct work *w, ptrdiff_t few) {
  return w->head.rows || w->head.queries <= few;
}

static void weights_of_head(const struct work *w) {
  const struct head *h = &w->head;
  const struct dragoman_kernels *kernels = w->engine->kernels;
  if (are_few(w, FEW_TO_RELATE)) {
    kernels->head_scores(h, 0, h->queries);
    kernels->head_normalize(h, 0, h->queries);
    return;
  }
  const struct panels packed = pack_alone(w->engine, h->memory, true, w->scratch);
  for (ptrdiff_t i = 0; i * ROWS < h->queries; i++) {
    const struct range block = block_of(i, h->queries);
    relate(w, block, h->weights, packed);
    kernels->head_normalize(h, block.from, block.to);
  }
}

static void combination_of_head(const struct work *w) {
  const struct head *h = &w->head;
  if (are_few(w, FEW_TO_COMBINE)) {
    w->engine->kernels->head_combine(h, 0, h->queries);
    return;
  }
  const struct panels packed = pack_alone(w->engine, h->memory, false, w->scratch);
  for (ptrdiff_t i = 0; i * ROWS < h->queries; i++) {
    const struct range block = block_of(i, h->queries);
    combine(w, block, h->weights, h->query, packed);
    for (ptrdiff_t t = block.from; t < block.to; t++) {
      float *row = h->query.at + t * h->query.stride;
      for (ptrdiff_t j = 0; j < h->query.columns; j++) row[j] += 0.0f;
    }
  }
}

static void combination_backward_of_head(const struct work *w) {
  struct head cleared = w->head;
  cleared.weights = w->head.gradient;
  const struct panels packed = pack_alone(w->engine, w->head.memory, true, w->scratch);
  for (ptrdiff_t i = 0; i * ROWS < w->head.queries; i++) {
    const struct range block = block_of(i, w->head.queries);
    relate(w, block, cleared.weights, packed);
    w->engine->kernels->head_clear(&cleared, block.from, block.to);
  }
  give_back(w, w->head.weights, w->head.query, w->memory_gradient);
}

static void weights_backward_of_head(const struct work *w) {
  const struct head *h = &w->head;
  const struct panels packed = pack_alone(w->engine, h->memory, false, w->scratch);
  for (ptrdiff_t i = 0; i * ROWS < h->queries; i++) {
    const struct range block = block_of(i, h->queries);
    w->engine->kernels->head_normalize_backward(h, block.from, block.to);
    combine(w, block, h->gradient, w->query_gradient, packed);
  }
  give_back(w, h->gradient, h->query, w->memory_gradient);
}

/// One call: the matrices of all spans and heads, and what is done with each head.
struct attention {
  dragoman_engine *engine;
  dragoman_heads how;
  void (*step)(const struct work *w);
  dragoman_matrix query, memory, weights, gradient, query_gradient, memory_gradient;
  const dragoman_span *spans;
  ptrdiff_t count;
  const int32_t *rows;
  double total;
  int parts;
};

/// Multiply-adds of a head of a span, with something for what is done once per row.
static double cost_of(const struct attention *a, const dragoman_span *s) {
  const double columns = (double)(a->query.columns / a->how.heads + 16);
  return columns * (double)(s->query_count + 1) * (double)(s->source_count + 1);
}

/// Rows of a span and columns of a head; nothing of a matrix that the call does not have.
static dragoman_matrix part_of(
    dragoman_matrix m, int32_t row, int32_t rows, ptrdiff_t heads, ptrdiff_t head) {
  if (!m.at) return m;
  const ptrdiff_t width = m.columns / heads;
  const struct range down = {row, row + rows}, across = {head * width, (head + 1) * width};
  return columns_of(rows_of(m, down), across);
}

static void run_head(
    const struct attention *a, const dragoman_span *s, ptrdiff_t head, struct scratch *scratch) {
  const ptrdiff_t heads = a->how.heads;
  const int32_t query = s->query_start, queries = s->query_count, source = s->source_start,
                sources = s->source_count;
  // Scattered rows are rows of the whole memory.
  const struct range columns = {
      head * (a->memory.columns / heads), (head + 1) * (a->memory.columns / heads)};
  const struct work work = {
      .engine = a->engine,
      .scratch = scratch,
      .head = {
          .how = &a->how,
          .queries = queries,
          .sources = sources,
          .query = part_of(a->query, query, queries, heads, head),
          .memory = a->rows ? columns_of(a->memory, columns)
                            : part_of(a->memory, source, sources, heads, head),
          .weights = part_of(a->weights, query, queries, heads, head),
          .gradient = part_of(a->gradient, query, queries, heads, head),
          .rows = a->rows ? a->rows + source : NULL},
      .query_gradient = part_of(a->query_gradient, query, queries, heads, head),
      .memory_gradient = part_of(a->memory_gradient, source, sources, heads, head)};
  a->step(&work);
}

/// Computes the heads whose middle, in work, falls into share `index`: sentences are of unequal lengths.
static void run_part(void *context, int index) {
  const struct attention *a = context;
  struct scratch *scratch = scratches_take(a->engine->scratches, index);
  double before = 0;
  for (const dragoman_span *s = a->spans; s < a->spans + a->count; s++) {
    if (s->query_count == 0) continue;
    const double cost = cost_of(a, s);
    for (ptrdiff_t head = 0; head < a->how.heads; head++, before += cost) {
      if ((int)((before + cost / 2) / a->total * a->parts) == index) run_head(a, s, head, scratch);
    }
  }
  scratches_give(scratch);
}

static void run(struct attention a) {
  for (const dragoman_span *s = a.spans; s < a.spans + a.count; s++) {
    if (s->query_count > 0) a.total += cost_of(&a, s) * (double)a.how.heads;
  }
  if (a.total == 0) return;
  // As for other products: 100,000 multiply-adds are worth a thread.
  a.parts = engine_parts(a.engine, a.total, 1e5);
  pool_run(a.engine->pool, run_part, &a, a.parts);
}

void dragoman_head_weights(
    dragoman_engine *engine, dragoman_heads how, dragoman_matrix queries, dragoman_matrix keys,
    const dragoman_span *spans, ptrdiff_t count, const int32_t *rows, dragoman_matrix weights) {
  run((struct attention){
      .engine = engine,
      .how = how,
      .step = weights_of_head,
      .query = queries,
      .memory = keys,
      .weights = weights,
      .spans = spans,
      .count = count,
      .rows = rows});
}

void dragoman_head_combine(
    dragoman_engine *engine, dragoman_heads how, dragoman_matrix weights, dragoman_matrix values,
    const dragoman_span *spans, ptrdiff_t count, const int32_t *rows, dragoman_matrix result) {
  run((struct attention){
      .engine = engine,
      .how = how,
      .step = combination_of_head,
      .query = result,
      .memory = values,
      .weights = weights,
      .spans = spans,
      .count = count,
      .rows = rows});
}

void dragoman_head_combine_backward(
    dragoman_engine *engine, dragoman_heads how, dragoman_matrix gradient, dragoman_matrix weights,
    dragoman_matrix values, const dragoman_span *spans, ptrdiff_t count,
    dragoman_matrix weight_gradient, dragoman_matrix value_gradient) {
  run((struct attention){
      .engine = engine,
      .how = how,
      .step = combination_backward_of_head,
      .query = gradient,
      .memory = values,
      .weights = weights,
      .gradient = weight_gradient,
      .memory_gradient = value_gradient,
      .spans = spans,
      .count = count});
}

void dragoman_head_weights_backward(
    dragoman_engine *engine, dragoman_heads how, dragoman_matrix gradient, dragoman_matrix weights,
    dragoman_matrix queries, dragoman_matrix keys, const dragoman_span *spans, ptrdiff_t count,
    dragoman_matrix query_gradient, dragoman_matrix key_gradient) {
  run((struct attention){
      .engine = engine,
      .how = how,
      .step = weights_backward_of_head,
      .query = queries,
      .memory = keys,
      .weights = weights,
      .gradient = gradient,
      .query_gradient = query_gradient,
      .memory_gradient = key_gradient,
      .spans = spans,
      .count = count});
}
