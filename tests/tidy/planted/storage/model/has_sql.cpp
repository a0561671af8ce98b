#include "storage/dictionary/dictionary.hpp"
#include "dictionary_constants.hpp"
#include "storage/sqlite/database.hpp"  // planted: include
#include <sqlite3.h>  // planted: library
