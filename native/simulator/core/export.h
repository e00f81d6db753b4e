// Visibility of what libtrtsim.so offers to the simulated libraries beside it.

#ifndef WSB_NATIVE_SIMULATOR_CORE_EXPORT_H_
#define WSB_NATIVE_SIMULATOR_CORE_EXPORT_H_

#define WSB_SIMULATOR_API __attribute__((visibility("default")))

#endif  // WSB_NATIVE_SIMULATOR_CORE_EXPORT_H_
