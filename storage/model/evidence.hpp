#pragma once
#include "storage/model/change.hpp"

namespace ruhu {

/// Which of two statements has the better evidence: confirmed > seen > declared, then booklet and ID card > self >
/// family > landlord > committee > neighbour > import > derived, then the later day. 0: a person must decide.
int compare_evidence(const Stamp& a, const Stamp& b);

}  // namespace ruhu
