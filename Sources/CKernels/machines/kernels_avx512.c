// The kernels for AVX-512: Intel servers since Skylake, AMD since Zen 4.
#if defined(__x86_64__)
#include <immintrin.h>

#include "../table.h"

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,fma,no-prefer-256-bit"))), \
    apply_to = function)
#define LANES 16
#define TILE_ROWS 14
#define TILE_VECTORS 2
#define GROUP_ROWS 112
#define STEP 512
#define TABLE dragoman_kernels_avx512
#define AVX512_TAILS
#include "kernels.inc.h"
#pragma clang attribute pop
#endif
