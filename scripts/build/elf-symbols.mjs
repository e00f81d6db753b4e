/**
 * @typedef {object} ElfSymbol
 * @property {string} name
 * @property {string | null} version the version node that it belongs to or asks for
 * @property {boolean} defined whether the file has it, rather than needs it
 *
 * @typedef {object} ElfLibrary what the dynamic linker reads of a shared library
 * @property {string | null} soname
 * @property {readonly string[]} needed names of the libraries that it is linked to
 * @property {readonly ElfSymbol[]} symbols global ones; weak ones that it needs are left out, as it can do without
 */

const SHT_DYNAMIC = 6;
const SHT_DYNSYM = 11;
const SHT_GNU_VERDEF = 0x6ffffffd;
const SHT_GNU_VERNEED = 0x6ffffffe;
const SHT_GNU_VERSYM = 0x6fffffff;
const DT_NEEDED = 1n;
const DT_SONAME = 14n;
const STB_LOCAL = 0;
const STB_WEAK = 2;
const SHN_UNDEF = 0;

/**
 * Reads the dynamic symbols of a 64-bit little-endian ELF file.
 *
 * @param {Buffer} file
 * @returns {ElfLibrary}
 * @throws {RangeError} the file is cut short
 * @throws {TypeError} it is no such file
 */
export function readElf(file) {
  if (file.toString('latin1', 0, 6) !== '\x7fELF\x02\x01')
    throw new TypeError('no 64-bit little-endian ELF file');
  const sections = readSections(file);
  const find = (/** @type {number} */ type) => sections.find((section) => section.type === type);
  const table = find(SHT_DYNSYM);
  const strings = table === undefined ? undefined : sections[table.link];
  if (table === undefined || strings === undefined) return { soname: null, needed: [], symbols: [] };
  const text = (/** @type {number} */ at) => cString(file, strings.offset + at);
  const dynamic = readDynamic(file, find(SHT_DYNAMIC));
  const valuesOf = (/** @type {bigint} */ tag) =>
    dynamic.filter((entry) => entry.tag === tag).map(({ value }) => text(value));
  return {
    soname: valuesOf(DT_SONAME)[0] ?? null,
    needed: valuesOf(DT_NEEDED),
    symbols: readSymbols(file, table, find(SHT_GNU_VERSYM), text, {
      ...readDefinedVersions(file, find(SHT_GNU_VERDEF), text),
      ...readNeededVersions(file, find(SHT_GNU_VERNEED), text),
    }),
  };
}

/**
 * @typedef {object} Section
 * @property {number} type
 * @property {number} offset
 * @property {number} size
 * @property {number} link index of the section with its strings
 * @property {number} info
 */

/**
 * @param {Buffer} file
 * @returns {Section[]}
 */
function readSections(file) {
  const start = Number(file.readBigUInt64LE(0x28));
  const size = file.readUInt16LE(0x3a);
  return Array.from({ length: file.readUInt16LE(0x3c) }, (_, index) => {
    const at = start + index * size;
    return {
      type: file.readUInt32LE(at + 4),
      offset: Number(file.readBigUInt64LE(at + 0x18)),
      size: Number(file.readBigUInt64LE(at + 0x20)),
      link: file.readUInt32LE(at + 0x28),
      info: file.readUInt32LE(at + 0x2c),
    };
  });
}

/**
 * @param {Buffer} file
 * @param {Section | undefined} section
 */
function readDynamic(file, section) {
  return Array.from({ length: (section?.size ?? 0) / 16 }, (_, index) => {
    const at = (section?.offset ?? 0) + 16 * index;
    return { tag: file.readBigInt64LE(at), value: Number(file.readBigUInt64LE(at + 8)) };
  });
}

/**
 * @param {Buffer} file
 * @param {Section} table
 * @param {Section | undefined} versionTable
 * @param {(at: number) => string} text
 * @param {Readonly<Record<number, string>>} versions
 * @returns {ElfSymbol[]}
 */
function readSymbols(file, table, versionTable, text, versions) {
  /** @type {ElfSymbol[]} */
  const symbols = [];
  for (let index = 1; index < table.size / 24; index += 1) {
    const at = table.offset + 24 * index;
    const binding = file.readUInt8(at + 4) >> 4;
    const defined = file.readUInt16LE(at + 6) !== SHN_UNDEF;
    if (binding === STB_LOCAL || (binding === STB_WEAK && !defined)) continue;
    // The top bit says that the version is not the default one.
    const version =
      versionTable === undefined ? 0 : file.readUInt16LE(versionTable.offset + 2 * index) & 0x7fff;
    symbols.push({ name: text(file.readUInt32LE(at)), version: versions[version] ?? null, defined });
  }
  return symbols;
}

/**
 * Versions that the file gives to its symbols, by number. The first, of the library itself, is none.
 *
 * @param {Buffer} file
 * @param {Section | undefined} section
 * @param {(at: number) => string} text
 */
function readDefinedVersions(file, section, text) {
  /** @type {Record<number, string>} */
  const versions = {};
  let at = section?.offset ?? 0;
  for (let left = section?.info ?? 0; left > 0; left -= 1) {
    const isBase = (file.readUInt16LE(at + 2) & 1) === 1;
    const name = at + file.readUInt32LE(at + 12);
    if (!isBase) versions[file.readUInt16LE(at + 4)] = text(file.readUInt32LE(name));
    at += file.readUInt32LE(at + 16);
  }
  return versions;
}

/**
 * Versions that the file asks other libraries for, by number.
 *
 * @param {Buffer} file
 * @param {Section | undefined} section
 * @param {(at: number) => string} text
 */
function readNeededVersions(file, section, text) {
  /** @type {Record<number, string>} */
  const versions = {};
  let at = section?.offset ?? 0;
  for (let left = section?.info ?? 0; left > 0; left -= 1) {
    let entry = at + file.readUInt32LE(at + 8);
    for (let count = file.readUInt16LE(at + 2); count > 0; count -= 1) {
      versions[file.readUInt16LE(entry + 6) & 0x7fff] = text(file.readUInt32LE(entry + 8));
      entry += file.readUInt32LE(entry + 12);
    }
    at += file.readUInt32LE(at + 12);
  }
  return versions;
}

/**
 * @param {Buffer} file
 * @param {number} start
 */
function cString(file, start) {
  return file.toString('latin1', start, file.indexOf(0, start));
}
