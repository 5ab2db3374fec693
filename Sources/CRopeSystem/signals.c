#define _GNU_SOURCE
#include "CRopeSystem.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static atomic_int asked, holders, tells, writers, followed, passed_to, terminal;
static atomic_llong asked_at;

/* Two signals closer than this are one act: `timeout` and terminals reach a process and its group. */
static const long long same_act = 100000000;

static long long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void say(const char *text) {
  size_t length = strlen(text);
  while (length > 0) {
    ssize_t count = write(2, text, length);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return;
    text += count;
    length -= (size_t)count;
  }
}

static void on_signal(int number) {
  int saved = errno, earlier = 0;
  if (atomic_compare_exchange_strong(&asked, &earlier, number)) {
    atomic_store(&asked_at, now());
    pid_t process = atomic_load(&passed_to);
    if (process > 0) kill(process, number);
    if (!atomic_load(&followed)) {
      if (atomic_load(&holders) > 0) {
        if (atomic_load(&tells)) {
          if (atomic_load(&terminal)) say("\r\033[K");
          say("ropescope: asked to stop; what is under way is finished first, once more ends at once\n");
        }
      } else if (atomic_load(&writers) == 0) {
        _exit(128 + number);
      }
    }
  } else if (!atomic_load(&followed) && now() - atomic_load(&asked_at) > same_act) {
    pid_t process = atomic_load(&passed_to);
    if (process > 0) kill(process, SIGKILL);
    _exit(128 + earlier);
  }
  errno = saved;
}

void rope_signals_install(void) {
  /* The wrong direction, so that a use still fails. */
  for (int descriptor = 0; descriptor <= 2; descriptor++) {
    if (fcntl(descriptor, F_GETFD) < 0 && errno == EBADF) open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY);
  }
  atomic_store(&terminal, isatty(2));
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = on_signal;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  sigaddset(&action.sa_mask, SIGINT);
  sigaddset(&action.sa_mask, SIGTERM);
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
}

int rope_signals_asked(void) { return atomic_load(&asked); }

void rope_signals_hold(bool told) {
  atomic_store(&tells, told);
  atomic_fetch_add(&holders, 1);
}

void rope_signals_release(void) { atomic_fetch_sub(&holders, 1); }

void rope_signals_pass_to(pid_t process) {
  atomic_store(&passed_to, process);
  int number = atomic_load(&asked);
  if (process > 0 && number != 0) kill(process, number);
}

void rope_signals_follow(void) { atomic_store(&followed, 1); }

void rope_writing_begin(void) { atomic_fetch_add(&writers, 1); }

bool rope_writing_is_stopped(void) {
  return atomic_load(&asked) != 0 && atomic_load(&holders) == 0 && atomic_load(&followed) == 0;
}

void rope_writing_end(void) {
  if (atomic_fetch_sub(&writers, 1) == 1 && rope_writing_is_stopped()) _exit(128 + atomic_load(&asked));
}
