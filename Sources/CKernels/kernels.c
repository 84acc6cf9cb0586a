#include "dragoman_kernels.h"
int dragoman_placeholder(void) { return 0; }
