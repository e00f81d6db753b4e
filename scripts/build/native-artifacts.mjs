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

/**
 * What is built, in the order of linking.
 *
 * @type {readonly Artifact[]}
 */
export const ARTIFACTS = Object.freeze([
  {
    file: 'libtrtsim.so',
    sources: ['simulator/core', 'tensorrt/slots.cpp'],
    libraries: [],
    resolved: true,
  },
  {
    file: 'libnvinfer.so',
    sources: ['simulator/nvinfer', 'tensorrt/slots.cpp'],
    libraries: ['libtrtsim.so'],
    resolved: true,
  },
  { file: 'libcudart.so', sources: ['simulator/cudart'], libraries: ['libtrtsim.so'], resolved: true },
  {
    file: DELEGATE_LIBRARY,
    sources: ['delegate', 'tensorrt'],
    libraries: [RUNTIME_LIBRARY],
    resolved: true,
  },
  {
    file: 'conformance.node',
    sources: ['host', 'addon', 'tensorrt/slots.cpp'],
    libraries: [RUNTIME_LIBRARY],
    // Node's own functions are found when Node loads it.
    resolved: false,
  },
]);
