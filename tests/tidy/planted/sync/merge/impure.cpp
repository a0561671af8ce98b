#include "storage/model/change.hpp"
#include "storage/store.hpp"  // planted: include
#include <unheard_of/library.h>  // planted: library
#include <chrono>

long when() { return std::chrono::steady_clock::now().time_since_epoch().count(); }  // planted: clock
int chance() { return rand(); }  // planted: clock
void wait() { std::this_thread::sleep_for(std::chrono::seconds{1}); }  // planted: clock
long seconds() { return time(nullptr); }  // planted: clock
long fine(Record& record) { return record.time(0) + record.rand(); }
const char* words() { return "time(nullptr) rand() Instance()"; }
