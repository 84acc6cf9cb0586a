// A product of few rows by a matrix that stands in whole numbers of eight bits, with a scale for each of its columns.
//
//     c[i][j] = start + a[i][0] · (q[0][j] s[j]) + a[i][1] · (q[1][j] s[j]) + …
//
// One sentence at a time, a product is as fast as its weights come from memory, and these are a quarter of the bytes.
// A number is made again in a register: q becomes a float, exactly, and is multiplied by s, which rounds once, as it was
// when the matrix was made of floats. So every element is the same chain of fused multiply-adds of the same numbers as
// the product by that matrix, and has the same bits. Scaling the sum instead would save the multiplication, which waits
// for memory anyway, and would lose that.
//
// q comes as panels of TILE_COLUMNS bytes per k, the last one filled up with zeros.

/// Bytes of a register's numbers.
typedef int8_t codes __attribute__((ext_vector_type(LANES)));

INLINE vec load_codes(const int8_t *p) {
  codes result;
  __builtin_memcpy(&result, p, sizeof result);
  return __builtin_convertvector(result, vec);
}

/// `rows` × (`panels` · TILE_COLUMNS); the operands are as those of `tile_body`, and rows of a lie `down` floats apart.
INLINE void codes_body(
    const int rows, const int panels, ptrdiff_t k, const float *a, ptrdiff_t down,
    const int8_t *q, const float *scales, const float *start, ptrdiff_t start_stride, float *c,
    ptrdiff_t stride) {
  vec sum[CODES_ROWS][MAXIMUM_WIDE_PANELS * TILE_VECTORS], scale[MAXIMUM_WIDE_PANELS * TILE_VECTORS];
#pragma clang loop unroll(full)
  for (int j = 0; j < panels * TILE_VECTORS; j++) {
    scale[j] = load_vec(scales + j * LANES);
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) sum[i][j] = load_vec(start + i * start_stride + j * LANES);
  }
  const ptrdiff_t panel = k * TILE_COLUMNS;
  for (ptrdiff_t l = 0; l < k; l++) {
#pragma clang loop unroll(full)
    for (int p = 0; p < panels; p++) {
#pragma clang loop unroll(full)
      for (int v = 0; v < TILE_VECTORS; v++) {
        const int j = p * TILE_VECTORS + v;
        const vec right = load_codes(q + p * panel + l * TILE_COLUMNS + v * LANES) * scale[j];
#pragma clang loop unroll(full)
        for (int i = 0; i < rows; i++) {
          sum[i][j] = __builtin_elementwise_fma((vec)a[i * down + l], right, sum[i][j]);
        }
      }
    }
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < rows; i++) {
#pragma clang loop unroll(full)
    for (int j = 0; j < panels * TILE_VECTORS; j++) store_vec(c + i * stride + j * LANES, sum[i][j]);
  }
}

#define CODES(name, rows, panels)                                                               \
  static void name(                                                                             \
      ptrdiff_t k, const float *a, ptrdiff_t down, const int8_t *q, const float *scales,        \
      const float *start, ptrdiff_t start_stride, float *c, ptrdiff_t stride) {                 \
    codes_body(rows, panels, k, a, down, q, scales, start, start_stride, c, stride);            \
  }

CODES(codes_1, 1, 1)
CODES(codes_2, 2, 1)
CODES(codes_3, 3, 1)
CODES(codes_4, 4, 1)
// A single row leaves the multipliers waiting for its sums: several panels at once.
CODES(codes_wide_1, 1, CODES_PANELS)
CODES(codes_wide_2, 2, CODES_PANELS)
