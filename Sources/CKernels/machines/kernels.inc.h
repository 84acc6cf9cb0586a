// All kernels, compiled once per instruction set by the file that includes this.
//
// That file defines LANES (floats of a vector register), TILE_ROWS and TILE_VECTORS (the tile of the
// products, in rows and registers), GROUP_ROWS and STEP (the part of their left operand that is to stay in
// the second-level cache: rows, and their length), TABLE (the name of the result) and how partial vectors are read.
#pragma STDC FP_CONTRACT OFF
// Functions that take vectors are all inlined, so how they would be passed does not matter.
#pragma clang diagnostic ignored "-Wpsabi"

/// Columns of a tile.
#define TILE_COLUMNS (TILE_VECTORS * LANES)
/// The longest block of either operand.
#define DEPTH 1024
/// Floats from row to row of a tile of the left operand: no two rows share their place in a cache.
#define PANEL_STRIDE (DEPTH + 16)
/// Floats of such a tile.
#define LEFT_TILE (TILE_ROWS * PANEL_STRIDE)

#include "vector.inc.h"

#include "../pointwise/functions.inc.h"

#include "../products/gemm.inc.h"
#include "../products/pack.inc.h"
#include "../products/codes.inc.h"

#include "../pointwise/rows.inc.h"

#include "../pointwise/pointwise.inc.h"
#include "../pointwise/activations.inc.h"
#include "../pointwise/random.inc.h"

#include "../pointwise/cells.inc.h"
#include "../pointwise/normalization.inc.h"

#include "../products/output.inc.h"

#include "../products/screen.inc.h"
#include "../products/screen_bounds.inc.h"

#include "../attention/attention.inc.h"
#include "../attention/coverage.inc.h"
#include "../attention/heads.inc.h"

#include "../convolution/patches.inc.h"
#include "../convolution/taps.inc.h"

#include "../convolution/depthwise.inc.h"
#include "../convolution/pooling.inc.h"

#include "../convolution/batch.inc.h"
#include "../convolution/channels.inc.h"

#include "../pointwise/optimizer.inc.h"

#include "machine.inc.h"

const struct dragoman_kernels TABLE = {
    .tile_rows = TILE_ROWS,
    .tile_columns = TILE_COLUMNS,
    .group_tiles = GROUP_ROWS / TILE_ROWS,
    .step = STEP,
    .depth = DEPTH,
    .left_tile = LEFT_TILE,
    .tile = {{TILE_LIST(rowwise)}, {TILE_LIST(columnwise)}},
    .wide = {tile_wide_1, tile_wide_2, TILE_WIDE_3},
    .wide_panels = {4, 2, 2},
    .codes = {codes_1, codes_2, codes_3, codes_4},
    .codes_wide = {codes_wide_1, codes_wide_2},
    .pack_left = pack_left,
    .pack_right = pack_right,
    .pack_left_patches = pack_left_patches,
    .pack_right_patches = pack_right_patches,
    .gather = gather,
    .scatter = scatter,
    .scatter_add = scatter_add,
    .copy = copy,
    .add = add,
    .fill = fill,
    .column_sums = column_sums,
    .tanh = tanh_forward,
    .tanh_backward = tanh_backward,
    .exp = exp_forward,
    .log = log_forward,
    .sigmoid = sigmoid_forward,
    .sigmoid_backward = sigmoid_backward,
    .dropout = dropout,
    .dropout_rows = dropout_rows,
    .activation = {relu, gelu, silu},
    .activation_backward = {relu_backward, gelu_backward, silu_backward},
    .gru_forward = gru_forward,
    .gru_backward = gru_backward,
    .lstm_forward = lstm_forward,
    .lstm_backward = lstm_backward,
    .ssru_forward = ssru_forward,
    .ssru_backward = ssru_backward,
    .normalize = normalize,
    .normalize_backward = normalize_backward,
    .cross_entropy = cross_entropy,
    .log_softmax = log_softmax,
    .top = top,
    .screen_weights = screen_weights,
    .screen_queries = screen_queries,
    .screen_bounds = screen_bounds,
    .screen_choose = screen_choose,
    .ragged_dot = ragged_dot,
    .ragged_combine = ragged_combine,
    .ragged_combine_transposed = ragged_combine_transposed,
    .ragged_softmax = ragged_softmax,
    .ragged_softmax_backward = ragged_softmax_backward,
    .additive_scores = additive_scores,
    .additive_backward = additive_backward,
    .covered_scores = covered_scores,
    .covered_backward = covered_backward,
    .head_scores = head_scores,
    .head_combine = head_combine,
    .head_normalize = head_normalize,
    .head_normalize_backward = head_normalize_backward,
    .head_clear = head_clear,
    .depthwise = depthwise,
    .depthwise_backward = depthwise_backward,
    .depthwise_weights = depthwise_weights,
    .max_pool = max_pool,
    .max_pool_backward = max_pool_backward,
    .batch_moments = batch_moments,
    .batch_statistics = batch_statistics,
    .batch_running = batch_running,
    .batch_normalize = batch_normalize,
    .batch_products = batch_products,
    .batch_totals = batch_totals,
    .batch_backward = batch_backward,
    .scale_channels = scale_channels,
    .channel_products = channel_products,
    .sum_of_squares = sum_of_squares,
    .scale = scale,
    .adam = adam,
    .momentum = momentum,
    .approach = approach,
    .peak = peak,
    .peak_operations = 2 * LANES * PEAK_CHAINS,
    .read_all = read_all,
};
