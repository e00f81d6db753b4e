// Marks the functions that the delegate's shared library exports; everything else is built hidden.

#ifndef WSB_NATIVE_DELEGATE_EXPORT_H_
#define WSB_NATIVE_DELEGATE_EXPORT_H_

#define WSB_EXPORT extern "C" __attribute__((visibility("default")))

#endif  // WSB_NATIVE_DELEGATE_EXPORT_H_
