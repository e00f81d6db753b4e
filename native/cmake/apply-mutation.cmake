# Writes RESULT: the source ORIGINAL with the replacement of entry INDEX of LIST. What is to be found has to occur
# exactly once.

file(READ "${LIST}" content)
string(JSON name GET "${content}" ${INDEX} name)
string(JSON find GET "${content}" ${INDEX} find)
string(JSON replacement GET "${content}" ${INDEX} replace)
file(READ "${ORIGINAL}" source)

string(FIND "${source}" "${find}" first)
string(FIND "${source}" "${find}" last REVERSE)
if(first EQUAL -1 OR find STREQUAL "")
  set(times "does not occur")
elseif(NOT first EQUAL last)
  set(times "occurs more than once")
endif()
if(DEFINED times)
  message(FATAL_ERROR "Mutant \"${name}\": its text to find ${times} in ${ORIGINAL}. Correct it in ${LIST}:\n${find}")
endif()

string(REPLACE "${find}" "${replacement}" source "${source}")
file(CONFIGURE OUTPUT "${RESULT}" CONTENT "@source@" @ONLY)
