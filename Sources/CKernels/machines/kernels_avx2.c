// The kernels for AVX2 and FMA: Intel since Haswell (2013), AMD since Zen (2017).
#if defined(__x86_64__)
#include <immintrin.h>

#include "../table.h"

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define LANES 8
#define TILE_ROWS 6
#define TILE_VECTORS 2
#define GROUP_ROWS 192
#define STEP 256
#define TABLE dragoman_kernels_avx2
#define AVX2_TAILS
#include "kernels.inc.h"
#pragma clang attribute pop
#endif
