#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <string.h>

#include "CExplorer.h"

const unsigned char *find_bytes(
    const unsigned char *bytes, size_t count, const unsigned char *part, size_t part_count) {
  return memmem(bytes, count, part, part_count);
}
