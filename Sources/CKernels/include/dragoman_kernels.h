#ifndef DRAGOMAN_KERNELS_H
#define DRAGOMAN_KERNELS_H
int dragoman_placeholder(void);
#endif
