// How code for the GPU announces itself to the CUDA runtime when its library is loaded. There is no
// GPU, so nothing is kept; a kernel that was launched would end the process.

#define WSB_STUB extern "C" __attribute__((visibility("default")))

WSB_STUB void** __cudaRegisterFatBinary(const void* /*binary*/) {
  static void* handle = nullptr;
  return &handle;
}

WSB_STUB void __cudaRegisterFatBinaryEnd(void** /*handle*/) {}

WSB_STUB void __cudaUnregisterFatBinary(void** /*handle*/) {}

// Their arguments are of no use here, and need not be declared to be passed over.
WSB_STUB void __cudaRegisterFunction() {}

WSB_STUB void __cudaRegisterVar() {}
