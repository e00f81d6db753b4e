// npm run build: TypeScript, then the native part; each only when something changed.

import { buildCommand } from './build/build-command.mjs';

process.exitCode = await buildCommand(process.argv.slice(2));
