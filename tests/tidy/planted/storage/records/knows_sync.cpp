#include "storage/sqlite/database.hpp"
#include "sync/merge/merge.hpp"  // planted: include
#include <sqlite3.h>  // planted: library
