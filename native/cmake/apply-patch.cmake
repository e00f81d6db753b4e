# Writes RESULT: the source FILE below FOLDER with the patch of ENTRY, a file with an entry of the catalogue. Each text
# to find has to occur exactly once.

cmake_minimum_required(VERSION 3.25)

file(READ "${ENTRY}" entry)
string(JSON name GET "${entry}" name)
string(JSON length LENGTH "${entry}" patch)
math(EXPR last "${length} - 1")
file(READ "${FOLDER}/${FILE}" source)

foreach(index RANGE ${last})
  string(JSON file GET "${entry}" patch ${index} file)
  if(NOT file STREQUAL FILE)
    continue()
  endif()
  string(JSON find GET "${entry}" patch ${index} find)
  string(JSON replacement GET "${entry}" patch ${index} replace)
  string(FIND "${source}" "${find}" first)
  string(FIND "${source}" "${find}" end REVERSE)
  if(first EQUAL -1 OR find STREQUAL "")
    message(FATAL_ERROR "Mutant \"${name}\": its text to find does not occur in ${FILE}. Correct the catalogue:\n${find}")
  elseif(NOT first EQUAL end)
    message(FATAL_ERROR "Mutant \"${name}\": its text to find occurs more than once in ${FILE}. Correct the catalogue:\n${find}")
  endif()
  string(REPLACE "${find}" "${replacement}" source "${source}")
endforeach()
file(CONFIGURE OUTPUT "${RESULT}" CONTENT "@source@" @ONLY)
