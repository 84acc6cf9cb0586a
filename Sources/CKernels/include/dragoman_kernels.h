// The kernels of Dragoman: products, pointwise functions, attention over ragged memory, optimizer steps.
//
// Rules, ranked:
//  1. Equal bits. An element of a product is one chain of fused multiply-adds in increasing k; any other
//     sum has 16 lanes and a fixed tree; functions are one sequence of operations. So a result depends on
//     neither instruction set nor tile nor thread count.
//  2. Every function works on a range (rows, spans, columns, elements); who splits work among threads
//     splits it by output.
//  3. Speed.
//
// Every matrix is row-major; `ld…` is the distance between rows in floats.
#ifndef DRAGOMAN_KERNELS_H
#define DRAGOMAN_KERNELS_H

#include <stddef.h>
#include <stdint.h>

// Which query rows look at which source rows.
typedef struct dragoman_span {
  int32_t query_start, query_count, source_start, source_count;
} dragoman_span;

// The key of a dropout's mask: see `dropout` below.
typedef struct dragoman_dropout_key {
  uint64_t seed, update;
  uint32_t place;
} dragoman_dropout_key;

// How the chains of a product begin.
enum { DRAGOMAN_FROM_ZERO = 0, DRAGOMAN_FROM_C = 1, DRAGOMAN_FROM_BIAS = 2 };

// C[m, n] = start + A·B. A is packed or plain, with strides between its rows and its columns, one of
// which is 1; likewise B, unless `packed_b` holds it in panels.
typedef struct dragoman_product {
  ptrdiff_t m, n, k;
  const float *a;
  ptrdiff_t a_row, a_column;
  const float *b;
  ptrdiff_t b_row, b_column;
  const float *packed_b;  // whole k × n matrix in panels; NULL if b is plain
  float *c;
  ptrdiff_t ldc;
  int start;
  const float *bias;
} dragoman_product;

// One instruction set's functions.
typedef struct dragoman_kernels {
  const char *name;
  int panel;  // columns of a panel of packed B
  // Floats of scratch that one thread needs for `product`.
  ptrdiff_t scratch;
  void (*product)(const dragoman_product *p, float *scratch);
  // Packs columns of a k × n matrix, from column `first` (a multiple of `panel`) up to `last`.
  void (*pack)(ptrdiff_t k, ptrdiff_t n, const float *b, ptrdiff_t b_row, ptrdiff_t b_column, ptrdiff_t first,
               ptrdiff_t last, float *packed);

  void (*tanh)(ptrdiff_t rows, ptrdiff_t columns, float *x, ptrdiff_t ldx);
  void (*tanh_backward)(ptrdiff_t rows, ptrdiff_t columns, float *g, ptrdiff_t ldg, const float *y, ptrdiff_t ldy);
  // y = f(x) for tests: 0 exp, 1 tanh, 2 sigmoid.
  void (*function)(int which, ptrdiff_t count, const float *x, float *y);
  void (*add)(ptrdiff_t rows, ptrdiff_t columns, const float *x, ptrdiff_t ldx, float *y, ptrdiff_t ldy);
  void (*scale)(ptrdiff_t count, float factor, float *x);
  // row[j] += Σᵢ a[i, j], one chain per column.
  void (*column_sums)(ptrdiff_t rows, ptrdiff_t columns, const float *a, ptrdiff_t lda, float *row);
  // Element e = row·columns + column is kept iff word e mod 4 of Philox4x32-10 with counter
  // (e / 4 low, e / 4 high, place, update high) and key (seed low ^ update low, seed high) is ≥ threshold.
  void (*dropout)(ptrdiff_t rows, ptrdiff_t columns, float *x, ptrdiff_t ldx, uint64_t first_element,
                  uint32_t threshold, float factor, dragoman_dropout_key key);

  void (*gru_forward)(ptrdiff_t rows, ptrdiff_t hidden, float *a, ptrdiff_t lda, const float *c, ptrdiff_t ldc,
                      const float *h, ptrdiff_t ldh, float *next, ptrdiff_t ldn);
  void (*gru_backward)(ptrdiff_t rows, ptrdiff_t hidden, float *a, ptrdiff_t lda, float *c, ptrdiff_t ldc,
                       const float *h, ptrdiff_t ldh, const float *g, ptrdiff_t ldg, float *sg, ptrdiff_t ldsg);
  void (*lstm_forward)(ptrdiff_t rows, ptrdiff_t hidden, float *a, ptrdiff_t lda, const float *c, ptrdiff_t ldc,
                       const float *cell, ptrdiff_t ldcell, float *next_cell, ptrdiff_t ldnc, float *next,
                       ptrdiff_t ldn);
  void (*lstm_backward)(ptrdiff_t rows, ptrdiff_t hidden, float *a, ptrdiff_t lda, const float *cell,
                        ptrdiff_t ldcell, const float *next_cell, ptrdiff_t ldnc, const float *g, ptrdiff_t ldg,
                        float *cg, ptrdiff_t ldcg);

  // losses[i] = −log softmax(x[i])[targets[i]]; with `write`, x becomes (softmax − onehot)·scale.
  void (*cross_entropy)(ptrdiff_t rows, ptrdiff_t columns, float *x, ptrdiff_t ldx, const int32_t *targets,
                        float *losses, int write, float scale);
  void (*log_softmax)(ptrdiff_t rows, ptrdiff_t columns, float *x, ptrdiff_t ldx);
  // The lowest index of each row's maximum and, unless scores is NULL, its log softmax.
  void (*best)(ptrdiff_t rows, ptrdiff_t columns, const float *x, ptrdiff_t ldx, int32_t *tokens, float *scores);

  void (*ragged_dot)(const dragoman_span *spans, ptrdiff_t count, ptrdiff_t width, const float *q, ptrdiff_t ldq,
                     const float *m, ptrdiff_t ldm, float *scores, ptrdiff_t lds);
  void (*ragged_combine)(const dragoman_span *spans, ptrdiff_t count, ptrdiff_t width, const float *w, ptrdiff_t ldw,
                         const float *m, ptrdiff_t ldm, float *out, ptrdiff_t ldo, int adding);
  void (*ragged_combine_transposed)(const dragoman_span *spans, ptrdiff_t count, ptrdiff_t width, const float *w,
                                    ptrdiff_t ldw, const float *q, ptrdiff_t ldq, float *m, ptrdiff_t ldm);
  void (*ragged_softmax)(const dragoman_span *spans, ptrdiff_t count, ptrdiff_t limit, ptrdiff_t columns, float *s,
                         ptrdiff_t lds);
  void (*ragged_softmax_backward)(const dragoman_span *spans, ptrdiff_t count, ptrdiff_t limit, ptrdiff_t columns,
                                  float *g, ptrdiff_t ldg, const float *w, ptrdiff_t ldw);
  void (*additive_scores)(const dragoman_span *spans, ptrdiff_t count, ptrdiff_t width, const float *q, ptrdiff_t ldq,
                          const float *keys, ptrdiff_t ldk, const float *v, float *scores, ptrdiff_t lds);
  void (*additive_backward)(const dragoman_span *spans, ptrdiff_t count, ptrdiff_t width, const float *g,
                            ptrdiff_t ldg, const float *q, ptrdiff_t ldq, const float *keys, ptrdiff_t ldk,
                            const float *v, float *dq, ptrdiff_t lddq, float *dk, ptrdiff_t lddk, float *partials,
                            ptrdiff_t ldp);

  double (*sum_of_squares)(ptrdiff_t count, const float *x);
  void (*adam)(ptrdiff_t count, float *w, const float *g, float *m, float *v, float scale, float rate, float beta1,
               float beta2, float root, float epsilon);
  void (*momentum)(ptrdiff_t count, float *w, const float *g, float *u, float scale, float rate, float mu);

  // For benchmarks: as many fused multiply-adds as the units take, `peak_operations` floating-point operations per
  // round; and reading memory.
  float (*peak)(ptrdiff_t rounds);
  ptrdiff_t peak_operations;
  float (*read_all)(ptrdiff_t count, const float *x);
} dragoman_kernels;

// The functions of an instruction set, or NULL where this machine or build lacks it.
const dragoman_kernels *dragoman_kernels_portable(void);
const dragoman_kernels *dragoman_kernels_neon(void);
const dragoman_kernels *dragoman_kernels_avx2(void);
const dragoman_kernels *dragoman_kernels_avx512(void);

// Four words of Philox4x32-10 (Salmon et al. 2011) for a counter and a key.
void dragoman_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t words[4]);

// A fixed pool of threads. `run` calls task(context, part) for every part in 0..<parts, on this thread and
// the pool's, with denormals flushed to zero, and returns when all are done. A call while another thread's
// is under way does all parts itself.
typedef struct dragoman_pool dragoman_pool;
dragoman_pool *dragoman_pool_create(int threads);
void dragoman_pool_destroy(dragoman_pool *pool);
void dragoman_pool_run(dragoman_pool *pool, int parts, void (*task)(void *context, int part), void *context);

#endif
