// What an instruction set supplies, and what its functions are given.
#ifndef DRAGOMAN_TABLE_H
#define DRAGOMAN_TABLE_H

#include "include/dragoman_kernels.h"

/// Columns of a panel of quantised weights: two registers of AVX-512.
enum { SCREEN_COLUMNS = 32 };

/// The most columns that a screen may leave of a row: computing more would take longer than the full product.
enum { SCREEN_LIMIT = 512 };

/// A row of queries that is quantised; see screen.inc.h.
struct screen_query {
  /// d of the row; α and β of its bounds.
  float scale, alpha, beta;
  /// −128 Σ p: what makes up for weights that are stored without a sign.
  int32_t offset;
};

/// Quantised weights and queries, and the bounds of their products; see screen.inc.h.
struct screening {
  /// Steps of four k; panels of columns.
  ptrdiff_t groups, panels;
  /// q + 128, `[panels][groups][SCREEN_COLUMNS][4]`.
  uint8_t *weights;
  /// Of each column, those that fill the last panel included: d, the bias, ‖(w, b)‖ and ‖w − d q‖.
  float *scales, *biases, *norms, *residues;
  /// p, `[rows][groups][4]`.
  int8_t *queries;
  struct screen_query *rows;
  /// Upper bounds, `[rows][panels · SCREEN_COLUMNS]`, and the greatest lower bound of each panel, `[rows][panels]`.
  float *upper, *lower;
};

/// Rows of a block of batch normalisation; see batch.inc.h.
enum { BATCH_ROWS = 64 };

/// The operands of one call. Which is which, each function says in its first lines.
struct job {
  dragoman_matrix m[9];
  float f[6];
  const int32_t *rows;
  const dragoman_span *spans;
  const float *vector;
  float *row;
  int32_t *ids, *counts;
  double *sums;
  const struct screening *screening;
  const dragoman_window *window;
  ptrdiff_t limit;
  uint64_t seed, update;
  uint32_t place, threshold;
  bool flag;
};

/// A rectangle of the result: what one thread computes.
struct part {
  ptrdiff_t row, row_end, column, column_end;
};

/// Positions from..<to.
struct range {
  ptrdiff_t from, to;
};

/// One head of one span: views of its rows and columns. Which matrices there are, depends on the kernel.
struct head {
  const dragoman_heads *how;
  ptrdiff_t queries, sources;
  /// Queries, or what is combined for them, `[queries, d_k]`; keys or values; `[queries, longest source]`.
  dragoman_matrix query, memory, weights, gradient;
  /// Where each source stands in `memory`; NULL: one after the other.
  const int32_t *rows;
};

/// What query t sees; the one place that says so.
static inline struct range seen_by(const struct head *h, ptrdiff_t t) {
  const ptrdiff_t position = t + h->sources - h->queries, window = h->how->window;
  struct range seen = {position - window, position + 1 + (h->how->causal ? 0 : window)};
  if (seen.from < 0) seen.from = 0;
  if (seen.to > h->sources) seen.to = h->sources;
  if (seen.to <= seen.from) seen.from = seen.to = 0;
  return seen;
}

/// Works on rows from..<to of a head.
typedef void dragoman_head_kernel(const struct head *h, ptrdiff_t from, ptrdiff_t to);

typedef void dragoman_kernel(const struct job *job, struct part part);

/// Computes a tile of c from a panel of a and one or more panels of b; `next` is the tile of c that comes after it. See
/// gemm.inc.h.
typedef void dragoman_tile(
    ptrdiff_t k, const float *a, const float *b, ptrdiff_t panel, const float *start,
    ptrdiff_t start_stride, float *c, ptrdiff_t stride, const float *next);

/// The largest tile, and the most panels of b that a tile spans.
enum { MAXIMUM_TILE_ROWS = 14, MAXIMUM_TILE_COLUMNS = 32, MAXIMUM_WIDE_PANELS = 4 };

/// The most rows of a product by whole numbers of eight bits, and the panels that one of few rows spans.
enum { CODES_ROWS = 4, CODES_PANELS = 4 };

/// Computes columns of c from a and panels of whole numbers with their scales; see codes.inc.h.
typedef void dragoman_codes(
    ptrdiff_t k, const float *a, ptrdiff_t down, const int8_t *q, const float *scales,
    const float *start, ptrdiff_t start_stride, float *c, ptrdiff_t stride);

struct dragoman_kernels {
  // Products.
  int tile_rows, tile_columns;
  /// Tiles and steps of k that stay in the second-level cache; the longest block of k; floats from one tile of a to
  /// the next.
  int group_tiles, step, depth, left_tile;
  /// [layout of the panel of a: 0 row after row, 1 column after column][rows − 1].
  dragoman_tile *tile[2][MAXIMUM_TILE_ROWS];
  /// The same over `wide_panels[rows − 1]` panels of b at once, or NULL; layout 0 only.
  dragoman_tile *wide[MAXIMUM_TILE_ROWS];
  int wide_panels[MAXIMUM_TILE_ROWS];
  /// [rows − 1], of one panel and of CODES_PANELS; NULL where these would not fit in registers.
  dragoman_codes *codes[CODES_ROWS], *codes_wide[CODES_ROWS];
  /// See pack.inc.h.
  void (*pack_left)(
      dragoman_matrix a, bool transposed, ptrdiff_t row, ptrdiff_t rows, ptrdiff_t tiles,
      ptrdiff_t k, ptrdiff_t depth, float *target);
  void (*pack_right)(
      dragoman_matrix b, bool transposed, ptrdiff_t k, ptrdiff_t k_end, ptrdiff_t from,
      ptrdiff_t to, float *packed, ptrdiff_t panel);
  /// See patches.inc.h.
  void (*pack_left_patches)(
      dragoman_matrix x, const dragoman_window *w, ptrdiff_t row, ptrdiff_t rows, ptrdiff_t tiles,
      ptrdiff_t k, ptrdiff_t depth, float *target);
  void (*pack_right_patches)(
      dragoman_matrix x, const dragoman_window *w, ptrdiff_t k, ptrdiff_t k_end, ptrdiff_t from,
      ptrdiff_t to, float *packed, ptrdiff_t panel);

  dragoman_kernel *gather, *scatter, *scatter_add, *copy, *add, *fill, *column_sums;
  dragoman_kernel *tanh, *tanh_backward, *exp, *log, *sigmoid, *sigmoid_backward, *dropout, *dropout_rows;
  /// In the order of `dragoman_activate`.
  dragoman_kernel *activation[3], *activation_backward[3];
  dragoman_kernel *gru_forward, *gru_backward, *lstm_forward, *lstm_backward, *ssru_forward, *ssru_backward;
  dragoman_kernel *normalize, *normalize_backward;
  dragoman_kernel *cross_entropy, *log_softmax, *top;
  dragoman_kernel *screen_weights, *screen_queries, *screen_bounds, *screen_choose;
  dragoman_kernel *ragged_dot, *ragged_combine, *ragged_combine_transposed, *ragged_softmax,
      *ragged_softmax_backward, *additive_scores, *additive_backward, *covered_scores, *covered_backward;
  dragoman_head_kernel *head_scores, *head_combine, *head_normalize, *head_normalize_backward, *head_clear;
  dragoman_kernel *depthwise, *depthwise_backward, *depthwise_weights, *max_pool, *max_pool_backward;
  dragoman_kernel *batch_moments, *batch_statistics, *batch_running, *batch_normalize, *batch_products, *batch_totals,
      *batch_backward;
  dragoman_kernel *scale_channels, *channel_products;
  dragoman_kernel *sum_of_squares, *scale, *adam, *momentum, *approach;
  dragoman_kernel *peak, *read_all;
  /// Floating-point operations of one round of `peak`.
  int peak_operations;
};

extern const struct dragoman_kernels dragoman_kernels_portable;
extern const struct dragoman_kernels dragoman_kernels_neon;
extern const struct dragoman_kernels dragoman_kernels_avx2;
extern const struct dragoman_kernels dragoman_kernels_avx512;
/// `screen_bounds` for AVX-512 with VNNI.
extern dragoman_kernel *const dragoman_screen_bounds_vnni;

#endif
