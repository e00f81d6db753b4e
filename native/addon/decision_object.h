// A decision case and its outcome as JavaScript objects.

#ifndef WSB_NATIVE_ADDON_DECISION_OBJECT_H_
#define WSB_NATIVE_ADDON_DECISION_OBJECT_H_

#include <napi.h>

#include <cstdint>
#include <vector>

namespace wsb {

// Appends the decision record (spec/decision-format.md) of a case {options, engines}, shaped as the
// reference's DecisionCase. False when a member is missing, of another type, or too long for a
// record; the record is then incomplete.
bool AppendDecisionRecord(const Napi::Value& decision_case, std::vector<uint8_t>* record);

// The object {rejected, engines} of one decision outcome, shaped as the reference's
// DecisionOutcome. `outcome` has to be whole.
Napi::Object DecisionOutcomeObject(Napi::Env env, const std::vector<uint8_t>& outcome);

}  // namespace wsb

#endif  // WSB_NATIVE_ADDON_DECISION_OBJECT_H_
