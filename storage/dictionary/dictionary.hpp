#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.hpp"
#include "platform/base/texts.hpp"
#include "storage/dictionary/field_types.hpp"

namespace ruhu {

struct Label {
  std::string zh;
  std::string en;
  const std::string& in(Lang lang) const { return lang == Lang::zh_cn ? zh : en; }
};

struct CodeDef {
  std::string code;  ///< Text with leading zeros, as stored.
  Label label;
  std::vector<std::string> next;  ///< State lists: the codes that may follow this one; empty: the end.
  std::string group;              ///< Code in the list that `CodeList::groups` names; empty: none.
};

struct CodeList {
  std::string name;    ///< "relation"
  std::string domain;  ///< "L9"; empty for own lists.
  std::string groups;  ///< List that sorts these codes; may be this one: a category above categories. Empty: none.
  Label label;
  std::vector<CodeDef> codes;
  const CodeDef* find(std::string_view code) const;  ///< nullptr: not in the list.
};

/// One step of a state that may be taken.
struct FlowStep {
  std::string from;
  std::string to;
};

struct FieldDef {
  std::string name;  ///< Field = column = wire key = JSON key.
  ColumnNo no;
  FieldType type = FieldType::text;
  bool required = false;  ///< Asked for: missing, it warns, or stops a new record that it names or ties to its parent.
  std::optional<double> min;  ///< Texts: characters. Numbers: value.
  std::optional<double> max;
  bool partial = false;  ///< Dates may be a year or a month.
  bool indexed = false;  ///< Has an index: records are looked up by it.
  std::string list;      ///< Code list of `code` and `codes`.
  std::string target;    ///< Kind that a ref names; empty: any.
  Check check = Check::none;
  Sensitivity sensitivity = Sensitivity::s1;
  Mask mask = Mask::none;
  SearchUse search = SearchUse::none;
  MergeRule merge = MergeRule::latest;
  std::vector<FlowStep> steps;  ///< `flow` only: every step that the code list allows.
  std::string section;
  Label label;
  Label hint;          ///< Empty: none.
  std::string unit;    ///< Empty: none.
  std::string preset;  ///< Code that a new record starts with; empty: none.

  /// True when "declined", "does not know" and "does not apply" are answers to it: for what is asked at a door, not for
  /// what ties records together or says how a record itself stands.
  bool takes_gaps() const { return section != "record" && preset.empty() && !(type == FieldType::ref && required); }
  bool allows_step(std::string_view from, std::string_view to) const;
};

struct SectionDef {
  std::string key;
  Label label;
};

struct KindDef {
  std::string name;
  KindNo no;
  Label label;
  std::vector<std::string> title;  ///< Fields that name a record in lists.
  std::vector<SectionDef> sections;
  std::vector<FieldDef> fields;                        ///< Common fields first, then in form order.
  const FieldDef* find(std::string_view field) const;  ///< nullptr: unknown.
  const FieldDef* find(ColumnNo no) const;
  void index_fields();  ///< To be called once `fields` is complete; `find` looks there.

 private:
  std::vector<std::uint16_t> by_column_;  ///< Place in `fields` + 1 by column number; 0: no such column.
  std::vector<std::uint16_t> by_name_;    ///< Places in `fields` by name.
};

/// Something that is never collected (domain.md §3.0), and the headings under which files bring it.
struct NotCollected {
  std::string key;  ///< "religion"
  Label label;
  std::vector<std::string> columns;  ///< Folded. Those in ASCII count as a whole heading, others anywhere in one.
};

/// Every kind, field and code list. Built once from JSON at start; handed down by reference.
class Dictionary {
 public:
  /// `json` is {"version","common":{"sections","fields"},"kinds":[…],"lists":[…],"not_collected":[…]}; errors
  /// name the kind and field.
  /// May come from the server, so sizes are bounded and names are plain words (they become columns).
  static Result<Dictionary> parse(std::string_view json);
  /// The dictionary that this program was built with.
  static Result<Dictionary> built_in();

  std::uint32_t version() const { return version_; }
  std::span<const KindDef> kinds() const { return kinds_; }
  std::span<const CodeList> lists() const { return lists_; }
  const KindDef* find_kind(std::string_view name) const;  ///< nullptr: unknown.
  const KindDef* find_kind(KindNo no) const;
  const KindDef& get_kind(KindNo no) const;  ///< The kind must exist.
  const CodeList* find_list(std::string_view name) const;
  /// What a column of a file with this heading would bring although it is never collected; nullptr: nothing known.
  const NotCollected* find_not_collected(std::string_view column) const;
  /// Label of a code in the list; the code itself when the list does not know it.
  std::string code_label(std::string_view list, std::string_view code, Lang lang) const;

 private:
  std::uint32_t version_ = 0;
  std::vector<KindDef> kinds_;
  std::vector<CodeList> lists_;
  std::vector<NotCollected> not_collected_;
};

/// JSON text of the dictionary that this program was built with. Generated from assets/dictionary.
std::string_view built_in_dictionary_json();

}  // namespace ruhu
