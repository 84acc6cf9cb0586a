// Sixteen floats, and the functions of them that all kernels share; compiled once per instruction set.
//
// A vector of sixteen is one register of AVX-512, two of AVX2 and four of NEON: the compiler splits it, the
// arithmetic of each lane stays the same.

typedef float vf __attribute__((ext_vector_type(16)));
typedef int32_t vi __attribute__((ext_vector_type(16)));
typedef uint32_t vu __attribute__((ext_vector_type(16)));
typedef float vf_unaligned __attribute__((ext_vector_type(16), aligned(4)));

#define INLINE static inline __attribute__((always_inline))
#define LANES 16

INLINE vf load(const float *p) { return *(const vf_unaligned *)p; }
INLINE void store(float *p, vf v) { *(vf_unaligned *)p = v; }

// The first n of sixteen; the others are 0.
INLINE vf load_some(const float *p, ptrdiff_t n) {
  if (n >= LANES) return load(p);
  vf v = 0;
  memcpy(&v, p, (size_t)n * sizeof(float));
  return v;
}
INLINE void store_some(float *p, vf v, ptrdiff_t n) {
  if (n >= LANES) store(p, v);
  else memcpy(p, &v, (size_t)n * sizeof(float));
}

INLINE vf fma_(vf a, vf b, vf c) { return __builtin_elementwise_fma(a, b, c); }
INLINE vf pick(vi mask, vf a, vf b) { return (vf)((mask & (vi)a) | (~mask & (vi)b)); }
INLINE vf max_(vf a, vf b) { return pick(a > b, a, b); }

// The sum of the lanes, by halves.
INLINE float sum(vf v) {
  for (int half = 8; half >= 1; half /= 2)
    for (int i = 0; i < half; i++) v[i] += v[i + half];
  return v[0];
}
INLINE float maximum(vf v) {
  for (int half = 8; half >= 1; half /= 2)
    for (int i = 0; i < half; i++) v[i] = v[i] > v[i + half] ? v[i] : v[i + half];
  return v[0];
}

// e^x, within 2 units in the last place; below −87.3 it is 0, above 88.7 infinite, NaN stays NaN.
// x = n ln 2 + r with |r| ≤ ln 2 / 2; e^r = 1 + r + r² P(r), P of degree 5, minimax on that interval.
INLINE vf exp_(vf x) {
  x = pick(x > 89.0f, (vf)89.0f, x);
  x = pick(x < -104.0f, (vf)-104.0f, x);
  const vf magic = 12582912.0f;  // 1.5 · 2²³: adding it rounds to an integer
  vf t = fma_(x, 1.44269504088896341f, magic);
  vi n = (vi)t - (vi)magic;
  vf whole = t - magic;
  vf r = fma_(whole, -0.693145751953125f, x);
  r = fma_(whole, -1.4286068203e-06f, r);
  vf p = 1.9918526232e-04f;
  p = fma_(p, r, 1.3946176041e-03f);
  p = fma_(p, r, 8.3332639188e-03f);
  p = fma_(p, r, 4.1666269302e-02f);
  p = fma_(p, r, 1.6666667163e-01f);
  p = fma_(p, r, 0.5f);
  vf y = fma_(p, r * r, r) + 1.0f;
  // 2^n in two halves, since n may be 128 or −150.
  vi low = n >> 1, high = n - low;
  vf a = (vf)((low + 127) << 23), b = (vf)((high + 127) << 23);
  return y * a * b;
}

// tanh x, within 3 units in the last place. Near 0 it is x + x z P(z) with z = x², elsewhere
// 1 − 2 / (e^{2|x|} + 1) with the sign of x.
INLINE vf tanh_(vf x) {
  vf positive = (vf)((vi)x & 0x7fffffff);
  vf z = x * x;
  vf p = 2.0646676421e-03f;
  p = fma_(p, z, -8.0919712782e-03f);
  p = fma_(p, z, 2.1666347980e-02f);
  p = fma_(p, z, -5.3940564394e-02f);
  p = fma_(p, z, 1.3333158195e-01f);
  p = fma_(p, z, -3.3333328366e-01f);
  vf near = fma_(p * z, x, x);
  vf far = 1.0f - 2.0f / (exp_(positive + positive) + 1.0f);
  far = (vf)((vi)far | ((vi)x & (int32_t)0x80000000));
  return pick(positive < 0.65f, near, far);
}

// 1 / (1 + e^−x), within 3 units in the last place.
INLINE vf sigmoid_(vf x) { return 1.0f / (1.0f + exp_(-x)); }
