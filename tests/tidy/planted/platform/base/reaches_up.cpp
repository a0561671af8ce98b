#include "storage/model/value.hpp"  // planted: include
#include <sodium.h>  // planted: library
