#ifndef UNDERSTUDY_VECTOR_KERNELS_H
#define UNDERSTUDY_VECTOR_KERNELS_H

#include <stddef.h>

#endif
