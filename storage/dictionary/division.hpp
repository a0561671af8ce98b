#pragma once
#include <string_view>

namespace ruhu {

/// First two digits of GB/T 2260: 11 Beijing … 65 Xinjiang, 71 Taiwan, 81 Hong Kong, 82 Macao.
bool is_province_code(int code);

/// A division (行政区划/统计用区划): 2 digits name a province, 4 a city, 6 a county, 9 a street or town, 12 a
/// community or village. Only shape and province are looked at: there is no table of all divisions here, and it
/// could not help much, since codes that were abolished long ago stand in booklets and stay valid.
bool is_division_code(std::string_view code);

}  // namespace ruhu
