#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/syscall.h>
#endif

/// Lets two paths change places, in one step; -1 where the system or the file system cannot.
static inline int exchange_paths(const char *one, const char *other) {
#ifdef __linux__
  // glibc shows its own function to GNU sources only; 2 is RENAME_EXCHANGE.
  return (int)syscall(SYS_renameat2, AT_FDCWD, one, AT_FDCWD, other, 2);
#elif defined(__APPLE__)
  return renamex_np(one, other, RENAME_SWAP);
#else
  (void)one;
  (void)other;
  return -1;
#endif
}
