/**
 * @typedef {object} TensorRtRelease a TensorRT as Maven Central has it
 * @property {string} version major.minor
 * @property {string} artifactVersion of org.bytedeco:tensorrt
 * @property {{readonly sha256: string, readonly bytes: number} | null} jar null where nobody has
 * pinned it
 * @property {string} runtimeLibrary what runs engines
 * @property {readonly string[]} builderLibraries what building engines takes on top
 */

/** Coordinates of every release; the classifier says for which machines it is. */
export const TENSORRT_ARTIFACT = Object.freeze({
  group: 'org.bytedeco',
  name: 'tensorrt',
  classifier: 'linux-x86_64-redist',
});

/**
 * The releases that can be fetched. The libraries need the C and C++ runtime libraries and, once
 * they are used, the driver's libcuda.so.1; nothing else of the jar.
 *
 * @type {readonly TensorRtRelease[]}
 */
export const TENSORRT_RELEASES = Object.freeze([
  {
    version: '10.6',
    artifactVersion: '10.6-1.5.11',
    jar: {
      sha256: 'e7979693541f996bc284335b05f5e890a82b8b3aba50d680e1343a139cf291c4',
      bytes: 1_090_347_946,
    },
    runtimeLibrary: 'libnvinfer.so.10',
    builderLibraries: ['libnvinfer_builder_resource.so.10.6.0'],
  },
  {
    version: '10.15',
    artifactVersion: '10.15-1.5.13',
    jar: {
      sha256: '8543a6bda95c5d42141d409e1b74024b444e96334a3815d53997cc4ec3cfce83',
      bytes: 533_640_349,
    },
    runtimeLibrary: 'libnvinfer.so.10',
    builderLibraries: ['libnvinfer_builder_resource_ptx.so.10.15.1'],
  },
  {
    version: '11.2',
    artifactVersion: '11.2-1.5.14',
    jar: {
      sha256: '909dea6c768a0db60ab53d76d9f089c78cada1b55ad5d3d78b308b140f669f6d',
      bytes: 556_440_161,
    },
    runtimeLibrary: 'libnvinfer.so.11',
    builderLibraries: ['libnvinfer_builder_resource_ptx.so.11.2.1'],
  },
]);

/**
 * A release as messages name it.
 *
 * @param {TensorRtRelease} release
 * @returns {string} Maven coordinates
 */
export function coordinatesOf({ artifactVersion }) {
  const { group, name, classifier } = TENSORRT_ARTIFACT;
  return `${group}:${name}:${artifactVersion}:jar:${classifier}`;
}
