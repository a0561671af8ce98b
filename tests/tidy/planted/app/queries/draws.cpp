#include "storage/store.hpp"
#include <imgui.h>  // planted: library
#include "server/store/store.hpp"  // planted: include
