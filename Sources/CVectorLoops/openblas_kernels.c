#define _GNU_SOURCE
#include "vector_loops.h"

#if defined(__x86_64__) && defined(__linux__) && defined(__GLIBC__)
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

// A release of OpenBLAS knows the processors of its day: on a newer one it falls back to kernels for AVX2, at half the
// speed of those for AVX-512 that it also holds. It picks them from OPENBLAS_CORETYPE when it is initialised, which is
// before main; so it is initialised once more.
void openblas_use_widest_kernels(void) {
  static int is_done = 0;
  if (is_done) return;
  is_done = 1;
  if (getenv("OPENBLAS_CORETYPE")) return;
  __builtin_cpu_init();
  if (!__builtin_cpu_supports("avx512f") || !__builtin_cpu_supports("avx512bw") || !__builtin_cpu_supports("avx512dq") ||
      !__builtin_cpu_supports("avx512vl") || !__builtin_cpu_supports("avx512cd"))
    return;
  char *(*core_name)(void) = (char *(*)(void))dlsym(RTLD_DEFAULT, "openblas_get_corename");
  void (*quit)(void) = (void (*)(void))dlsym(RTLD_DEFAULT, "gotoblas_dynamic_quit");
  void (*init)(void) = (void (*)(void))dlsym(RTLD_DEFAULT, "gotoblas_dynamic_init");
  if (!core_name || !quit || !init) return;
  const char *name = core_name();
  if (strcmp(name, "Haswell") != 0 && strcmp(name, "Zen") != 0) return;
  setenv("OPENBLAS_CORETYPE", "SKYLAKEX", 1);
  quit();
  init();
  unsetenv("OPENBLAS_CORETYPE");
}
#else
void openblas_use_widest_kernels(void) {}
#endif
