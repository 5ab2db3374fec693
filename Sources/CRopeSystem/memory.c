#define _GNU_SOURCE
#include "CRopeSystem.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

static void say(const char *text) {
  if (write(2, text, strlen(text)) < 0) return;
}

static const int faults[] = {SIGSEGV, SIGILL, SIGABRT, SIGTRAP};
enum { fault_count = sizeof faults / sizeof *faults };

static void on_fault(int number) {
  (void)number;
  say("ropescope: it ended by a fault, most likely for want of memory: the address space is limited (ulimit -v)\n");
  _exit(2);
}

struct gate {
  pthread_mutex_t lock;
  pthread_cond_t opens;
  int is_open;
};

static void *wait_at(void *context) {
  struct gate *gate = context;
  pthread_mutex_lock(&gate->lock);
  while (!gate->is_open) pthread_cond_wait(&gate->opens, &gate->lock);
  pthread_mutex_unlock(&gate->lock);
  return NULL;
}

/* Whether as many threads can live at once as will be asked for. libdispatch waits for ever for one that cannot be. */
static int can_make_threads(void) {
  enum { most = 65 };
  long processors = sysconf(_SC_NPROCESSORS_ONLN);
  int count = processors < 1 ? 2 : processors >= most ? most : (int)processors + 1;
  struct gate gate = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0};
  pthread_t threads[most];
  int made = 0, code = 0;
  while (made < count && (code = pthread_create(&threads[made], NULL, wait_at, &gate)) == 0) made++;
  pthread_mutex_lock(&gate.lock);
  gate.is_open = 1;
  pthread_cond_broadcast(&gate.opens);
  pthread_mutex_unlock(&gate.lock);
  for (int thread = 0; thread < made; thread++) pthread_join(threads[thread], NULL);
  return code == 0;
}

void rope_memory_install(void) {
  struct rlimit limit;
  int is_limited = getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY;
#ifdef __GLIBC__
  /* Each thread would ask for 64 MiB of addresses of its own, and again with every allocation where it gets none. */
  if (is_limited) mallopt(M_ARENA_MAX, 1);
#endif
  if (!can_make_threads()) {
    say("ropescope: the system gives no more threads: too little memory, or a limit (ulimit -v, ulimit -u)\n");
    _exit(2);
  }
  if (!is_limited) return;
  for (int fault = 0; fault < fault_count; fault++) signal(faults[fault], on_fault);
}

bool rope_memory_has(size_t bytes) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return true;
  void *start = mmap(NULL, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANON, -1, 0);
  if (start == MAP_FAILED) return false;
  munmap(start, bytes);
  return true;
}

void rope_memory_uninstall(void) {
  for (int fault = 0; fault < fault_count; fault++) signal(faults[fault], SIG_DFL);
}
