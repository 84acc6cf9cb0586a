// The scratch memory of products: blocks of both operands in the order of the tiles.
#ifndef DRAGOMAN_SCRATCH_H
#define DRAGOMAN_SCRATCH_H

#include "table.h"

/// Large blocks of a product: rows of its left operand, floats of its right one.
enum { LEFT_ROWS = 1024, RIGHT_FLOATS = 1 << 20 };

/// Scratch of one thread that multiplies.
struct scratch {
  float *left, *right;
};

/// Scratch for as many threads as may multiply at once.
struct scratches;

/// Scratch for `threads` threads and a few callers beside them; NULL if there is no memory.
struct scratches *scratches_create(const struct dragoman_kernels *kernels, int threads);
void scratches_destroy(struct scratches *scratches);

/// Scratch for the part `index` of the running call, and its return.
struct scratch *scratches_take(struct scratches *scratches, int index);
void scratches_give(struct scratch *scratch);

#endif
