/**
 * @typedef {object} Artifact a shared library or an executable that the build makes
 * @property {string} file path below native/build
 * @property {'library' | 'executable'} kind
 * @property {readonly string[]} sources below native/: a file, or a folder whose .cpp files are all meant
 * @property {readonly string[]} libraries what it links to, out of native/build
 * @property {boolean} resolved whether every symbol has to be found at link time
 * @property {string} [versionNode] the version that a library gives to all that it exports
 */

/** The copy of the ExecuTorch runtime beside the artifacts that link to it. */
export const RUNTIME_LIBRARY = 'libexecutorch.so';

/** Our delegate; mutants are other builds of it. */
export const DELEGATE_LIBRARY = 'libtensorrt_delegate.so';

/** Runs a delegate in a process of its own (spec/protocol.md). */
export const HOST_EXECUTABLE = 'wsb-host';

/** What every host executable is made from, besides its main file. */
export const HOST_SOURCES = Object.freeze([
  'host',
  'process/serve',
  'tensorrt/slots.cpp',
  'delegate/json_reader.cpp',
  'delegate/json_scanner.cpp',
]);

/** What the program that measures loads and runs is made from. */
export const MEASURE_SOURCES = Object.freeze([
  'measure',
  'tensorrt',
  'host/arena_allocator.cpp',
  'host/method_memory.cpp',
  'host/planned_memory.cpp',
]);

/** What the simulated libnvinfer is made from, under any name; it links to {@link SIMULATOR_LIBRARY}. */
export const NVINFER_SOURCES = Object.freeze(['simulator/nvinfer', 'tensorrt/slots.cpp']);

/** What the simulated libcudart is made from, under any name; it links to {@link SIMULATOR_LIBRARY}. */
export const CUDART_SOURCES = Object.freeze(['simulator/cudart']);

/** The simulator itself, whose one copy in a process the simulated libraries share. */
export const SIMULATOR_LIBRARY = 'libtrtsim.so';

/** How the tap reaches the libraries that it stands before. */
const TAPPED_SOURCES = Object.freeze([
  'tensorrt/cuda_api.cpp',
  'tensorrt/object.cpp',
  'tensorrt/shared_library.cpp',
  'tensorrt/slots.cpp',
]);

/**
 * @param {string} file
 * @param {readonly string[]} sources
 * @param {readonly string[]} libraries
 * @returns {Artifact}
 */
const library = (file, sources, libraries) => ({ file, kind: 'library', sources, libraries, resolved: true });

/**
 * What is built, in the order of linking.
 *
 * @type {readonly Artifact[]}
 */
export const ARTIFACTS = Object.freeze([
  library(SIMULATOR_LIBRARY, ['simulator/core', 'tensorrt/slots.cpp'], []),
  library('libnvinfer.so', NVINFER_SOURCES, [SIMULATOR_LIBRARY]),
  library('libcudart.so', CUDART_SOURCES, [SIMULATOR_LIBRARY]),
  // The same under the names that delegates of others ask for.
  library('sonames/libnvinfer.so.10', NVINFER_SOURCES, [SIMULATOR_LIBRARY]),
  library('sonames/libnvinfer.so.11', NVINFER_SOURCES, [SIMULATOR_LIBRARY]),
  {
    ...library('sonames/libcudart.so.12', CUDART_SOURCES, [SIMULATOR_LIBRARY]),
    versionNode: 'libcudart.so.12',
  },
  {
    ...library('sonames/libcudart.so.13', CUDART_SOURCES, [SIMULATOR_LIBRARY]),
    versionNode: 'libcudart.so.13',
  },
  library('libtrttap.so', ['tap', ...TAPPED_SOURCES], []),
  library(DELEGATE_LIBRARY, ['delegate', 'tensorrt'], [RUNTIME_LIBRARY]),
  {
    ...library('conformance.node', ['host', 'addon', 'tensorrt/slots.cpp'], [RUNTIME_LIBRARY]),
    // Node's own functions are found when Node loads it.
    resolved: false,
  },
  {
    ...library(HOST_EXECUTABLE, [...HOST_SOURCES, 'process/wsb_host.cpp'], [RUNTIME_LIBRARY]),
    kind: 'executable',
  },
  {
    ...library('wsb-measure', MEASURE_SOURCES, [RUNTIME_LIBRARY]),
    kind: 'executable',
  },
  {
    ...library(
      'device-check',
      ['device-check', 'host', 'simulator/core/crc32.cpp', 'tensorrt'],
      [RUNTIME_LIBRARY],
    ),
    kind: 'executable',
  },
  { ...library('wsb-guard', ['process/wsb_guard.cpp'], []), kind: 'executable' },
]);
