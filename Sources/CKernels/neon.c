// The kernels for NEON: 32 registers of 4 floats.
#include <math.h>
#include <string.h>

#include "dragoman_kernels.h"

#if defined(__aarch64__)

#define TILE_ROWS 6
#define TILE_VECTORS 1
#define KERNELS_NAME "neon"
#include "kernels.inc.h"


const dragoman_kernels *dragoman_kernels_neon(void) {  return &table;  }
#else
const dragoman_kernels *dragoman_kernels_neon(void) { return 0; }
#endif
