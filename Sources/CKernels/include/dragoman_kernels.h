// The arithmetic of Dragoman on matrices of 32-bit floats, one C function per operation.
//
// Every function takes an engine, which knows the instruction set, the threads and the scratch memory,
// and leaves the floating-point mode of the calling thread as it found it. Sizes are not checked here:
// the module Tensor, the only caller, has done so.
#ifndef DRAGOMAN_KERNELS_H
#define DRAGOMAN_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// `rows` × `columns` floats; row i starts at `at + i * stride`.
typedef struct {
  float *at;
  ptrdiff_t rows, columns, stride;
} dragoman_matrix;

/// Query rows that look at source rows.
typedef struct {
  int32_t query_start, query_count, source_start, source_count;
} dragoman_span;

/// The instruction sets, from narrow to wide.
enum {
  DRAGOMAN_PORTABLE,
  DRAGOMAN_NEON,
  DRAGOMAN_AVX2,
  DRAGOMAN_AVX512,
};

/// Threads, scratch memory and the functions of one instruction set.
typedef struct dragoman_engine dragoman_engine;

/// Whether this processor has the instruction set, and this build the functions for it.
bool dragoman_available(int instructions);
/// Memory that starts on a cache line, in large pages if it is large and the system has them; NULL if it refuses.
void *dragoman_allocate(size_t bytes);
/// Gives such memory back.
void dragoman_free(void *memory);

/// Processors this process may use.
int dragoman_processors(void);
/// Which these are, a bit for each, in at most `size` bytes; returns how many bytes, 0 where that cannot be told.
ptrdiff_t dragoman_processor_mask(uint8_t *bytes, ptrdiff_t size);
/// An engine; `instructions` has to be available and `threads` at least 1. NULL if there is no memory.
///
/// A call that is too short for a thread to be worth waking runs on fewer; an `eager` engine wakes them all,
/// so that tests of small sizes reach the cutting too.
dragoman_engine *dragoman_engine_create(int instructions, int threads, bool eager);
/// Ends the threads and frees the memory; no call may be under way.
void dragoman_engine_destroy(dragoman_engine *engine);

// Products. Each element of c is one chain of fused multiply-adds in increasing k, which starts from 0,
// from the bias, from what c holds (`adding`), or from the sum of both.

/// c (+)= op(a) · op(b) (+ bias), where op transposes or not.
void dragoman_multiply(
    dragoman_engine *engine, dragoman_matrix a, bool a_transposed, dragoman_matrix b,
    bool b_transposed, const float *bias, dragoman_matrix c, bool adding);
/// Floats that a packed right operand of k × n needs.
ptrdiff_t dragoman_packed_count(const dragoman_engine *engine, ptrdiff_t k, ptrdiff_t n);
/// Writes op(b) into `packed` in the order in which the products read it.
void dragoman_pack(dragoman_engine *engine, dragoman_matrix b, bool transposed, float *packed);
/// c (+)= a · b (+ bias), b packed.
void dragoman_multiply_packed(
    dragoman_engine *engine, dragoman_matrix a, const float *packed, const float *bias,
    dragoman_matrix c, bool adding);

/// Bytes and floats that the whole numbers and the scales of a packed right operand of k × n need.
ptrdiff_t dragoman_codes_count(const dragoman_engine *engine, ptrdiff_t k, ptrdiff_t n);
ptrdiff_t dragoman_scales_count(const dragoman_engine *engine, ptrdiff_t n);
/// Writes whole numbers, n rows of k, into `packed` in the order in which the products read them.
void dragoman_pack_codes(
    const dragoman_engine *engine, const int8_t *rows, ptrdiff_t k, ptrdiff_t n, int8_t *packed);
/// c (+)= a · b (+ bias) with b[l][j] = codes[l][j] · scales[j], packed, the scales filled up with zeros; a has at most
/// four rows. The bits are those of dragoman_multiply_packed with b.
void dragoman_multiply_codes(
    dragoman_engine *engine, dragoman_matrix a, const int8_t *codes, const float *scales,
    const float *bias, dragoman_matrix c, bool adding);

// Rows.

/// to[i] = from[rows[i]].
void dragoman_gather(
    dragoman_engine *engine, dragoman_matrix from, const int32_t *rows, dragoman_matrix to);
/// to[rows[i]] = from[i]; the rows differ from each other.
void dragoman_scatter(
    dragoman_engine *engine, dragoman_matrix from, const int32_t *rows, dragoman_matrix to);
/// to[rows[i]] += from[i], in increasing i.
void dragoman_scatter_add(
    dragoman_engine *engine, dragoman_matrix from, const int32_t *rows, dragoman_matrix to);
/// to = from.
void dragoman_copy(dragoman_engine *engine, dragoman_matrix from, dragoman_matrix to);
/// to += from.
void dragoman_add(dragoman_engine *engine, dragoman_matrix from, dragoman_matrix to);
/// m = value.
void dragoman_fill(dragoman_engine *engine, dragoman_matrix m, float value);
/// row[j] += a[i, j] over all i, in increasing i.
void dragoman_add_column_sums(dragoman_engine *engine, dragoman_matrix a, float *row);

// Element by element.

/// m = tanh(m).
void dragoman_tanh(dragoman_engine *engine, dragoman_matrix m);
/// gradient *= 1 − y².
void dragoman_tanh_backward(dragoman_engine *engine, dragoman_matrix gradient, dragoman_matrix y);
/// m *= 0 or `scale`; 0 where the random word of the element is below `threshold`.
/// Row i of m is row `first_row + i` of the whole, or row `rows[i]` if `rows` is not NULL, from which the numbers of
/// the elements are made.
void dragoman_dropout(
    dragoman_engine *engine, dragoman_matrix m, uint32_t threshold, float scale, uint64_t seed,
    uint64_t update, uint32_t place, ptrdiff_t first_row, const int32_t *rows);
/// The same with one draw per row: all of row i, or nothing of it, becomes 0.
void dragoman_dropout_rows(
    dragoman_engine *engine, dragoman_matrix m, uint32_t threshold, float scale, uint64_t seed,
    uint64_t update, uint32_t place);

/// gradient *= y (1 − y).
void dragoman_sigmoid_backward(
    dragoman_engine *engine, dragoman_matrix gradient, dragoman_matrix y);

/// y = φ(x), element by element: 0 relu, 1 gelu, 2 silu. y may be x.
void dragoman_activate(
    dragoman_engine *engine, int activation, dragoman_matrix x, dragoman_matrix y);
/// gradient *= φ′(x).
void dragoman_activate_backward(
    dragoman_engine *engine, int activation, dragoman_matrix gradient, dragoman_matrix x);

// Functions of many values, in place, for tests and for single uses.

/// values = e^values.
void dragoman_exp(dragoman_engine *engine, dragoman_matrix m);
/// values = ln(values).
void dragoman_log(dragoman_engine *engine, dragoman_matrix m);
/// values = 1 / (1 + e^−values).
void dragoman_sigmoid(dragoman_engine *engine, dragoman_matrix m);

// Cells.

/// a := (r, z, n), next := h′.
void dragoman_gru_forward(
    dragoman_engine *engine, dragoman_matrix a, dragoman_matrix u, dragoman_matrix h,
    dragoman_matrix next);
/// a := ∂a, u := ∂u, state_gradient := δ ⊙ z.
void dragoman_gru_backward(
    dragoman_engine *engine, dragoman_matrix a, dragoman_matrix u, dragoman_matrix h,
    dragoman_matrix gradient, dragoman_matrix state_gradient);
/// a := (i, f, g, o), next_cell := m′, next := h′.
void dragoman_lstm_forward(
    dragoman_engine *engine, dragoman_matrix a, dragoman_matrix u, dragoman_matrix cell,
    dragoman_matrix next_cell, dragoman_matrix next);
/// a := ∂a, cell_gradient: ∂m′ → ∂m.
void dragoman_lstm_backward(
    dragoman_engine *engine, dragoman_matrix a, dragoman_matrix cell, dragoman_matrix next_cell,
    dragoman_matrix gradient, dragoman_matrix cell_gradient);

/// a: (x̃, f before its σ) → (x̃, f), next_cell := c, next := h.
void dragoman_ssru_forward(
    dragoman_engine *engine, dragoman_matrix a, dragoman_matrix cell, dragoman_matrix next_cell,
    dragoman_matrix next);
/// a := ∂a, cell_gradient: ∂c → ∂c′.
void dragoman_ssru_backward(
    dragoman_engine *engine, dragoman_matrix a, dragoman_matrix cell, dragoman_matrix next_cell,
    dragoman_matrix gradient, dragoman_matrix cell_gradient);

// Layer normalisation of gates of `size` columns; gain and bias are one row.

/// m := gain ⊙ y + bias, where y is m with mean 0 and variance 1 in each gate; `kept` := y and `inverse` := one over the
/// deviation of each gate, unless their `at` is NULL.
void dragoman_normalize(
    dragoman_engine *engine, dragoman_matrix m, dragoman_matrix gain, dragoman_matrix bias,
    ptrdiff_t size, dragoman_matrix kept, dragoman_matrix inverse);
/// gradient := that of the m before, kept := gradient ⊙ kept.
void dragoman_normalize_backward(
    dragoman_engine *engine, dragoman_matrix gradient, dragoman_matrix gain, ptrdiff_t size,
    dragoman_matrix kept, dragoman_matrix inverse);

// The output layer.

/// losses[i] = −Σ q log softmax(logits[i]), q = (1 − smoothing) onehot(targets[i]) + smoothing / columns; with `backward`,
/// logits := (softmax − q)·scale.
void dragoman_cross_entropy(
    dragoman_engine *engine, dragoman_matrix logits, const int32_t *targets, float *losses,
    bool backward, float scale, float smoothing);
/// m[i] = log softmax(m[i]).
void dragoman_log_softmax(dragoman_engine *engine, dragoman_matrix m);
/// The `count` greatest values of each row, falling, the first column first among equals, with their columns; the log
/// probabilities of these columns instead of the values, if asked. Column −1 and −∞ stand where a row has no more values
/// above −∞; NaN is passed over.
void dragoman_top(
    dragoman_engine *engine, dragoman_matrix scores, ptrdiff_t count, bool log_probabilities,
    int32_t *columns, float *values);

// The greatest column of a product, found by a screen in 8 bits; see screen.inc.h.

/// Whether this processor has 8-bit products and the engine uses them: without, a screen takes longer than the product.
bool dragoman_screens_fast(const dragoman_engine *engine);
/// Floats that the screen of `columns` rows of `depth` weights needs; 0 if there can be none of this size.
ptrdiff_t dragoman_screen_count(ptrdiff_t depth, ptrdiff_t columns);
/// Quantises weights and their bias into `screen`; false if some are too large for it, or no numbers.
bool dragoman_screen_make(
    dragoman_engine *engine, dragoman_matrix weights, const float *bias, float *screen);
/// Floats of scratch memory that a search in so many rows needs.
ptrdiff_t dragoman_screen_scratch(ptrdiff_t rows, ptrdiff_t depth, ptrdiff_t columns);
/// The column in which each row of x · weightsᵀ + bias is greatest, the first of equals, or −1 if the screen left more
/// than `limit` of them or could not tell; `counts` says how many it left.
void dragoman_screen_greatest(
    dragoman_engine *engine, dragoman_matrix x, dragoman_matrix weights, const float *bias,
    const float *screen, float *scratch, ptrdiff_t limit, int32_t *columns, int32_t *counts);

// Attention over ragged memory; see Kernels+Attention.swift.

void dragoman_ragged_dot(
    dragoman_engine *engine, dragoman_matrix queries, dragoman_matrix memory,
    const dragoman_span *spans, ptrdiff_t count, dragoman_matrix scores);
void dragoman_ragged_combine(
    dragoman_engine *engine, dragoman_matrix weights, dragoman_matrix memory,
    const dragoman_span *spans, ptrdiff_t count, dragoman_matrix result, bool adding);
void dragoman_ragged_combine_transposed(
    dragoman_engine *engine, dragoman_matrix weights, dragoman_matrix queries,
    const dragoman_span *spans, ptrdiff_t count, dragoman_matrix memory);
void dragoman_ragged_softmax(
    dragoman_engine *engine, dragoman_matrix scores, const dragoman_span *spans, ptrdiff_t count,
    ptrdiff_t limit);
void dragoman_ragged_softmax_backward(
    dragoman_engine *engine, dragoman_matrix gradient, dragoman_matrix weights,
    const dragoman_span *spans, ptrdiff_t count, ptrdiff_t limit);
void dragoman_additive_scores(
    dragoman_engine *engine, dragoman_matrix queries, dragoman_matrix keys, const float *vector,
    const dragoman_span *spans, ptrdiff_t count, dragoman_matrix scores);
void dragoman_additive_backward(
    dragoman_engine *engine, dragoman_matrix gradient, dragoman_matrix queries,
    dragoman_matrix keys, const float *vector, const dragoman_span *spans, ptrdiff_t count,
    dragoman_matrix query_gradient, dragoman_matrix key_gradient, dragoman_matrix partials);

// Additive scores with coverage; see Kernels+Coverage.swift.

void dragoman_covered_scores(
    dragoman_engine *engine, dragoman_matrix queries, dragoman_matrix keys,
    dragoman_matrix coverage, const float *vector, dragoman_matrix weight,
    const dragoman_span *spans, ptrdiff_t count, dragoman_matrix scores);
void dragoman_covered_backward(
    dragoman_engine *engine, dragoman_matrix gradient, dragoman_matrix queries,
    dragoman_matrix keys, dragoman_matrix coverage, const float *vector, dragoman_matrix weight,
    const dragoman_span *spans, ptrdiff_t count, dragoman_matrix query_gradient,
    dragoman_matrix key_gradient, dragoman_matrix coverage_gradient, dragoman_matrix partials);

// Multi-head attention over ragged memory; see Kernels+Heads.swift.

/// How queries see sources through several heads.
typedef struct {
  ptrdiff_t heads;
  /// How many positions to each side of its own a query sees, at most 2³¹ − 1.
  ptrdiff_t window;
  /// Whether it sees none behind its own.
  bool causal;
  /// Whether a weight is relu(e) / (positions seen) and not softmax.
  bool relu;
  /// What q·k is multiplied by.
  float scale;
} dragoman_heads;

void dragoman_head_weights(
    dragoman_engine *engine, dragoman_heads how, dragoman_matrix queries, dragoman_matrix keys,
    const dragoman_span *spans, ptrdiff_t count, const int32_t *rows, dragoman_matrix weights);
void dragoman_head_combine(
    dragoman_engine *engine, dragoman_heads how, dragoman_matrix weights, dragoman_matrix values,
    const dragoman_span *spans, ptrdiff_t count, const int32_t *rows, dragoman_matrix result);
void dragoman_head_combine_backward(
    dragoman_engine *engine, dragoman_heads how, dragoman_matrix gradient, dragoman_matrix weights,
    dragoman_matrix values, const dragoman_span *spans, ptrdiff_t count,
    dragoman_matrix weight_gradient, dragoman_matrix value_gradient);
void dragoman_head_weights_backward(
    dragoman_engine *engine, dragoman_heads how, dragoman_matrix gradient, dragoman_matrix weights,
    dragoman_matrix queries, dragoman_matrix keys, const dragoman_span *spans, ptrdiff_t count,
    dragoman_matrix query_gradient, dragoman_matrix key_gradient);

// Images: rows are pixels, image after image, line after line; columns are channels.

/// The largest side of a window that goes pixel by pixel.
enum { DRAGOMAN_LARGEST_WINDOW = 32 };

/// A window that moves over images of `source_height` × `source_width` and stops at `rows` × `columns` positions.
///
/// At position (y, x) it sees the lines from y · stride − top on, `height` of them, and columns alike; zeros outside.
typedef struct {
  ptrdiff_t source_height, source_width, rows, columns;
  ptrdiff_t height, width, stride, top, left;
} dragoman_window;

/// y = patches(x) · op(weights) + bias.
void dragoman_convolve(
    dragoman_engine *engine, dragoman_window w, dragoman_matrix x, dragoman_matrix weights,
    bool transposed, const float *bias, dragoman_matrix y);
/// weights += gradientᵀ · patches(x).
void dragoman_convolve_weights(
    dragoman_engine *engine, dragoman_window w, dragoman_matrix gradient, dragoman_matrix x,
    dragoman_matrix weights);
/// y = each channel's window over x, with weights [height · width, channels]; bias may be NULL.
void dragoman_depthwise(
    dragoman_engine *engine, dragoman_window w, dragoman_matrix x, dragoman_matrix weights,
    const float *bias, dragoman_matrix y);
/// x = the gradient of x.
void dragoman_depthwise_backward(
    dragoman_engine *engine, dragoman_window w, dragoman_matrix gradient, dragoman_matrix weights,
    dragoman_matrix x);
/// weights += their gradient.
void dragoman_depthwise_weights(
    dragoman_engine *engine, dragoman_window w, dragoman_matrix gradient, dragoman_matrix x,
    dragoman_matrix weights);
/// y = the greatest of each window, winners = its number there.
void dragoman_max_pool(
    dragoman_engine *engine, dragoman_window w, dragoman_matrix x, dragoman_matrix y,
    dragoman_matrix winners);
/// x = the gradient of x.
void dragoman_max_pool_backward(
    dragoman_engine *engine, dragoman_window w, dragoman_matrix gradient, dragoman_matrix winners,
    dragoman_matrix x);

/// Rows of the partial sums of so many rows.
ptrdiff_t dragoman_batch_blocks(ptrdiff_t rows);
/// statistics = mean, 1 / √(variance + ε), unbiased variance of each column; partials are [blocks, 2 · columns].
void dragoman_batch_statistics(
    dragoman_engine *engine, dragoman_matrix x, float epsilon, dragoman_matrix partials,
    dragoman_matrix statistics);
/// The same rows of a mean and a variance that are given.
void dragoman_batch_running(
    dragoman_engine *engine, dragoman_matrix mean, dragoman_matrix variance, float epsilon,
    dragoman_matrix statistics);
/// y = gain ⊙ x̂ + bias.
void dragoman_batch_normalize(
    dragoman_engine *engine, dragoman_matrix x, dragoman_matrix statistics, dragoman_matrix gain,
    dragoman_matrix bias, dragoman_matrix y);
/// totals = Σ gradient, Σ gradient ⊙ x̂, and both divided by the rows.
void dragoman_batch_totals(
    dragoman_engine *engine, dragoman_matrix gradient, dragoman_matrix x,
    dragoman_matrix statistics, dragoman_matrix partials, dragoman_matrix totals);
/// gradient := that of x; `moving`: whether x moves its statistics.
void dragoman_batch_backward(
    dragoman_engine *engine, dragoman_matrix gradient, dragoman_matrix x,
    dragoman_matrix statistics, dragoman_matrix gain, dragoman_matrix totals, bool moving);

/// y = x ⊙ the factors of the image, `pixels` rows each; y may be x.
void dragoman_scale_channels(
    dragoman_engine *engine, dragoman_matrix x, dragoman_matrix factors, ptrdiff_t pixels,
    dragoman_matrix y);
/// sums[image] = Σ a ⊙ b over its pixels.
void dragoman_channel_products(
    dragoman_engine *engine, dragoman_matrix a, dragoman_matrix b, ptrdiff_t pixels,
    dragoman_matrix sums);
/// to = fromᵀ, of few numbers.
void dragoman_transpose(dragoman_matrix from, dragoman_matrix to);

// The optimizer.

/// Σ m[i, j]², in partial sums of Double whose limits depend on the shape alone.
double dragoman_sum_of_squares(dragoman_engine *engine, dragoman_matrix m);
/// m *= factor.
void dragoman_scale(dragoman_engine *engine, dragoman_matrix m, float factor);

/// The numbers of one step of Adam; `rate` and `root` hold the bias corrections, rest is 1 − β.
typedef struct {
  float scale, rate, rest1, rest2, epsilon, root;
} dragoman_adam_step;
/// g = scale·gradients; m += (1 − β₁)(g − m); v += (1 − β₂)(g² − v); w −= rate · m / (√v · root + ε).
void dragoman_adam(
    dragoman_engine *engine, dragoman_matrix weights, dragoman_matrix gradients,
    dragoman_matrix first, dragoman_matrix second, dragoman_adam_step step);
/// v = momentum·v + scale·gradients; w −= rate·v.
void dragoman_momentum(
    dragoman_engine *engine, dragoman_matrix weights, dragoman_matrix gradients,
    dragoman_matrix velocity, float scale, float rate, float momentum);
/// m += share · (target − m).
void dragoman_approach(
    dragoman_engine *engine, dragoman_matrix m, dragoman_matrix target, float share);

// Benchmarks.

/// Runs `rounds` of independent fused multiply-adds on every thread, writes a number per thread to `row`, and returns
/// how many floating-point operations that were.
double dragoman_peak(dragoman_engine *engine, ptrdiff_t rounds, float *row);
/// Reads m once; row[i] is the sum of its row i, but for the last columns where they are no multiple of 64.
void dragoman_read_all(dragoman_engine *engine, dragoman_matrix m, float *row);

#endif
