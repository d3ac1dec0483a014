#ifndef CPRIMITIVES_H
#define CPRIMITIVES_H

#include <stdint.h>

// What the reading of lines needs of the processor and Swift cannot say; each is a few instructions that are
// compiled into their callers.

/// Asks for the memory at an address before it is needed; harmless wherever it points.
static inline void primitivePrefetch(const void *address) { __builtin_prefetch(address); }

#if defined(__SSE2__)
#include <emmintrin.h>

/// Returns where the plain bytes of a JSON string end: at the first quote, backslash or control character.
///
/// `highBits` is no longer zero once any byte before that is 0x80 or above. Up to 15 bytes behind the end are read.
static inline const uint8_t *primitivePlainEnd(const uint8_t *start, uint64_t *highBits) {
  const __m128i quote = _mm_set1_epi8(0x22);
  const __m128i slash = _mm_set1_epi8(0x5c);
  const __m128i control = _mm_set1_epi8(0x1f);
  for (;;) {
    const __m128i bytes = _mm_loadu_si128((const __m128i *)start);
    const __m128i stops =
        _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, slash)),
                     _mm_cmpeq_epi8(_mm_min_epu8(bytes, control), bytes));
    const uint32_t stopBits = (uint32_t)_mm_movemask_epi8(stops);
    const uint32_t high = (uint32_t)_mm_movemask_epi8(bytes);
    if (stopBits != 0) {
      *highBits |= high & (stopBits ^ (stopBits - 1)) >> 1;
      return start + __builtin_ctz(stopBits);
    }
    *highBits |= high;
    start += 16;
  }
}
#endif

#endif
