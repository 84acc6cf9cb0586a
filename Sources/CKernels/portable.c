// The kernels in plain C, for any machine: slow where there is no fused multiply-add, but equal bit by bit.
#include <math.h>
#include <string.h>

#include "dragoman_kernels.h"

#if 1

#define TILE_ROWS 6
#define TILE_VECTORS 1
#define KERNELS_NAME "portable"
#include "kernels.inc.h"


const dragoman_kernels *dragoman_kernels_portable(void) {  return &table;  }
#else
const dragoman_kernels *dragoman_kernels_portable(void) { return 0; }
#endif
