// e^x, ln x, tanh x and 1/(1 + e^−x): each one sequence of correctly rounded operations, so that the
// bits are the same everywhere. Errors in units of the last place are measured in FunctionTests.swift.

/// 1.5·2²³: adding it rounds a small float to an integer, which then stands in the low bits.
#define ROUNDER 0x1.8p23f

/// e^r − 1 − r divided by r², |r| ≤ ln 2 / 2.
INLINE wide exp_tail(wide r) {
  wide p = splat(0x1.a0d2cep-13f);
  p = fma_wide(p, r, splat(0x1.6e879cp-10f));
  p = fma_wide(p, r, splat(0x1.1112100p-7f));
  p = fma_wide(p, r, splat(0x1.5553820p-5f));
  p = fma_wide(p, r, splat(0x1.555554p-3f));
  return fma_wide(p, r, splat(0.5f));
}

/// x = n ln 2 + r: returns r, and n as an integer.
INLINE wide reduce(wide x, wide_int *n) {
  const wide shifted = fma_wide(x, splat(0x1.715476p+0f), splat(ROUNDER));
  const wide whole = shifted - splat(ROUNDER);
  *n = bits(shifted) - bits(splat(ROUNDER));
  // ln 2 in two parts: the first has few digits, so its product with n is exact.
  const wide r = fma_wide(whole, splat(-0x1.62e400p-1f), x);
  return fma_wide(whole, splat(-0x1.7f7d1cp-20f), r);
}

/// 2^n, −126 ≤ n ≤ 127.
INLINE wide power_of_two(wide_int n) { return from_bits((n + 127) << 23); }

/// e^x; +∞ beyond the greatest float, 0 below the least normal one.
INLINE wide exp_wide(wide x) {
  x = choose(x > splat(89.0f), splat(89.0f), x);
  x = choose(x < splat(-104.0f), splat(-104.0f), x);
  wide_int n;
  const wide r = reduce(x, &n);
  const wide p = fma_wide(r * r, exp_tail(r), r) + splat(1.0f);
  // In two steps, since 2^128 is no float but e^88.7 is.
  const wide_int first = n >> 1;
  return p * power_of_two(first) * power_of_two(n - first);
}

/// 1 / (1 + e^−x).
INLINE wide sigmoid_wide(wide x) { return splat(1.0f) / (splat(1.0f) + exp_wide(-x)); }

/// tanh x. Up to 0.65 it is x + x z P(z) with z = x², P minimax there, since 1 − 2 / (e^2x + 1) would lose digits; from
/// there on it is that, with the sign of x.
INLINE wide tanh_wide(wide x) {
  const wide_int sign = (wide_int)INT32_MIN;
  const wide a = from_bits(bits(x) & ~sign);
  const wide z = x * x;
  wide p = splat(2.0646676421e-3f);
  p = fma_wide(p, z, splat(-8.0919712782e-3f));
  p = fma_wide(p, z, splat(2.1666347980e-2f));
  p = fma_wide(p, z, splat(-5.3940564394e-2f));
  p = fma_wide(p, z, splat(1.3333158195e-1f));
  p = fma_wide(p, z, splat(-3.3333328366e-1f));
  const wide near = fma_wide(p * z, a, a);
  const wide far = splat(1.0f) - splat(2.0f) / (exp_wide(a + a) + splat(1.0f));
  return from_bits(bits(choose(a < splat(0.65f), near, far)) | (bits(x) & sign));
}

/// ln x; −∞ at 0, NaN below.
INLINE wide log_wide(wide x) {
  // x = 2^e · m with √½ ≤ m < √2.
  const wide_int e = (bits(x) - 0x3f3504f3) >> 23;
  const wide f = from_bits(bits(x) - (e << 23)) - splat(1.0f);
  const wide exponent = __builtin_convertvector(e, wide);
  wide p = splat(7.0376836292e-2f);
  p = fma_wide(p, f, splat(-1.1514610310e-1f));
  p = fma_wide(p, f, splat(1.1676998740e-1f));
  p = fma_wide(p, f, splat(-1.2420140846e-1f));
  p = fma_wide(p, f, splat(1.4249322787e-1f));
  p = fma_wide(p, f, splat(-1.6668057665e-1f));
  p = fma_wide(p, f, splat(2.0000714765e-1f));
  p = fma_wide(p, f, splat(-2.4999993993e-1f));
  p = fma_wide(p, f, splat(3.3333331174e-1f));
  const wide square = f * f;
  wide y = fma_wide(f * square, p, exponent * splat(-2.12194440e-4f));
  y = fma_wide(square, splat(-0.5f), y) + f;
  y = fma_wide(exponent, splat(0.693359375f), y);
  const wide infinity = splat(__builtin_inff());
  y = choose(x == infinity, x, y);
  y = choose(x == splat(0.0f), -infinity, y);
  return choose((x < splat(0.0f)) | (x != x), splat(__builtin_nanf("")), y);
}

/// ln x of one float, the same bits.
INLINE float log_one(float x) { return log_wide(splat(x))[0]; }
