// Products on one thread, for operations that consist of many small ones.
#ifndef DRAGOMAN_PRODUCTS_H
#define DRAGOMAN_PRODUCTS_H

#include "engine.h"

/// Panels of a right operand in the order of the tiles, each `stride` floats after the one before.
struct panels {
  const float *at;
  ptrdiff_t stride;
};

/// c (+)= op(a) · op(b) (+ bias), sums of length k; b may be there in panels (`at` not NULL) and is not read then. With
/// a window, the matrix of images stands for that of their patches, and is not transposed.
struct product {
  dragoman_engine *engine;
  dragoman_matrix a, b, c;
  bool a_transposed, b_transposed;
  const dragoman_window *a_window, *b_window;
  struct panels packed;
  const float *bias;
  bool adding;
  ptrdiff_t k;
  /// How it is cut, where threads share it.
  int row_parts, column_parts;
};

/// Computes all of it on the calling thread.
void multiply_alone(const struct product *p, struct scratch *scratch);
/// Puts op(b) in order in the scratch memory, for products that follow; `at` is NULL where it does not fit, and these
/// then read b itself.
struct panels pack_alone(
    const dragoman_engine *engine, dragoman_matrix b, bool transposed, struct scratch *scratch);

#endif
