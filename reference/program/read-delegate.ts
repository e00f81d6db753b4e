import type { CompileSpec } from '../rules/find-spec.js';
import { elements } from './elements.js';
import * as fb from './generated/executorch-flatbuffer.js';
import type { ByteVector } from './guarded-buffer.js';
import { guarded } from './guarded.js';
import { type MethodRoom, SIZE_OF } from './method-room.js';
import type { OpenProgram } from './open-program.js';
import { unreadable, type Readable } from './program-fault.js';
import type { DelegateFile } from './program-file.js';
import { readSegment } from './read-segment.js';
import { SLOTS } from './slots.js';

// A damaged file can hold any number here.
const INLINE: number = fb.DataLocation.INLINE;
const SEGMENT: number = fb.DataLocation.SEGMENT;

/** Reads a delegate of a method. Its data is not read. */
export function readDelegate(
  program: OpenProgram,
  delegate: fb.BackendDelegate,
  room: MethodRoom,
): DelegateFile {
  const location = guarded(() => readLocation(delegate));
  const data = location.ok ? guarded(() => readData(program, location.value)) : location;
  return {
    backend: guarded(() => readBackend(delegate)),
    placement: location.ok ? placementOf(location.value) : null,
    data: data.ok ? { ok: true, value: data.value.range } : data,
    dataSize: data.ok ? data.value.size : 0,
    compileSpecs: guarded(() => readCompileSpecs(program, delegate, room)),
  };
}

function readBackend(delegate: fb.BackendDelegate): Readable<string> {
  const id = delegate.id();
  return id === null ? unreadable('missing-field', 'the delegate names no backend') : { ok: true, value: id };
}

interface DataReference {
  readonly location: number;
  readonly index: number;
}

function readLocation(delegate: fb.BackendDelegate): Readable<DataReference> {
  const processed = delegate.processed();
  return processed === null
    ? unreadable(
        'crash-hazard',
        'the delegate does not say where its data is, which the runtime takes for granted',
      )
    : { ok: true, value: { location: processed.location(), index: processed.index() } };
}

function placementOf({ location }: DataReference): DelegateFile['placement'] {
  if (location === INLINE) return 'inline';
  return location === SEGMENT ? 'segment' : null;
}

function readData(program: OpenProgram, reference: DataReference): Readable<ByteVector> {
  switch (placementOf(reference)) {
    case 'inline':
      return readInlineData(program, reference.index);
    case 'segment':
      return readDelegateSegment(program, reference.index);
    case null:
      return unreadable(
        'unknown-placement',
        `the data is said to be in a place of unknown kind ${reference.location}`,
      );
  }
}

function readInlineData({ buffer, root }: OpenProgram, index: number): Readable<ByteVector> {
  if (!buffer.has(root, SLOTS.Program.backendDelegateData)) {
    return unreadable('crash-hazard', 'there is no list of inline data, which the runtime takes for granted');
  }
  if (index >= root.backendDelegateDataLength()) {
    return unreadable('no-such-inline-data', `there is no inline data ${index}`);
  }
  const holder = root.backendDelegateData(index);
  const data = holder && buffer.byteVector(holder, SLOTS.BackendDelegateInlineData.data);
  return data === null
    ? unreadable('crash-hazard', `inline data ${index} has no bytes, which the runtime takes for granted`)
    : { ok: true, value: data };
}

function readDelegateSegment(program: OpenProgram, index: number): Readable<ByteVector> {
  const { buffer, root, header } = program;
  if (header === null || header.segmentBase === 0n) {
    return unreadable(
      'no-such-segment',
      `the data is said to be in segment ${index}, but the file has no segments`,
    );
  }
  if (!buffer.has(root, SLOTS.Program.segments)) {
    return unreadable(
      'missing-field',
      `the data is said to be in segment ${index}, but there is no list of segments`,
    );
  }
  if (index >= root.segmentsLength()) {
    return unreadable('no-such-segment', `there is no segment ${index}`);
  }
  const segment = readSegment(program, index, 'checked');
  return segment.ok ? { ok: true, value: { range: segment.value, size: segment.value.size } } : segment;
}

function readCompileSpecs(
  { buffer }: OpenProgram,
  delegate: fb.BackendDelegate,
  room: MethodRoom,
): Readable<readonly CompileSpec[]> {
  const specs: CompileSpec[] = [];
  const count = delegate.compileSpecsLength();
  if (!room.take(count, SIZE_OF.compileSpec)) {
    return unreadable('too-large', `there is no memory for ${count} compile specs`);
  }
  for (const spec of elements(count, (n) => delegate.compileSpecs(n))) {
    const key = spec.key();
    const value = buffer.byteVector(spec, SLOTS.CompileSpec.value);
    if (key === null || value === null) {
      return unreadable(
        'crash-hazard',
        `compile spec ${specs.length} has no key or no value, which the runtime takes for granted`,
      );
    }
    specs.push({ key, value: value.range.read() });
  }
  return { ok: true, value: specs };
}
