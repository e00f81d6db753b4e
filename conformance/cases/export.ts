/*
 * Plan: what an exporter leaves in a program (WSB-EXPORT).
 *
 * These programs are not loaded: `explain` judges the file, whatever a delegate makes of it. A case
 * says whether its program keeps or breaks the clause, and every program keeps all other clauses of
 * the area, so that a fault is told by its own clause alone. Blobs are the writer's, which are
 * canonical, unless a case is about their bytes. Whether an engine streams is read from its
 * scripted plan; of a plan that nobody knows it cannot be told, and so it may. The exporter's own
 * programs, whose plans are recorded ones, are judged in export.test.ts.
 *
 * Boundaries: the decimal zero with one digit and with two, the greatest budget and the one above
 * it; one compile spec and two of equal values; a method without delegates and a delegate of
 * another backend, which have no say; a device number with and without its zero; a missing device
 * id, which means 0; no filler, the most and the least there is; one byte that streams, none, and
 * fewer than none, which means none; types and shapes that are the engine's, left out, or off by
 * one.
 */
import {
  behindEngine,
  byteAt,
  lastFiller,
  metadata,
  movedEngine,
  rawMetadata,
  reserved,
  unknownPlan,
} from '../model/scenario/blob-change.js';
import { programClause, type ProgramCase } from '../model/scenario/program-case.js';
import type { BlobChange, EngineScenario } from '../model/scenario/scenario.js';
import { input } from '../model/scenario/vocabulary.js';
import { BUDGET } from '../model/names.js';
import { hex, named, type Text } from '../model/text.js';

const ALL = 2n ** 63n - 1n;
const FOREIGN = { backend: 'OtherBackend' };
/** It has a budget and streams nothing. */
const RESIDENT = { spec: '8192', streamable: 0n };
const NO_DEVICE = rawMetadata('{"io_bindings":[]}');
const LEAST_DEVICE = '{"io_bindings":[],"device_id":0}';

/** Cases of the clauses WSB-EXPORT. */
export const EXPORT: readonly ProgramCase[] = [
  programClause('WSB-EXPORT-01')
    .control('8192', { spec: '8192' })
    .control('no budget', {})
    .violation('a leading zero', { spec: '08192' })
    .violation('a plus', { spec: '+8192' })
    .violation('a trailing blank', { spec: '8192 ' })
    .violation('a trailing NUL', { spec: '8192\0' })
    .violation('hexadecimal', { spec: '0x2000' })
    .violation('a word', { spec: 'auto' })
    .violation('no byte', { spec: '' })
    .violation('a leading zero in the second method', {
      methods: { decode: [{ spec: '08192' }], prefill: [{ spec: '08192' }] },
    })
    .boundary('0', { spec: '0' }, 'keeps')
    .boundary('00', { spec: '00' }, 'breaks')
    .boundary('1', { spec: '1' }, 'keeps')
    .boundary('-1', { spec: '-1' }, 'breaks')
    .boundary('2^63 - 1', { spec: `${ALL}` }, 'keeps')
    .boundary('2^63', { spec: `${ALL + 1n}` }, 'breaks')
    .boundary('2^63 - 1 behind a zero', { spec: `0${ALL}` }, 'breaks'),

  programClause('WSB-EXPORT-02')
    .control('one', { spec: '8192' })
    .control('none', {})
    .violation('two', { spec: ['8192', '4096'] })
    .violation('three', { spec: ['8192', '8192', '8192'] })
    .violation('two with another between', {
      specs: [
        [BUDGET, '8192'],
        ['other', '1'],
        [BUDGET, '8192'],
      ],
    })
    .boundary('two with equal values', { spec: ['8192', '8192'] }, 'breaks')
    .boundary(
      'one, and one with a longer key',
      {
        specs: [
          [BUDGET, '8192'],
          [`${BUDGET}_`, '8192'],
        ],
      },
      'keeps',
    )
    .boundary('one in each of two delegates', { engines: [{ spec: '8192' }, { spec: '8192' }] }, 'keeps'),

  programClause('WSB-EXPORT-03')
    .control('two methods with 8192', {
      methods: { decode: [{ spec: '8192' }], prefill: [{ spec: '8192' }] },
    })
    .control('two methods with none', { methods: { decode: [{}], prefill: [{}] } })
    .violation('one delegate without', { engines: [{ spec: '8192' }, {}] })
    .violation('one method without', { methods: { decode: [{ spec: '8192' }], prefill: [{}] } })
    .violation('two delegates with two values', { engines: [{ spec: '8192' }, { spec: '4096' }] })
    .violation('two methods with two values', {
      methods: { decode: [{ spec: '8192' }], prefill: [{ spec: '4096' }] },
    })
    .boundary('the last of three without', { engines: [{ spec: '0' }, { spec: '0' }, {}] }, 'breaks')
    .boundary('three with 0', { engines: [{ spec: '0' }, { spec: '0' }, { spec: '0' }] }, 'keeps')
    .boundary(
      'a method that has no delegate',
      { methods: { decode: [{ spec: '8192' }], prefill: [] } },
      'keeps',
    )
    .boundary('a delegate of another backend without', { engines: [{ spec: '8192' }, FOREIGN] }, 'keeps'),

  programClause('WSB-EXPORT-04')
    .control('cuda:0', target('cuda:0'))
    .control('no target device', {})
    .violation('gpu:0', target('gpu:0'))
    .violation('capitals', target('CUDA:0'))
    .violation('a leading blank', target(' cuda:0'))
    .violation('a trailing NUL', target('cuda:0\0'))
    .violation('a trailing line feed', target('cuda:0\n'))
    .violation('hexadecimal', target('cuda:0x0'))
    .violation('a sign', target('cuda:-1'))
    .violation('a byte order mark', target('\ufeffcuda:0'))
    .boundary('no number and no colon', target('cuda'), 'breaks')
    .boundary('no number', target('cuda:'), 'breaks')
    .boundary('0 with two digits', target('cuda:00'), 'breaks')
    .boundary('1', target('cuda:1', '1'), 'keeps')
    .boundary('1 behind a zero', target('cuda:01', '1'), 'breaks')
    .boundary('10', target('cuda:10', '10'), 'keeps')
    .boundary('the greatest', target('cuda:2147483647', '2147483647'), 'keeps'),

  programClause('WSB-EXPORT-05')
    .control('both 0', target('cuda:0', '0'))
    .control('both 1', target('cuda:1', '1'))
    .violation('0 and 1', target('cuda:0', '1'))
    .violation('1 and 0', target('cuda:1', '0'))
    .violation('1 and 10', target('cuda:1', '10'))
    .boundary('0, and no device id', { ...target('cuda:0'), blob: NO_DEVICE }, 'keeps')
    .boundary('1, and no device id', { ...target('cuda:1'), blob: NO_DEVICE }, 'breaks')
    .boundary('the greatest and one less', target('cuda:2147483647', '2147483646'), 'breaks')
    .boundary('both one less than the greatest', target('cuda:2147483646', '2147483646'), 'keeps'),

  programClause('WSB-EXPORT-06')
    .control('TR01 without aliases', { blob: aliases(0, 'TR01') })
    .control('TR02 with an alias', { blob: aliases(1, 'TR02') })
    .violation('TR01 with an alias', { blob: aliases(1, 'TR01') })
    .violation('TR01 with two aliases', { blob: aliases(2, 'TR01') })
    .violation('the second of two delegates', {
      engines: [{ blob: aliases(1, 'TR02') }, { blob: aliases(1, 'TR01') }],
    })
    .boundary('TR02 with an empty aliased_io', { blob: aliases(0, 'TR02') }, 'breaks')
    .boundary('TR02 with two aliases', { blob: aliases(2, 'TR02') }, 'keeps')
    .boundary('TR01 and no aliased_io', { blob: rawMetadata(LEAST_DEVICE) }, 'keeps'),

  programClause('WSB-EXPORT-07')
    .control("the writer's", {})
    .violation('filler that is not zero', { blob: lastFiller(rawMetadata(ended(1)), 0xff) })
    .violation('the engine 16 bytes further on', { blob: movedEngine(16) })
    .violation('the reserved bytes zero', { blob: reserved(hex('0000000000000000')) })
    .violation('16 bytes behind the engine', { blob: behindEngine(16) })
    .boundary('metadata that ends on a multiple of 16', { blob: rawMetadata(ended(0)) }, 'keeps')
    .boundary('metadata that ends one byte behind it', { blob: rawMetadata(ended(1)) }, 'keeps')
    .boundary('metadata that ends one byte before it', { blob: rawMetadata(ended(15)) }, 'keeps')
    .boundary('that one byte of filler 1', { blob: lastFiller(rawMetadata(ended(15)), 1) }, 'breaks')
    .boundary('the first reserved byte 0', { blob: byteAt(24, 0) }, 'breaks')
    .boundary('the first reserved byte 2', { blob: byteAt(24, 2) }, 'breaks')
    .boundary('the last reserved byte 1', { blob: byteAt(31, 1) }, 'breaks')
    .boundary('one byte behind the engine', { blob: behindEngine(1) }, 'breaks'),

  programClause('WSB-EXPORT-08')
    .control('an engine that streams', { spec: '8192' })
    .control('a modelled engine that streams', { spec: '8192', modelled: true })
    .control('nothing streams, and no budget', { streamable: 0n })
    .violation('nothing streams', RESIDENT)
    .violation('a modelled engine that does not stream', { spec: '8192', streamable: 0n, modelled: true })
    .violation('two engines that do not stream', { engines: [RESIDENT, RESIDENT] })
    .violation('two methods in which nothing streams', {
      methods: { decode: [RESIDENT], prefill: [RESIDENT] },
    })
    .boundary('one byte streams', { spec: '0', streamable: 1n }, 'keeps')
    .boundary('no byte streams', { spec: '0', streamable: 0n }, 'breaks')
    .boundary('fewer than none', { spec: '0', streamable: -1n }, 'breaks')
    .boundary(
      'the last of three streams',
      { engines: [{ spec: '1', streamable: 0n }, { spec: '1', streamable: 0n }, { spec: '1' }] },
      'keeps',
    )
    .boundary(
      'one streams, in the second method',
      { methods: { decode: [{ spec: '1', streamable: 0n }], prefill: [{ spec: '1' }] } },
      'keeps',
    )
    .boundary(
      'what streams belongs to another backend',
      { engines: [{ spec: '1', streamable: 0n }, FOREIGN] },
      'breaks',
    )
    .boundary(
      'a plan that nobody knows beside one that does not stream',
      {
        engines: [
          { spec: '1', streamable: 0n },
          { spec: '1', blob: unknownPlan() },
        ],
      },
      'keeps',
    ),

  programClause('WSB-EXPORT-09')
    .control('as in the engine', described('float16', [1, 4]))
    .control('nothing', described('', []))
    .violation('another type', described('float32', [1, 4]))
    .violation('another size', described('float16', [1, 5]))
    .violation('another rank', described('float16', [1, 4, 1]))
    .boundary('a type alone', described('float16', []), 'keeps')
    .boundary('another type alone', described('bfloat16', []), 'breaks')
    .boundary('a shape alone', described('', [1, 4]), 'keeps')
    .boundary('a smaller rank alone', described('', [4]), 'breaks')
    .boundary('a name of PyTorch with its module', described('torch.float16', [1, 4]), 'breaks')
    .boundary('a dynamic size of a static one', described('float16', [-1, 4]), 'keeps')
    .boundary('the last size, by one', described('float16', [1, 3]), 'breaks')
    .boundary('any size of a dynamic one', described('float16', [7, 4], [-1n, 4n]), 'keeps')
    .boundary('a static size beside a dynamic one', described('float16', [7, 5], [-1n, 4n]), 'breaks')
    .boundary('a scalar, of which nothing can be said', described('float16', [], []), 'keeps')
    .boundary('one element for a scalar', described('float16', [1], []), 'breaks')
    .boundary('what nobody can tell', { ...described('float32', [1, 4]), blob: unknownPlan() }, 'keeps'),
].flatMap(({ cases }) => cases);

/**
 * A delegate with that target device, and with that device id in its blob (the writer's 0 unless
 * given).
 */
function target(device: Text, id?: string): EngineScenario {
  const specs = [['target_device', device]] as const;
  return id === undefined ? { specs } : { specs, blob: rawMetadata(`{"io_bindings":[],"device_id":${id}}`) };
}

/** An input of float16 of which the metadata says this. */
function described(dtype: string, shape: readonly number[], engine = [1n, 4n]): EngineScenario {
  const profile = engine.includes(-1n) ? { min: [1n, 4n], max: [8n, 4n] } : null;
  return {
    bindings: [input('x', engine, { profile })],
    blob: metadata(`x ${dtype}[${shape.join()}]`, {
      io_bindings: [{ name: 'x', dtype, shape, is_input: true }],
    }),
  };
}

/** A blob with that many aliases and that magic. */
function aliases(count: number, magic: 'TR01' | 'TR02'): BlobChange {
  const aliased = Array.from({ length: count }, (_, at) => ({
    output: `out_${at}`,
    input: `in_${at}`,
    kind: 'user',
  }));
  return metadata(`${count} aliases`, { aliased_io: aliased }, magic);
}

/** Metadata whose end lies that many bytes behind a multiple of 16. */
function ended(behind: number): ReturnType<typeof named> {
  const length = 48 + behind;
  return named(`of ${length} bytes`, LEAST_DEVICE + ' '.repeat(length - LEAST_DEVICE.length));
}
