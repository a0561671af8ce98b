#include "server/desk/merge_plan.hpp"

#include <algorithm>

#include "dictionary_constants.hpp"

namespace ruhu::server {
namespace {

namespace m = kinds::membership;
namespace r = kinds::residency;

bool is_own_field(ColumnNo column) { return column == m::grid_id || column == m::status; }

class RecordsMerger {
 public:
  RecordsMerger(PlatformSource& source, const Record& kept, const Record& other)
      : source_(source), kind_(source.dictionary().get_kind(kept.ref.kind)), kept_(kept), other_(other) {}

  Result<std::vector<RecordEdit>> run() {
    const bool is_case = kept_.ref.kind == kinds::case_::kKind;
    const FieldDef* into = kind_.find(is_case ? "dup_of" : "merged_into");
    if (into == nullptr) return make_error(Errc::invalid_value, kind_.name);
    if (!is_open_record(kept_) || !is_open_record(other_)) return make_error(Errc::already_ended, kind_.name);
    take_what_is_missing(into->no);
    CircleReader reader(source_, {});
    RUHU_TRY(const auto references, reader.references_to(other_.ref));
    for (const Reference& reference : references) RUHU_TRY_DONE(attach(reference));
    // A case that went into another stays a record with its steps; everything else is void.
    if (is_case)
      write(other_, kinds::case_::state, std::string("merged"));
    else
      write(other_, m::status, std::string("void"));
    write(other_, into->no, kept_.ref.id);
    return std::move(edits_);
  }

 private:
  void write(const Record& record, ColumnNo column, Value value, std::optional<Provenance> evidence = {}) {
    edits_.push_back({record.ref.kind, record.ref.id, {{column, std::move(value)}}, evidence});
  }

  void take_what_is_missing(ColumnNo into) {
    if (kept_.ref.kind == kinds::dwelling::kKind) keep_room_name();
    for (const Cell& cell : other_.cells) {
      if (is_own_field(cell.column) || cell.column == into || cell.column == kinds::dwelling::room_aliases) continue;
      if (is_empty(kept_.get(cell.column)) && kind_.find(cell.column) != nullptr)
        write(kept_, cell.column, cell.value, other_.meta.stamp_of(cell.column).provenance);
    }
  }

  /// What people have called the door finds it for ever.
  void keep_room_name() {
    namespace d = kinds::dwelling;
    if (kept_.ref.kind != d::kKind) return;
    TextSet names;
    for (const Record* record : {&kept_, &other_})
      if (const auto* known = std::get_if<TextSet>(&record->get(d::room_aliases)))
        names.items.insert(names.items.end(), known->items.begin(), known->items.end());
    if (other_.text(d::room_no) != kept_.text(d::room_no)) names.items.emplace_back(other_.text(d::room_no));
    if (!names.items.empty()) write(kept_, d::room_aliases, TextSet::of(std::move(names.items)));
  }

  /// True when the kept one has an open record of that kind about the same person already.
  Result<bool> is_there_twice(const Record& from, ColumnNo column, ColumnNo person) {
    RUHU_TRY(const auto own, source_.list(from.ref.kind, column, kept_.ref.id));
    return std::any_of(own.begin(), own.end(),
                       [&](const Record& one) { return is_open_record(one) && one.uuid(person) == from.uuid(person); });
  }

  Status attach(const Reference& reference) {
    const Record& from = reference.from;
    if (from.ref == other_.ref || from.ref == kept_.ref) return {};
    const Provenance evidence = from.meta.stamp_of(reference.column).provenance;
    if (const auto* set = std::get_if<TextSet>(&from.get(reference.column))) {
      TextSet items = *set;
      std::erase(items.items, to_string(other_.ref.id));
      items.items.push_back(to_string(kept_.ref.id));
      write(from, reference.column, TextSet::of(std::move(items.items)), evidence);
      return {};
    }
    const bool of_person = from.ref.kind == m::kKind || from.ref.kind == r::kKind;
    if (of_person && is_open_record(from)) {
      const ColumnNo person = from.ref.kind == m::kKind ? m::person_id : r::person_id;
      RUHU_TRY(const bool twice, is_there_twice(from, reference.column, person));
      if (twice) write(from, m::status, std::string("void"));
      if (twice) return {};
    }
    write(from, reference.column, kept_.ref.id, evidence);
    return {};
  }

  PlatformSource& source_;
  const KindDef& kind_;
  const Record& kept_;
  const Record& other_;
  std::vector<RecordEdit> edits_;
};

}  // namespace

Result<std::vector<RecordEdit>> plan_records_merged(PlatformSource& source, const Record& kept, const Record& other) {
  return RecordsMerger(source, kept, other).run();
}

}  // namespace ruhu::server
