#define _GNU_SOURCE
#include "CRopeSystem.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { slots = 4096 };

static struct {
  /* 0: free, 1: being filled. */
  atomic_uintptr_t start;
  size_t length;
  char *path;
} table[slots];

/* A copy for a terminal: control characters, also of U+0080 to U+009F, and marks of direction are question marks. */
static char *printable(const char *path) {
  char *copy = strdup(path);
  if (!copy) return NULL;
  for (unsigned char *c = (unsigned char *)copy; *c; c++) {
    if (*c < 0x20 || *c == 0x7F) *c = '?';
    else if (*c == 0xC2 && c[1] >= 0x80 && c[1] <= 0x9F) c[0] = c[1] = '?';
    else if (*c == 0xE2 && ((c[1] == 0x80 && ((c[2] >= 0x8B && c[2] <= 0x8F) || (c[2] >= 0xA8 && c[2] <= 0xAE)))
                            || (c[1] == 0x81 && c[2] >= 0xA0 && c[2] <= 0xAF)))
      c[0] = c[1] = c[2] = '?';
  }
  return copy;
}

int rope_mapped_add(const void *start, size_t length, const char *path) {
  for (int slot = 0; slot < slots; slot++) {
    uintptr_t none = 0;
    if (!atomic_compare_exchange_strong(&table[slot].start, &none, 1)) continue;
    table[slot].length = length;
    table[slot].path = printable(path);
    atomic_store(&table[slot].start, (uintptr_t)start);
    return slot;
  }
  return -1;
}

void rope_mapped_remove(int slot) {
  if (slot < 0 || slot >= slots) return;
  char *path = table[slot].path;
  table[slot].path = NULL;
  atomic_store(&table[slot].start, 0);
  free(path);
}

static void say(const char *text) {
  if (write(2, text, strlen(text)) < 0) return;
}

static void on_fault(int number, siginfo_t *info, void *context) {
  (void)context;
  uintptr_t place = (uintptr_t)info->si_addr;
  for (int slot = 0; slot < slots; slot++) {
    uintptr_t start = atomic_load(&table[slot].start);
    if (start <= 1 || place < start || place - start >= table[slot].length) continue;
    say("ropescope: ");
    say(table[slot].path ? table[slot].path : "a file");
    say(": the file became shorter while it was read\n");
    _exit(2);
  }
  /* Not ours: the instruction is run again, and ends as it would have without us. */
  signal(number, SIG_DFL);
}

void rope_mapped_install(void) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = on_fault;
  action.sa_flags = SA_SIGINFO;
  sigemptyset(&action.sa_mask);
  sigaction(SIGBUS, &action, NULL);
#ifdef __APPLE__
  /* Where a page is gone, macOS may say either. */
  sigaction(SIGSEGV, &action, NULL);
#endif
}
