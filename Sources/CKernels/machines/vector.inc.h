// Vectors: sixteen virtual lanes, whatever the registers are.
//
// A sum over columns keeps sixteen partial sums, column j in lane j mod 16, and adds them up in one fixed
// tree. So a sum has the same bits on every instruction set. The compiler splits a `wide` into the
// registers that there are.
#define INLINE static inline __attribute__((always_inline, unused))

typedef float wide __attribute__((ext_vector_type(16)));
typedef float half __attribute__((ext_vector_type(8)));
typedef float quarter __attribute__((ext_vector_type(4)));
typedef float pair __attribute__((ext_vector_type(2)));
typedef int32_t wide_int __attribute__((ext_vector_type(16)));
typedef uint32_t wide_word __attribute__((ext_vector_type(16)));
typedef uint64_t wide_long __attribute__((ext_vector_type(16)));
typedef double wide_double __attribute__((ext_vector_type(16)));

/// One register.
typedef float vec __attribute__((ext_vector_type(LANES)));

INLINE float *row_of(dragoman_matrix m, ptrdiff_t row) { return m.at + row * m.stride; }

INLINE ptrdiff_t at_most(ptrdiff_t a, ptrdiff_t b) { return a < b ? a : b; }

INLINE wide splat(float x) { return (wide)x; }

INLINE wide_int bits(wide x) { return __builtin_bit_cast(wide_int, x); }

INLINE wide from_bits(wide_int x) { return __builtin_bit_cast(wide, x); }

/// a·b + c, rounded once.
INLINE wide fma_wide(wide a, wide b, wide c) { return __builtin_elementwise_fma(a, b, c); }

/// `yes` where `mask` is −1 and `no` where it is 0.
INLINE wide choose(wide_int mask, wide yes, wide no) {
  return from_bits((bits(yes) & mask) | (bits(no) & ~mask));
}

/// The first `n` of 16 floats, the others 0.
INLINE wide load_some(const float *p, ptrdiff_t n) {
#if defined(AVX512_TAILS)
  return (wide)_mm512_maskz_loadu_ps((__mmask16)((1u << n) - 1), p);
#elif defined(AVX2_TAILS)
  const __m256i lane = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
  half low = (half)_mm256_maskload_ps(p, _mm256_cmpgt_epi32(_mm256_set1_epi32((int)n), lane));
  half high = (half)0.0f;
  if (n > 8) {
    high =
        (half)_mm256_maskload_ps(p + 8, _mm256_cmpgt_epi32(_mm256_set1_epi32((int)n - 8), lane));
  }
  return __builtin_shufflevector(low, high, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
#else
  float buffer[16] = {0};
  for (ptrdiff_t i = 0; i < n; i++) buffer[i] = p[i];
  wide result;
  __builtin_memcpy(&result, buffer, sizeof result);
  return result;
#endif
}

/// Writes the first `n` of 16 floats.
INLINE void store_some(float *p, wide x, ptrdiff_t n) {
#if defined(AVX512_TAILS)
  _mm512_mask_storeu_ps(p, (__mmask16)((1u << n) - 1), (__m512)x);
#elif defined(AVX2_TAILS)
  const __m256i lane = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
  _mm256_maskstore_ps(p, _mm256_cmpgt_epi32(_mm256_set1_epi32((int)n), lane), (__m256)x.lo);
  if (n > 8) {
    _mm256_maskstore_ps(
        p + 8, _mm256_cmpgt_epi32(_mm256_set1_epi32((int)n - 8), lane), (__m256)x.hi);
  }
#else
  float buffer[16];
  __builtin_memcpy(buffer, &x, sizeof x);
  for (ptrdiff_t i = 0; i < n; i++) p[i] = buffer[i];
#endif
}

/// 16 floats, or as many as are left (the others 0).
INLINE wide load(const float *p, ptrdiff_t left) {
  if (left < 16) return load_some(p, left);
  wide result;
  __builtin_memcpy(&result, p, sizeof result);
  return result;
}

/// Writes 16 floats, or as many as are left.
INLINE void store(float *p, wide x, ptrdiff_t left) {
  if (left < 16) {
    store_some(p, x, left);
  } else {
    __builtin_memcpy(p, &x, sizeof x);
  }
}

/// The sum of the lanes: halves, quarters, pairs.
INLINE float sum_of(wide x) {
  const half h = x.lo + x.hi;
  const quarter q = h.lo + h.hi;
  const pair p = q.lo + q.hi;
  return p.x + p.y;
}

/// The greatest lane; none may be NaN.
INLINE float greatest_of(wide x) {
  const half h = __builtin_elementwise_max(x.lo, x.hi);
  const quarter q = __builtin_elementwise_max(h.lo, h.hi);
  const pair p = __builtin_elementwise_max(q.lo, q.hi);
  return p.x > p.y ? p.x : p.y;
}

/// The first `left` lanes, and `other` behind them.
INLINE wide lanes_or(wide x, ptrdiff_t left, wide other) {
  const wide_int lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  return choose(lane < (wide_int)(int32_t)at_most(left, 16), x, other);
}
