// The folders in which the dynamic loader looks.

#ifndef WSB_NATIVE_ENGINE_BUILDER_LIBRARY_PATH_H_
#define WSB_NATIVE_ENGINE_BUILDER_LIBRARY_PATH_H_

#include <string>

namespace wsb {

// Sees to it that libraries asked for by name alone are looked for in `folder` first: libnvinfer
// opens libnvinfer_builder_resource that way. The loader reads LD_LIBRARY_PATH once, so where
// `folder` does not lead it this starts the program anew with `words`, the argument list of main(),
// and does not return. Does nothing when the folder does not exist or the program can't be started.
void PutFirstOnLibraryPath(const std::string& folder, char** words);

}  // namespace wsb

#endif  // WSB_NATIVE_ENGINE_BUILDER_LIBRARY_PATH_H_
