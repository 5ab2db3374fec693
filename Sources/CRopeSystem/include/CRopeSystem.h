/* What must be said in C: signal handlers, which may call next to nothing, and calls that Swift does not import. */
#ifndef CROPESYSTEM_H
#define CROPESYSTEM_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* MARK: SIGINT and SIGTERM */

/* From now on SIGINT and SIGTERM end the program with 130 and 143. Also opens what is closed of descriptors 0 to 2, so
   that no file takes their numbers; reading and writing them still fails. */
void rope_signals_install(void);

/* The first of SIGINT and SIGTERM that came; 0 where none did. */
int rope_signals_asked(void);

/* Between these a first signal is only taken note of (and told on standard error), a second one ends at once. */
void rope_signals_hold(bool tells);
void rope_signals_release(void);

/* Signals are passed on to this process, and SIGKILL with the second; 0 for none. */
void rope_signals_pass_to(pid_t process);

/* In a process whose supervisor decides: signals are taken note of, however many come. */
void rope_signals_follow(void);

/* Between these a signal ends the program only where it leaves nothing behind: at the end, or where the writer looks
   at rope_writing_is_stopped and has cleaned up. Ending may not return. */
void rope_writing_begin(void);
bool rope_writing_is_stopped(void);
void rope_writing_end(void);

/* MARK: Mapped files */

/* Names the file that is mapped at `start`, so that a read beyond its end is told as such. Gives -1 where there is no
   place left, which does no harm. */
int rope_mapped_add(const void *start, size_t length, const char *path);
void rope_mapped_remove(int slot);

/* Where a mapped file has become shorter while it was read, the program says so and ends with 2. */
void rope_mapped_install(void);

/* MARK: Memory */

/* Ends the program with a sentence where it could not go on for want of threads, and lets it end with one, and not by a
   signal, where the address space is limited and it fails for want of memory. */
void rope_memory_install(void);
/* Whether so many bytes of addresses can still be had; always so where they are not limited. */
bool rope_memory_has(size_t bytes);
/* In a process whose supervisor tells its faults. */
void rope_memory_uninstall(void);

/* MARK: Files */

/* Sends what was written to the disk without waiting for it, where the system can. */
void rope_begin_writing_back(int descriptor);
/* Waits until what was written to all these is on the disk; errors[i] is 0 or what descriptors[i] failed with. */
void rope_sync_all(const int *descriptors, int *errors, size_t count);
/* Removes what stands in a folder under the names that begin at starts[i] of `names`; what cannot be removed stays. */
void rope_unlink_all(int folder, const char *names, const size_t *starts, size_t count);
/* Exchanges two entries of folders at once; -1 and errno where the system or the file system cannot. */
int rope_exchange(int folder, const char *name, int other_folder, const char *other_name);
/* Renames where nothing has the new name; falls back to a look and a rename. */
int rope_rename_new(int folder, const char *name, int other_folder, const char *other_name);

#endif
