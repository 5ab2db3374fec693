// What the files of loops share: sixteen numbers at a time, and a function for each kind of machine.
#ifndef LANES_H
#define LANES_H

#include <string.h>  // says whether the C library is one that chooses among clones

#if defined(__x86_64__) && defined(__linux__) && defined(__GLIBC__)
#define CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define CLONES
#endif
#define INLINE static inline __attribute__((always_inline))

// Sixteen lanes, so that every build adds in the same order; narrower machines take them in parts.
enum { LANES = 16 };
typedef float lanes __attribute__((vector_size(64), aligned(4)));
typedef int mask __attribute__((vector_size(64), aligned(4)));
typedef double wide_lanes __attribute__((vector_size(64), aligned(8)));

// Lanes are handed on by address: a vector as an argument would have another calling convention in each clone.
#define LOAD(p) (*(const lanes *)(p))
#define STORE(p, v) (*(lanes *)(p) = (v))

#endif
