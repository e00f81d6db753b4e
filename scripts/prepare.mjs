// npm's `prepare`: builds at install what can be built, and never fails the install. What is
// missing ends in one message; everything else works without it.

const say = (/** @type {string} */ message) => {
  process.stderr.write(`trt-delegate-conformance: ${message}\n`);
};

try {
  await prepare();
} catch (error) {
  // Installing without packages (npm install --package-lock-only) runs this script as well.
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 'ERR_MODULE_NOT_FOUND') {
    say(
      `not built: ${error instanceof Error ? error.message : String(error)}\nTry again with npm run build.`,
    );
  }
}

async function prepare() {
  const { buildTypeScript, hasTypeScript } = await import('./build/build-typescript.mjs');
  // Without the development packages there is nothing to build with; `npm ci` brings them.
  if (!hasTypeScript()) return;
  await buildTypeScript({ say });

  const { buildNative } = await import('./build/build-native.mjs');
  const { PrerequisiteError } = await import('./build/build-errors.mjs');
  try {
    await buildNative({ say });
  } catch (error) {
    if (!(error instanceof PrerequisiteError)) throw error;
    say(
      `the native part was not built, so programs cannot be run; explain and the reference work without it.\n` +
        `  ${error.message.replaceAll('\n', '\n  ')}\n` +
        `  Then: npm run build`,
    );
  }
}
