#pragma once
#include "app/state/common.hpp"

namespace ruhu {

/// Another record that the card's record names.
struct CardLink {
  RecordRef record;
  std::string field;  ///< Dictionary name, part of the widget id.
  std::string label;  ///< The field's label: "楼栋".
  std::string title;
  bool has_page = false;  ///< It opens by OpenRecord, else by OpenCard.
};

/// A record of any kind, to be read.
struct CardState {
  Load load;
  RecordRef record;
  std::string kind;  ///< Label of the kind: "企业店面".
  std::string title;
  std::string subtitle;  ///< Address, or the kind where there is none.
  std::vector<Tag> tags;
  RecordSync sync = RecordSync::synced;
  std::vector<FactSection> sections;   ///< Only what is filled in.
  std::vector<CardLink> links;         ///< Only records that are on this tablet.
  ProvenanceLine provenance;           ///< Of the day the record was made.
  std::string unfilled;                ///< How many fields hold nothing; empty: all do.
  std::vector<std::string> conflicts;  ///< Labels of the fields that a clerk has to settle.
};

}  // namespace ruhu
