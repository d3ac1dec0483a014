#ifndef C_EXPLORER_H
#define C_EXPLORER_H

#include <stddef.h>

/// A file that the explorer serves, as it stands in `web`.
struct explorer_file {
  const char *name;
  const unsigned char *bytes;
  size_t count;
};

/// All of them, in a row; behind the last stands one without a name.
const struct explorer_file *explorer_files(void);

/// The first place of some bytes within others; a null pointer where there is none.
const unsigned char *find_bytes(
    const unsigned char *bytes, size_t count, const unsigned char *part, size_t part_count);

#endif
