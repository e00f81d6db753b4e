/**
 * Whether tests are skipped that need something which may not be there, such as the native part:
 * never in CI (the environment variable CI is set), where a gap has to show as failures.
 */
export function skippedWithout(
  isThere: boolean,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): boolean {
  return !isThere && (environment['CI'] ?? '') === '';
}
