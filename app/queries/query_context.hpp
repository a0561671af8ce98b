#pragma once
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/clock.hpp"
#include "platform/base/texts.hpp"
#include "storage/dictionary/dictionary.hpp"
#include "storage/model/identity.hpp"
#include "storage/model/record.hpp"

namespace ruhu {

/// For whom, when and in which language a query answers.
struct QueryContext {
  const Dictionary& dictionary;
  Lang lang = Lang::zh_cn;
  Instant now{};  ///< Tablet clock.
  Identity identity;

  std::string tr(std::string_view key, std::initializer_list<TextArg> args = {}) const;
  std::string code_label(std::string_view list, std::string_view code) const;
  /// Codes of the grids in the tablet's care, own grid first; the community's where there is none.
  std::vector<std::string> grids() const;
  /// True when this role may see the record without masks on names and addresses (domain.md §2). Numbers stay masked.
  bool sees_names(const Record& record) const;
  /// What of the field this role sees at first.
  Mask mask_for(const FieldDef& field, const Record& record) const;
};

}  // namespace ruhu
