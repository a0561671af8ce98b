#include "sync/merge/merge.hpp"
#include "storage/schema/tables.hpp"
#include "app/state/view.hpp"  // planted: include
#include <boost/beast.hpp>  // planted: library
#include <libpq-fe.h>  // planted: library
