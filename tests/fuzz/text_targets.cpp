// Texts that files and people bring: lines of JSON, tables, a dictionary from the server, what is typed into the
// search.
#include "platform/base/text.hpp"
#include "storage/dictionary/dictionary.hpp"
#include "storage/model/csv.hpp"
#include "storage/model/record_csv.hpp"
#include "storage/model/record_json.hpp"
#include "storage/search/search_keys.hpp"
#include "tests/fuzz/targets.hpp"

namespace ruhu::fuzz {
namespace {

const Dictionary& dictionary() {
  static const Dictionary kBuiltIn = Dictionary::parse(built_in_dictionary_json()).value();
  return kBuiltIn;
}

void run_edit_line(std::string_view bytes) {
  const auto parsed = parse_edit_line(dictionary(), bytes);
  if (!parsed.ok()) return;
  for (const Cell& cell : parsed->edit.cells)
    must(dictionary().get_kind(parsed->edit.kind).find(cell.column) != nullptr, "a line names known fields only");
}

/// Every row that reads is written and read again; rows under a header that fits become edits.
void run_csv(std::string_view bytes) {
  CsvReader reader(bytes);
  const KindDef& person = *dictionary().find_kind("person");
  std::optional<CsvColumns> columns;
  for (bool first = true;; first = false) {
    const auto row = reader.next();
    if (!row.ok() || !*row) return;
    const std::string written = to_csv(**row);
    CsvReader again(written);
    const auto back = again.next();
    must(back.ok() && (!*back || **back == **row), "a row reads back the same");
    if (first) {
      auto read = CsvColumns::read(dictionary(), person, **row);
      if (read.ok()) columns = std::move(*read);
    } else if (columns) {
      (void)columns->to_edit(**row);
    }
  }
}

void run_dictionary(std::string_view bytes) {
  const auto parsed = Dictionary::parse(bytes);
  if (!parsed.ok()) return;
  for (const KindDef& kind : parsed->kinds())
    for (const FieldDef& field : kind.fields) must(kind.find(field.name) == &field, "a field is found by its name");
}

void run_search(std::string_view bytes) {
  const SearchQuery query = parse_query(bytes);
  must(query.all_of.size() <= 8, "few words count");
  for (const SearchUse use : {SearchUse::name, SearchUse::tail, SearchUse::address, SearchUse::entrance})
    for (const SearchKey& key : search_keys(use, bytes)) must(!key.text.empty(), "no key is empty");
}

std::vector<std::string> edit_line_seeds() {
  return {
      R"({"kind":"person","fields":{"name":"欧阳明","phone":"13800138000","birth_date":"1947-08"},"source":"self"})",
      R"({"kind":"visit","id":"018f0000-0000-7000-8000-000000000001","fields":{},"group":"g","verified":"seen"})",
      R"({"kind":"person","fields":{"id_no":{"gap":"refused"},"aliases":["小明"]},"as_of":"2026-03-05"})"};
}
std::vector<std::string> csv_seeds() {
  return {"\xEF\xBB\xBFid,name,phone\r\n,\"欧阳,明\",\\refused\r\n", "姓名,性别,宗教\n张三,1,无\n", "id\n\"a\"\"b\"\n"};
}
std::vector<std::string> dictionary_seeds() {
  return {R"({"version":1,"common":{"sections":[],"fields":[]},"kinds":[{"kind":"pet","no":900,"zh":"宠物","en":"Pet",)"
          R"("title":["name"],"sections":[],"fields":[{"name":"name","no":10,"type":"text","zh":"名","en":"Name",)"
          R"("sensitivity":"S1","merge":"latest","why":"x"}]}],"lists":[{"list":"yn","zh":"是否","en":"Yes","codes":[)"
          R"({"code":"y","zh":"是","en":"Yes"}]}],"not_collected":[]})"};
}
std::vector<std::string> search_seeds() {
  return {"3栋2单元502", "欧阳明 zhang", "13800138000", "3-502", "灵源路12号", "11010519491231002X"};
}

}  // namespace

std::vector<Target> text_targets() {
  return {{"edit_line", run_edit_line, edit_line_seeds},
          {"csv", run_csv, csv_seeds},
          {"dictionary", run_dictionary, dictionary_seeds},
          {"search", run_search, search_seeds}};
}

}  // namespace ruhu::fuzz
