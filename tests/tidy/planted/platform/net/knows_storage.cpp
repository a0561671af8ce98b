#include "platform/net/knows_storage.hpp"
#include "platform/base/clock.hpp"
#include "storage/store.hpp"  // planted: include
#include <curl/curl.h>
#include <SDL2/SDL.h>  // planted: library
