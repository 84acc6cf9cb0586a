// The kernels for AVX-512: 32 registers of 16 floats.
#include <math.h>
#include <string.h>

#include "dragoman_kernels.h"

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma"))), apply_to = function)
#define TILE_ROWS 14
#define TILE_VECTORS 2
#define KERNELS_NAME "avx512"
#include "kernels.inc.h"
#pragma clang attribute pop

const dragoman_kernels *dragoman_kernels_avx512(void) { 
  __builtin_cpu_init();
  int has = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
            __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("fma");
  return has ? &table : 0;
 }
#else
const dragoman_kernels *dragoman_kernels_avx512(void) { return 0; }
#endif
