# Programs for a machine with a GPU, built when they are asked for.

add_executable(engine-builder EXCLUDE_FROM_ALL
  engine-builder/builder.cpp
  engine-builder/builder_slots.cpp
  engine-builder/building_library.cpp
  engine-builder/layer_weights.cpp
  engine-builder/main.cpp
  engine-builder/matmul_chain.cpp)
target_link_libraries(engine-builder PRIVATE wsb_settings wsb_tensorrt)

add_executable(recorder EXCLUDE_FROM_ALL
  recorder/arguments.cpp
  recorder/child_process.cpp
  recorder/device.cpp
  recorder/main.cpp
  recorder/play_ops.cpp
  recorder/replayer.cpp
  recorder/recording.cpp
  recorder/replay.cpp
  recorder/sequences.cpp)
target_link_libraries(recorder PRIVATE wsb_settings wsb_tensorrt wsb_checksums)
