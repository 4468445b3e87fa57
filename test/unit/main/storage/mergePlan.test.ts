import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { IntentId } from '../../../../src/main/jobs/jobRow.ts'
import type { NewJournalLine } from '../../../../src/main/storage/journal/journalLine.ts'
import {
  mergePlan,
  type DatabaseSummary,
  type KnownIntent,
} from '../../../../src/main/storage/journal/mergePlan.ts'
import {
  intentIdFor,
  intentLine,
  ledgerLine,
  numbered,
  outcomeLine,
  runLine,
} from '../../../helpers/storage/journalLines.ts'

type Known = Record<number, Partial<KnownIntent>>

function database(
  generation: number,
  intents: Known,
  unsettled: readonly number[] = [],
): DatabaseSummary {
  const entries = Object.entries(intents).map(([job, known]): [IntentId, KnownIntent] => [
    intentIdFor(Number(job)),
    { outcome: 'open', operationId: null, charge: 'reserved', ...known },
  ])
  return {
    generation,
    intents: new Map(entries),
    unsettled: unsettled.map((job) => intentIdFor(job)),
  }
}
const accepted = (job: number): Partial<KnownIntent> => ({
  outcome: 'accepted',
  operationId: `op${job}`,
})

interface Case {
  readonly what: string
  readonly lines: readonly NewJournalLine[]
  readonly known: DatabaseSummary
  readonly kind: string
  /** Positions of the lines to apply. */
  readonly apply?: readonly number[]
}

const CASES: readonly Case[] = [
  { what: 'a first start', lines: [], known: database(0, {}), kind: 'same' },
  {
    what: 'both know the same',
    lines: [runLine(1), intentLine(1), outcomeLine(1, 'accepted'), ledgerLine(1, 'confirmed')],
    known: database(1, { 1: { ...accepted(1), charge: 'confirmed' } }),
    kind: 'same',
  },
  {
    what: 'a crash between the two writes of a start',
    lines: [runLine(1)],
    known: database(2, {}),
    kind: 'same',
  },
  {
    what: 'a crash after the answer was journaled',
    lines: [runLine(1), intentLine(1), outcomeLine(1, 'accepted')],
    known: database(1, { 1: {} }),
    kind: 'trailing',
    apply: [2],
  },
  {
    what: 'a crash before the ledger followed',
    lines: [runLine(1), intentLine(1), outcomeLine(1, 'accepted'), ledgerLine(1, 'confirmed')],
    known: database(1, { 1: accepted(1) }),
    kind: 'trailing',
    apply: [3],
  },
  {
    what: 'a crash between intent and journal: the database knows more',
    lines: [runLine(1)],
    known: database(1, { 1: {} }, [1]),
    kind: 'journalOlder',
  },
  {
    what: 'the journal was removed',
    lines: [],
    known: database(7, {}),
    kind: 'journalOlder',
  },
  {
    what: 'an earlier journal was put back',
    lines: [runLine(2)],
    known: database(7, {}),
    kind: 'journalOlder',
  },
  {
    what: 'an earlier database was put back',
    lines: [runLine(1), runLine(2), intentLine(1), outcomeLine(1, 'accepted')],
    known: database(1, {}),
    kind: 'databaseOlder',
    apply: [2, 3],
  },
  {
    what: 'an earlier database, although nothing was sent since',
    lines: [runLine(1), runLine(2)],
    known: database(1, {}),
    kind: 'databaseOlder',
    apply: [],
  },
  {
    what: 'no database beside a journal',
    lines: [runLine(1), intentLine(1)],
    known: database(0, {}),
    kind: 'databaseOlder',
    apply: [1],
  },
  {
    what: 'lines of an earlier run are missing, whatever the generation says',
    lines: [runLine(1), intentLine(1), runLine(2)],
    known: database(2, {}),
    kind: 'databaseOlder',
    apply: [1],
  },
  {
    what: 'another operation for the same create',
    lines: [runLine(1), intentLine(1), outcomeLine(1, 'accepted', 'other')],
    known: database(1, { 1: accepted(1) }),
    kind: 'conflict',
    apply: [2],
  },
  {
    what: 'accepted here, refused there',
    lines: [runLine(1), intentLine(1), outcomeLine(1, 'accepted')],
    known: database(1, { 1: { outcome: 'refused' } }),
    kind: 'conflict',
    apply: [2],
  },
  {
    what: 'the database settled what the journal holds unknown',
    lines: [runLine(1), intentLine(1), outcomeLine(1, 'unknown')],
    known: database(1, { 1: accepted(1) }),
    kind: 'same',
  },
  {
    what: 'a late match: the operation outlives a later word',
    lines: [runLine(1), intentLine(1), outcomeLine(1, 'accepted'), outcomeLine(1, 'unknown')],
    known: database(1, { 1: {} }),
    kind: 'trailing',
    apply: [2],
  },
  {
    what: 'money that is free is in no ledger',
    lines: [runLine(1), intentLine(1), outcomeLine(1, 'accepted'), ledgerLine(1, 'confirmed')],
    known: database(1, { 1: { ...accepted(1), charge: null } }),
    kind: 'same',
  },
  {
    what: 'a ledger that has moved on further than its line',
    lines: [runLine(1), intentLine(1), outcomeLine(1, 'accepted'), ledgerLine(1, 'indeterminate')],
    known: database(1, { 1: { ...accepted(1), charge: 'confirmed' } }),
    kind: 'same',
  },
]

test.each(CASES)('$what: $kind', ({ lines, known, kind, apply = [] }) => {
  const given = numbered(lines)
  const plan = mergePlan(given, known)
  expect(plan.kind).toBe(kind)
  expect('lines' in plan ? plan.lines : []).toEqual(apply.map((index) => given[index]))
})

/** One engine's doings, in the order in which both memories are told. */
const story = fc
  .array(
    fc.record({
      outcome: fc.constantFrom('accepted', 'refused', 'notSent', 'unknown', 'none'),
      ledger: fc.constantFrom('confirmed', 'released', 'none'),
      restartAfter: fc.boolean(),
    }),
    { maxLength: 12 },
  )
  .map((jobs) => {
    let run = 1
    return [
      runLine(1),
      ...jobs.flatMap(({ outcome, ledger, restartAfter }, job): NewJournalLine[] => [
        intentLine(job),
        ...(outcome === 'none' ? [] : [outcomeLine(job, outcome)]),
        ...(ledger === 'none' || outcome === 'none' ? [] : [ledgerLine(job, ledger)]),
        ...(restartAfter ? [runLine((run += 1))] : []),
      ]),
    ]
  })

/** The database after it was told these lines. */
function told(lines: readonly NewJournalLine[]): DatabaseSummary {
  let generation = 0
  const intents = new Map<IntentId, KnownIntent>()
  for (const line of lines) {
    if (line.kind === 'run') {
      generation = line.generation
      continue
    }
    const before = intents.get(line.intentId) ?? {
      outcome: 'open',
      operationId: null,
      charge: 'reserved',
    }
    const change =
      line.kind === 'outcome'
        ? { outcome: line.outcome, operationId: line.operation?.id ?? null }
        : line.kind === 'ledger'
          ? { charge: line.state }
          : {}
    intents.set(line.intentId, { ...before, ...change })
  }
  const unsettled = [...intents].filter(
    ([, { outcome }]) => outcome === 'open' || outcome === 'unknown',
  )
  return { generation, intents, unsettled: unsettled.map(([id]) => id) }
}

describe('over any story', () => {
  test('two memories that were told the same agree', () => {
    fc.assert(
      fc.property(story, (lines) => {
        expect(mergePlan(numbered(lines), told(lines))).toEqual({ kind: 'same' })
      }),
    )
  })

  test('a database that stopped earlier in the last run is never asked about, and gets what it lacks', () => {
    fc.assert(
      fc.property(story, fc.nat({ max: 8 }), (lines, back) => {
        const lastRun = lines.findLastIndex((line) => line.kind === 'run')
        const until = Math.max(lastRun + 1, lines.length - back)
        const plan = mergePlan(numbered(lines), told(lines.slice(0, until)))
        expect(['same', 'trailing']).toContain(plan.kind)
        const applied = 'lines' in plan ? plan.lines : []
        const after = told([...lines.slice(0, until), ...applied])
        expect(mergePlan(numbered(lines), after).kind).toBe('same')
      }),
    )
  })

  test('a database of an earlier run is always asked about, and no accepted operation is lost', () => {
    fc.assert(
      fc.property(story, fc.nat(), (lines, at) => {
        const runs = lines.flatMap((line, index) =>
          line.kind === 'run' && index > 0 ? [index] : [],
        )
        const until = runs[at % Math.max(1, runs.length)]
        fc.pre(until !== undefined)
        const known = told(lines.slice(0, until))
        const plan = mergePlan(numbered(lines), known)
        if (plan.kind !== 'databaseOlder') throw new Error(plan.kind)
        const saved = plan.lines.flatMap((line) =>
          'operation' in line ? [line.operation?.id] : [],
        )
        const all = lines.flatMap((line) =>
          'operation' in line && line.operation !== null ? [line.operation.id] : [],
        )
        const had = [...known.intents.values()].map(({ operationId }) => operationId)
        expect(all.filter((id) => !saved.includes(id) && !had.includes(id))).toEqual([])
      }),
    )
  })

  test('a journal that stopped earlier never changes the database', () => {
    fc.assert(
      fc.property(story, fc.nat(), (lines, at) => {
        const plan = mergePlan(numbered(lines.slice(0, at % (lines.length + 1))), told(lines))
        expect(['same', 'journalOlder']).toContain(plan.kind)
      }),
    )
  })
})
