import { main } from '../cli/main.js';

/*
 * Runs ten million decisions as a user would and prints the most memory that the process took, in KiB, on standard error.
 * The bench starts it as a process of its own.
 */

const code = await main(['run', '--depth', 'decision', '--decisions', '10000000', ...process.argv.slice(2)]);
console.error(`peak ${process.resourceUsage().maxRSS}`);
process.exitCode = code;
