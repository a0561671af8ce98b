#pragma once
#include <string>
#include <string_view>

#include "platform/base/result.hpp"
#include "storage/model/bytes.hpp"
#include "storage/model/history.hpp"
#include "storage/model/outcome.hpp"
#include "storage/model/record.hpp"

namespace ruhu {

/// The byte forms in which values, stamps and changes lie in a database. Stored for years: a form is never changed,
/// a new one gets a new leading number. Decoders fail with database_damaged and read nothing out of bounds.
void put_value(ByteWriter& out, const Value& value);
Value get_value(ByteReader& in);
std::string encode_value(const Value& value);
Result<Value> decode_value(std::string_view bytes);

void put_provenance(ByteWriter& out, const Provenance& provenance);
Provenance get_provenance(ByteReader& in);

void put_stamp(ByteWriter& out, const Stamp& stamp);
Stamp get_stamp(ByteReader& in);

std::string encode_meta(const RecordMeta& meta);
Result<RecordMeta> decode_meta(std::string_view bytes);

std::string encode_change(const Change& change);
Result<Change> decode_change(std::string_view bytes);

std::string encode_result(const OpResult& result);
Result<OpResult> decode_result(std::string_view bytes);

std::string encode_replaced(const std::vector<ReplacedCell>& cells);
Result<std::vector<ReplacedCell>> decode_replaced(std::string_view bytes);

/// Cells of columns that this program's dictionary does not know, kept to be sent back untouched.
std::string encode_cells(const std::vector<Cell>& cells);
Result<std::vector<Cell>> decode_cells(std::string_view bytes);

}  // namespace ruhu
