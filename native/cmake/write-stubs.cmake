# Writes FOLDER/missing_cuda.cpp and FOLDER/missing_symbols.cpp: definitions of what the upstream libraries in
# FOLDER ask of the CUDA runtime (whose symbols have the version CUDART), and of libraries that are not there.
# A symbol without a version is one of torch or Python; the other versions are those of the C and C++ libraries.

file(GLOB libraries "${FOLDER}/_portable_lib.so" "${FOLDER}/libaoti_cuda_shims.so" "${FOLDER}/libextension_cuda.so")

# Sets RESULT to the symbols of all libraries that nm lists with OPTION, with their versions.
function(list_symbols option result)
  execute_process(COMMAND "${NM}" --dynamic --with-symbol-versions ${option} ${libraries}
    OUTPUT_VARIABLE lines COMMAND_ERROR_IS_FATAL ANY)
  # Weak ones (w, v) that are asked for can stay missing.
  string(REGEX MATCHALL " [A-Zi] [^\n]+" symbols "${lines}")
  list(TRANSFORM symbols REPLACE "^ . " "")
  list(REMOVE_DUPLICATES symbols)
  set(${result} "${symbols}" PARENT_SCOPE)
endfunction()

# Writes FILE with the macros of native/upstream/stubs/missing_symbol.h; further arguments are symbols.
function(write_stubs file)
  list(SORT ARGN)
  set(text "#include \"upstream/stubs/missing_symbol.h\"\n\n")
  set(index 0)
  foreach(symbol IN LISTS ARGN)
    # Objects by the names that Python and torch give to theirs; everything else is a function.
    set(kind FUNCTION)
    if(symbol MATCHES "^(Py[A-Za-z0-9_]+_Type|PyExc_[A-Za-z0-9_]+|_Py_[A-Za-z0-9_]+Struct|_ZN3c1019UndefinedTensorImpl10_singletonE)$")
      set(kind OBJECT)
    endif()
    string(APPEND text "WSB_MISSING_${kind}(${index}, \"${symbol}\")\n")
    math(EXPR index "${index} + 1")
  endforeach()
  file(WRITE "${FOLDER}/${file}" "${text}")
endfunction()

list_symbols(--undefined-only wanted)
list_symbols(--defined-only defined)
list(TRANSFORM defined REPLACE "@.*" "")
set(cuda "${wanted}")
list(FILTER cuda INCLUDE REGEX "@${CUDART}$")
list(TRANSFORM cuda REPLACE "@.*" "")
# Those of namespace std are in the C++ library, or in stubs/string_replace.cpp.
list(FILTER wanted EXCLUDE REGEX "@|^_ZNK?St")
list(REMOVE_ITEM wanted ${defined})
write_stubs(missing_cuda.cpp ${cuda})
write_stubs(missing_symbols.cpp ${wanted})
