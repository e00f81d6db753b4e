// Steps about options of a backend, which hold for the whole process.

#ifndef WSB_NATIVE_HOST_OPTION_STEPS_H_
#define WSB_NATIVE_HOST_OPTION_STEPS_H_

#include <vector>

#include "host/backend_options.h"
#include "host/outcome.h"
#include "host/request.h"
#include "host/subject.h"

namespace wsb {

// Carries out one, as StepView::IsAboutOption() says, with the set_option() or get_option() of the
// runtime. Where it is ok, the budgets of the engines that got a context meanwhile come from there:
// `engines` are told so, if the delegate tells sources at all.
StepOutcome RunOptionStep(const Request& request, const StepView& step, const Subject& subject,
                          BackendOptionsBuilder* options, std::vector<EngineOutcome>* engines);

// Whether the delegate of a backend has options, as far as it says: one that has none answers
// NotSupported.
bool HasOptions(const char* backend);

// Takes back the budget that a request may have left in the process, as an empty value does, so
// that the next one finds none.
void ForgetOptions(const Request& request);

}  // namespace wsb

#endif  // WSB_NATIVE_HOST_OPTION_STEPS_H_
