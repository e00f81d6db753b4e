/** `10.6.0` for 100600: a version of TensorRT as its library tells it. */
export function versionText(version: number): string {
  return [Math.trunc(version / 10_000), Math.trunc(version / 100) % 100, version % 100].join('.');
}
