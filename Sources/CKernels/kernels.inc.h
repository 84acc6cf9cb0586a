// All kernels of one instruction set, which has defined TILE_ROWS, TILE_VECTORS and KERNELS_NAME.

#pragma clang fp contract(off)
// Vectors are passed between inlined functions only.
#pragma clang diagnostic ignored "-Wpsabi"

#include "vector.inc.h"
#include "product.inc.h"
#include "pointwise.inc.h"
#include "cells.inc.h"
#include "output.inc.h"
#include "attention.inc.h"
#include "machine.inc.h"

static const dragoman_kernels table = {
    .name = KERNELS_NAME,
    .panel = PANEL,
    .scratch = BLOCK_M * TILE_STRIDE + BLOCK_K * BLOCK_N + LANES,
    .product = product,
    .pack = pack,
    .tanh = tanh_rows,
    .tanh_backward = tanh_backward,
    .function = function,
    .add = add,
    .scale = scale,
    .column_sums = column_sums,
    .dropout = dropout,
    .gru_forward = gru_forward,
    .gru_backward = gru_backward,
    .lstm_forward = lstm_forward,
    .lstm_backward = lstm_backward,
    .cross_entropy = cross_entropy,
    .log_softmax = log_softmax,
    .best = best,
    .ragged_dot = ragged_dot,
    .ragged_combine = ragged_combine,
    .ragged_combine_transposed = ragged_combine_transposed,
    .ragged_softmax = ragged_softmax,
    .ragged_softmax_backward = ragged_softmax_backward,
    .additive_scores = additive_scores,
    .additive_backward = additive_backward,
    .sum_of_squares = sum_of_squares,
    .adam = adam,
    .momentum = momentum,
    .peak = peak,
    .peak_operations = 2 * 16 * 12 * TILE_VECTORS,
    .read_all = read_all,
};
