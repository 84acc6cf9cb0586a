// The kernels for AVX2 with fused multiply-add: 16 registers of 8 floats.
#include <math.h>
#include <string.h>

#include "dragoman_kernels.h"

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define TILE_ROWS 6
#define TILE_VECTORS 1
#define KERNELS_NAME "avx2"
#include "kernels.inc.h"
#pragma clang attribute pop

const dragoman_kernels *dragoman_kernels_avx2(void) { 
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? &table : 0;
 }
#else
const dragoman_kernels *dragoman_kernels_avx2(void) { return 0; }
#endif
