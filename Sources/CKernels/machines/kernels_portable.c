// The kernels in plain C vectors: the twin that every instruction set is compared with.
#include <math.h>

#include "../table.h"

#define LANES 4
#define TILE_ROWS 4
#define TILE_VECTORS 2
#define GROUP_ROWS 192
#define STEP 256
#define TABLE dragoman_kernels_portable
#define PORTABLE_TAILS
#include "kernels.inc.h"
