// The kernels for 64-bit ARM, whose every processor has NEON.
#if defined(__aarch64__)
#include "../table.h"

#define LANES 4
#define TILE_ROWS 8
#define TILE_VECTORS 3
#define GROUP_ROWS 192
#define STEP 256
#define TABLE dragoman_kernels_neon
#define PORTABLE_TAILS
#include "kernels.inc.h"
#endif
