#include "CPrimitives.h"
