/*
 * Runs ten million decisions as a user would and prints the most memory that the process took, in
 * KiB, on standard error. The bench starts it as a process of its own, with further options.
 */

const launcher = new URL('../../../scripts/trt-conformance.mjs', import.meta.url);
process.argv.splice(2, 0, 'run', '--depth', 'decision', '--profile', 'budget', '--decisions', '10000000');
await import(launcher.href);
console.error(`peak ${process.resourceUsage().maxRSS}`);
