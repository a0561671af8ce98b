#pragma once
#include <nlohmann/json.hpp>  // planted: heavy_header
#include <nlohmann/json_fwd.hpp>
