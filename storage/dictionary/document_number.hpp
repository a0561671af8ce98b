#pragma once
#include <string_view>

namespace ruhu {

/// Letters and digits, as nearly all documents have; officers' and soldiers' cards also read 南字第0123456号.
/// Expects the normalised form of `normalise_citizen_id`.
bool has_document_characters(std::string_view number);

/// Text key of what looks wrong with the number of a document that is not a citizen's, by its kind (code list
/// document_kind, GA/T 517); empty when nothing does or no shape is known for the kind. A hint at most: issuers
/// change their numbering.
std::string_view document_shape_key(std::string_view kind, std::string_view number);

}  // namespace ruhu
