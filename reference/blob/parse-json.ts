import type { Json } from './json.js';

/** Arrays and objects may nest this deep. */
export const MAX_JSON_DEPTH = 64;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads bytes as JSON proper (RFC 8259) in UTF-8: nothing before or behind the value but blanks, no
 * lone surrogates, at most {@link MAX_JSON_DEPTH} levels. Null when the bytes are anything else.
 */
export function parseJson(bytes: Uint8Array): Json | null {
  try {
    return new JsonParser(decoder.decode(bytes)).parseDocument();
  } catch {
    // A JsonSyntaxError, or the TypeError of TextDecoder for bytes that are not UTF-8.
    return null;
  }
}

class JsonSyntaxError extends Error {}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
const FIRST_SURROGATE = 0xd800;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const BLANKS = [SPACE, 0x09, 0x0a, 0x0d];

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const ESCAPED: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
/** With the flag u only a surrogate without its other half is a character of its own. */
const LONE_SURROGATE = /[\ud800-\udfff]/u;

const WORDS: readonly (readonly [string, Json])[] = [
  ['true', { kind: 'boolean', value: true }],
  ['false', { kind: 'boolean', value: false }],
  ['null', { kind: 'null' }],
];

class JsonParser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  parseDocument(): Json {
    const value = this.#value(0);
    this.#skipBlanks();
    if (this.#at !== this.#text.length) throw new JsonSyntaxError();
    return value;
  }

  #value(depth: number): Json {
    this.#skipBlanks();
    switch (this.#text.charCodeAt(this.#at)) {
      case OPEN_OBJECT:
        return this.#object(depth + 1);
      case OPEN_ARRAY:
        return this.#array(depth + 1);
      case QUOTE:
        return { kind: 'string', text: this.#string() };
      default:
        return this.#word() ?? { kind: 'number', text: this.#expect(NUMBER) };
    }
  }

  #word(): Json | null {
    for (const [word, value] of WORDS) {
      if (this.#text.startsWith(word, this.#at)) {
        this.#at += word.length;
        return value;
      }
    }
    return null;
  }

  #array(depth: number): Json {
    this.#enter(depth);
    const items: Json[] = [];
    if (this.#take(CLOSE_ARRAY)) return { kind: 'array', items };
    do items.push(this.#value(depth));
    while (this.#take(COMMA));
    this.#demand(CLOSE_ARRAY);
    return { kind: 'array', items };
  }

  #object(depth: number): Json {
    this.#enter(depth);
    const members = new Map<string, Json>();
    if (this.#take(CLOSE_OBJECT)) return { kind: 'object', members };
    do {
      this.#skipBlanks();
      const name = this.#string();
      this.#demand(COLON);
      members.set(name, this.#value(depth));
    } while (this.#take(COMMA));
    this.#demand(CLOSE_OBJECT);
    return { kind: 'object', members };
  }

  #string(): string {
    this.#demand(QUOTE);
    let text = '';
    let start = this.#at;
    let mayBeLone = false;
    for (;;) {
      // Not a number at the end of the text, and so greater than nothing.
      const code = this.#text.charCodeAt(this.#at);
      if (!(code >= SPACE)) throw new JsonSyntaxError();
      if (code === QUOTE) break;
      if (code === BACKSLASH) {
        text += this.#text.slice(start, this.#at) + unescape(this.#expect(ESCAPE));
        start = this.#at;
        mayBeLone = true;
      } else {
        mayBeLone ||= code >= FIRST_SURROGATE;
        this.#at++;
      }
    }
    text += this.#text.slice(start, this.#at++);
    if (mayBeLone && LONE_SURROGATE.test(text)) throw new JsonSyntaxError();
    return text;
  }

  /** Steps over the opening bracket. */
  #enter(depth: number): void {
    if (depth > MAX_JSON_DEPTH) throw new JsonSyntaxError();
    this.#at++;
  }

  #skipBlanks(): void {
    while (BLANKS.includes(this.#text.charCodeAt(this.#at))) this.#at++;
  }

  #take(code: number): boolean {
    this.#skipBlanks();
    if (this.#text.charCodeAt(this.#at) !== code) return false;
    this.#at++;
    return true;
  }

  #demand(code: number): void {
    if (!this.#take(code)) throw new JsonSyntaxError();
  }

  /** What a sticky pattern matches at the cursor. */
  #expect(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const text = pattern.exec(this.#text)?.[0];
    if (text === undefined) throw new JsonSyntaxError();
    this.#at += text.length;
    return text;
  }
}

function unescape(escape: string): string {
  const kind = escape.slice(1, 2);
  return kind === 'u' ? String.fromCharCode(parseInt(escape.slice(2), 16)) : (ESCAPED[kind] ?? kind);
}
