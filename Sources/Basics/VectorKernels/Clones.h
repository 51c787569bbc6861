#ifndef UNDERSTUDY_CLONES_H
#define UNDERSTUDY_CLONES_H

// A kernel marked CLONES is compiled for each width of instructions; the loader picks the widest that the processor has.
#if defined(__x86_64__) && defined(__linux__)
#define CLONES __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define CLONES
#endif

#define INLINE static inline __attribute__((always_inline))

#endif
