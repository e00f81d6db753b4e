import type { Policy } from '../../reference/index.js';
import { SPECIFICATION } from '../specification-version.js';
import { SubjectError } from '../model/subject-error.js';
import { DEFAULT_PROFILE, PROFILE_NAMES, profileNamed, type ProfileName } from '../spec/profile-name.js';
import { CAPABILITIES, LATER_CAPABILITIES, type Capabilities } from './capabilities.js';
import { briefly } from '../model/visible-text.js';

/** When a subject has to write its output through (spec/protocol.md, "Begin and answer"). */
export type Flush = 'each' | 'batch';

/** Framings by their names in a hello. */
export type FramingName = 'json-lines' | 'binary';

/** What a subject says of itself. */
export interface SubjectHello {
  readonly framing: FramingName;
  readonly name: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly policy: Policy;
  /** What it claims to conform to; `delegate` where it does not say. */
  readonly profile: ProfileName;
  readonly capabilities: Capabilities;
}

const VERSION = 1;
const MOST_VERSIONS = 32;
const MOST_CHARACTERS = 200;
const LABEL = `of at most ${MOST_CHARACTERS} characters, none of them a control character`;
const POLICIES: readonly Policy[] = ['fitting', 'upstream'];
/** May be left out. */
const OPTIONAL = ['policy', 'profile'];
const MEMBERS = ['message', 'version', 'framing', 'name', 'versions', 'capabilities'];

/** The runner's hello as a line; `progress` is the path of the progress file, if there is one. */
export function helloLine(flush: Flush, framings: readonly FramingName[], progress: string | null): string {
  const hello = {
    message: 'hello',
    versions: [VERSION],
    framings,
    flush,
    progress,
    specification: SPECIFICATION,
  };
  return `${JSON.stringify(hello)}\n`;
}

/**
 * Reads the subject's hello. What is missing in it is never taken for anything.
 *
 * @throws SubjectError when it is invalid, when it chooses what was not offered, or when a
 * capability is missing or unknown.
 */
export function readHello(line: string, framings: readonly FramingName[]): SubjectHello {
  const said = parsed(line);
  if (said['message'] === 'failure') {
    const { reason } = said;
    throw broken(
      `says that it cannot run: ${typeof reason === 'string' ? briefly(reason) : 'it gives no reason'}`,
    );
  }
  if (said['message'] !== 'hello')
    throw broken(`answered the hello with ${JSON.stringify(line.slice(0, 200))}`);
  const names = Object.keys(said);
  const missing = MEMBERS.filter((name) => !names.includes(name));
  const unknown = names.filter((name) => !OPTIONAL.includes(name) && !MEMBERS.includes(name));
  if (missing.length > 0) throw broken(`has a hello without ${missing.join(', ')}`);
  if (unknown.length > 0)
    throw broken(`has a hello with ${unknown.join(', ')}, which the protocol does not define`);
  if (said['version'] !== VERSION) {
    throw broken(`chose version ${JSON.stringify(said['version'])}; ${VERSION} was offered`);
  }
  const framing = framings.find((name) => name === said['framing']);
  if (framing === undefined) {
    throw broken(
      `chose the framing ${JSON.stringify(said['framing'])}; ${framings.join(' and ')} were offered`,
    );
  }
  const { name } = said;
  if (!isLabel(name) || name === '') throw broken(`has a hello whose name is not a text ${LABEL}`);
  return {
    framing,
    name,
    versions: versionsOf(said['versions']),
    policy: policyOf(said['policy']),
    profile: profileOf(said['profile']),
    capabilities: capabilitiesOf(said['capabilities']),
  };
}

function policyOf(json: unknown): Policy {
  if (json === undefined) return 'upstream';
  const policy = POLICIES.find((known) => known === json);
  if (policy !== undefined) return policy;
  throw broken(`has a hello with the policy ${JSON.stringify(json)}; known are ${POLICIES.join(' and ')}`);
}

function profileOf(json: unknown): ProfileName {
  if (json === undefined) return DEFAULT_PROFILE;
  const profile = profileNamed(json);
  if (profile !== undefined) return profile;
  throw broken(`has a hello with the profile ${JSON.stringify(json)}; known are ${PROFILE_NAMES.join(', ')}`);
}

function versionsOf(json: unknown): Readonly<Record<string, string>> {
  if (isObject(json) && Object.entries(json).flat().every(isLabel)) {
    if (Object.keys(json).length <= MOST_VERSIONS) return json as Readonly<Record<string, string>>;
    throw broken(`has a hello with more than ${MOST_VERSIONS} versions`);
  }
  throw broken(`has a hello whose versions are not a name and a text each ${LABEL}`);
}

function capabilitiesOf(json: unknown): Capabilities {
  if (!isObject(json)) throw broken('has a hello whose capabilities are not an object');
  const said: Readonly<Record<string, unknown>> = { ...LATER_CAPABILITIES, ...json };
  const missing = CAPABILITIES.filter((name) => typeof said[name] !== 'boolean');
  const unknown = Object.keys(said).filter((name) => !CAPABILITIES.some((known) => known === name));
  if (missing.length > 0) {
    throw broken(
      `does not say true or false for the capabilities ${missing.join(', ')}; name each in its hello`,
    );
  }
  if (unknown.length > 0) throw broken(`names unknown capabilities: ${unknown.join(', ')}`);
  const capabilities = said as Capabilities;
  if (capabilities.program || capabilities.decision) return capabilities;
  throw broken('has neither the capability program nor decision: no case could be sent to it');
}

/** Whether a value can stand in a report and on a terminal. */
function isLabel(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MOST_CHARACTERS && !/\p{Cc}/u.test(value);
}

function parsed(line: string): Readonly<Record<string, unknown>> {
  let said: unknown;
  try {
    said = JSON.parse(line);
  } catch (cause) {
    throw broken(
      `answered the hello with a line that is not JSON: ${JSON.stringify(line.slice(0, 200))}`,
      cause,
    );
  }
  if (isObject(said)) return said;
  throw broken(`answered the hello with ${JSON.stringify(line.slice(0, 200))}`);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function broken(what: string, cause?: unknown): SubjectError {
  return new SubjectError('broken', `The subject ${what} (spec/protocol.md).`, { cause });
}
