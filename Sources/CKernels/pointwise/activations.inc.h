// The activations of feed-forward layers and their derivatives; equations in Kernels+Activations.swift.
//
// Φ, the normal distribution, is ½ + x S(x²) below 1, and further out computed from its tail Q(a) = Φ(−a), a = |x|, so
// that x Φ(x) keeps its digits where it is tiny: 1 + erf would have lost them. Q(a) = e^(−a²/2) · t P(t) with
// t = 1 / (1 + a/2), as Abramowitz and Stegun (7.1.26) have it for erf. S, of degree 5, is fitted to 3·10⁻¹⁰, and P, of
// degree 7, over 1 ≤ a ≤ 13.5 to 4.4·10⁻⁸ of the value. Errors in units of the last place are measured in
// ActivationsTests.swift.

/// e^(−x²/2). The rounding of x² would be an error of its size in the exponent, so that it is brought in again.
INLINE wide bell(wide x) {
  const wide half_of_it = splat(-0.5f) * x, square = half_of_it * x;
  const wide e = exp_wide(square);
  // Where x² overflows there is no rest to speak of.
  const wide rest = choose(square > splat(-128.0f), fma_wide(half_of_it, x, -square), splat(0.0f));
  return fma_wide(e, rest, e);
}

/// Φ(x), given e^(−x²/2).
INLINE wide normal_distribution(wide x, wide bell_of_x) {
  const wide a = from_bits(bits(x) & INT32_MAX), z = x * x;
  wide s = splat(-7.66467837821e-6f);
  s = fma_wide(s, z, splat(1.13512651296e-4f));
  s = fma_wide(s, z, splat(-1.18635303807e-3f));
  s = fma_wide(s, z, splat(9.97333135456e-3f));
  s = fma_wide(s, z, splat(-6.64903596044e-2f));
  s = fma_wide(s, z, splat(3.98942291737e-1f));
  const wide t = splat(1.0f) / fma_wide(splat(0.5f), a, splat(1.0f));
  wide p = splat(-1.2702305615e-1f);
  p = fma_wide(p, t, splat(3.7203553319e-1f));
  p = fma_wide(p, t, splat(-3.3870124817e-1f));
  p = fma_wide(p, t, splat(4.2108749039e-3f));
  p = fma_wide(p, t, splat(3.9203841239e-2f));
  p = fma_wide(p, t, splat(1.5041680634e-1f));
  p = fma_wide(p, t, splat(1.9945999980e-1f));
  p = fma_wide(p, t, splat(1.9946987927e-1f));
  const wide tail = bell_of_x * (t * p);
  const wide far = choose(x < splat(0.0f), tail, splat(1.0f) - tail);
  return choose(a < splat(1.0f), fma_wide(x, s, splat(0.5f)), far);
}

INLINE wide relu_wide(wide x) { return choose(x > splat(0.0f), x, splat(0.0f)); }

/// −∞ gives 0, which is its limit, and not −∞ · 0.
INLINE wide gelu_wide(wide x) {
  const wide y = x * normal_distribution(x, bell(x));
  return choose(x < splat(-16.0f), splat(0.0f), y);
}

INLINE wide silu_wide(wide x) {
  const wide y = x * sigmoid_wide(x);
  return choose(x < splat(-128.0f), splat(0.0f), y);
}

INLINE wide relu_through(wide gradient, wide x) {
  return choose(x > splat(0.0f), gradient, splat(0.0f));
}

/// δ (Φ(x) + x φ(x)), φ = Φ′ = e^(−x²/2) / √(2π).
INLINE wide gelu_through(wide gradient, wide x) {
  const wide e = bell(x);
  // Past 16 the bell is 0, and so is its product with any x but ∞.
  const wide slope = choose(e > splat(0.0f), x * (e * splat(0.3989422804f)), splat(0.0f));
  return gradient * (normal_distribution(x, e) + slope);
}

/// δ σ (1 + x (1 − σ)).
INLINE wide silu_through(wide gradient, wide x) {
  const wide s = sigmoid_wide(x), rest = splat(1.0f) - s;
  const wide slope = choose(rest > splat(0.0f), x * rest, splat(0.0f));
  return gradient * choose(s > splat(0.0f), s * (splat(1.0f) + slope), splat(0.0f));
}

#define ACTIVATION(name)                                                                   \
  static void name(const struct job *job, struct part part) {                              \
    const dragoman_matrix from = job->m[0], to = job->m[1];                                \
    FOR_ROWS(i) FOR_COLUMNS(j) {                                                           \
      store(row_of(to, i) + j, name##_wide(load(row_of(from, i) + j, LEFT(j))), LEFT(j)); \
    }                                                                                      \
  }                                                                                        \
  static void name##_backward(const struct job *job, struct part part) {                   \
    const dragoman_matrix gradient = job->m[0], x = job->m[1];                             \
    FOR_ROWS(i) FOR_COLUMNS(j) {                                                           \
      float *g = row_of(gradient, i) + j;                                                  \
      const wide d = name##_through(load(g, LEFT(j)), load(row_of(x, i) + j, LEFT(j)));    \
      store(g, d, LEFT(j));                                                                \
    }                                                                                      \
  }

ACTIVATION(relu)
ACTIVATION(gelu)
ACTIVATION(silu)
