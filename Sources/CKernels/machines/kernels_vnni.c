// Products of 8-bit integers by AVX-512 VNNI: Intel servers since Cascade Lake, AMD since Zen 4.
#if defined(__x86_64__)
#include <immintrin.h>

#include "../table.h"

#pragma STDC FP_CONTRACT OFF
#pragma clang diagnostic ignored "-Wpsabi"
#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,fma,no-prefer-256-bit"))), \
    apply_to = function)
#define LANES 16
#define AVX512_TAILS
#define SCREEN_VNNI
#include "vector.inc.h"

#include "../products/screen_bounds.inc.h"
#pragma clang attribute pop

dragoman_kernel *const dragoman_screen_bounds_vnni = screen_bounds;
#endif
