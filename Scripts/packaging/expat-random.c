/* arc4random_buf for a libexpat that is linked anew from its own archive: the one function that ties it to glibc 2.36. */
#include <stddef.h>
#include <stdlib.h>
#include <sys/random.h>

__attribute__((visibility("hidden"))) void arc4random_buf(void *buffer, size_t size);

void arc4random_buf(void *buffer, size_t size) {
  char *place = buffer;
  while (size > 0) {
    ssize_t written = getrandom(place, size, 0);
    if (written < 0) continue; /* A signal came first. */
    place += written;
    size -= (size_t)written;
  }
}
