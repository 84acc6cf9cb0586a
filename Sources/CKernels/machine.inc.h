// What the machine can do at most, for benchmarks; compiled once per instruction set.

// Runs `rounds` times 24 · 16 independent fused multiply-adds: more chains than latency × units, so that the units
// are always busy. Returns a number that depends on all of them.
static float peak(ptrdiff_t rounds) {
  vf s[12 * TILE_VECTORS];
  const vf a = 0.999f, b = 0.001f;
#pragma clang loop unroll(full)
  for (int i = 0; i < 12 * TILE_VECTORS; i++) s[i] = (float)i;
  for (ptrdiff_t r = 0; r < rounds; r++)
#pragma clang loop unroll(full)
    for (int i = 0; i < 12 * TILE_VECTORS; i++) s[i] = fma_(s[i], a, b);
  vf total = 0;
#pragma clang loop unroll(full)
  for (int i = 0; i < 12 * TILE_VECTORS; i++) total += s[i];
  return sum(total);
}

// Reads memory from its beginning to its end.
static float read_all(ptrdiff_t count, const float *x) {
  vf s[4] = {0, 0, 0, 0};
  for (ptrdiff_t j = 0; j + 4 * LANES <= count; j += 4 * LANES)
    for (int i = 0; i < 4; i++) s[i] += load(x + j + i * LANES);
  return sum((s[0] + s[1]) + (s[2] + s[3]));
}
