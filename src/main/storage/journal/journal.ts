import type { SubmitJournal } from '../../jobs/ports.ts'
import type { IntentId } from '../../jobs/jobRow.ts'
import { storageErrorFrom } from '../storageError.ts'
import { encodeLine, type NewJournalLine } from './journalLine.ts'
import { JournalFile } from './journalFile.ts'
import type { JournalContent } from './readJournal.ts'

/** Kept free for the answer to each create that leaves; an operation is a few hundred bytes. */
const ANSWER_BYTES = 16 * 1024

interface Waiting {
  readonly line: NewJournalLine
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/** As it goes into the file. */
interface Numbered extends Waiting {
  readonly text: string
  readonly bytes: number
}

interface OpenJournal {
  readonly path: string
  /** From `readJournal`, just now. */
  readonly content: JournalContent
  /** Creates of earlier runs whose answer may still come. */
  readonly unsettled: readonly IntentId[]
}

/**
 * The second memory beside the database (money rule 13). Each call resolves once its line is on the
 * disk; lines asked for together share one write and one fsync. Rejects with a StorageError.
 */
export class Journal implements SubmitJournal {
  readonly #file: JournalFile
  /** Bytes promised to the answers of intents. */
  readonly #room = new Map<IntentId, number>()
  #waiting: Waiting[] = []
  #working: Promise<void> | undefined
  #next: number

  private constructor(file: JournalFile, { content, unsettled }: OpenJournal) {
    this.#file = file
    this.#next = (content.lines.at(-1)?.n ?? 0) + 1
    for (const id of unsettled) this.#room.set(id, ANSWER_BYTES)
  }

  /** @throws (rejects) StorageError when the file can be neither opened nor made */
  static async open(options: OpenJournal): Promise<Journal> {
    try {
      return new Journal(await JournalFile.open(options.path, options.content.end), options)
    } catch (error) {
      throw storageErrorFrom(error) ?? error
    }
  }

  /**
   * First lines of an engine run, after the database has the same generation.
   * @param backlog what the database knew alone
   */
  async begin(
    line: { readonly run: number; readonly generation: number; readonly at: number },
    backlog: readonly NewJournalLine[],
  ): Promise<void> {
    const lines = [{ kind: 'run' as const, ...line }, ...backlog]
    await Promise.all(lines.map((each) => this.#append(each)))
  }

  /** Room for the answer is taken before this line goes in, so that a full disk stops the create and not its answer. */
  intent({ intent, reservation }: Parameters<SubmitJournal['intent']>[0]): Promise<void> {
    const { job, wire } = intent
    return this.#append({
      kind: 'intent',
      at: intent.at,
      intentId: intent.id,
      jobId: job.id,
      intentNo: intentNoOf(intent.id),
      provider: job.provider,
      credential: intent.credential,
      url: wire.url,
      endpoint: intent.endpoint,
      fingerprint: wire.fingerprint,
      bodySha256: intent.bodySha256,
      wireVersion: wire.version,
      reservation,
      job: {
        batchId: job.batchId,
        row: job.row,
        take: job.take,
        prompt: job.prompt,
        model: job.model,
        modelName: job.modelName,
        route: job.route,
        mode: job.mode,
      },
    })
  }

  outcome({ operation, ...line }: Parameters<SubmitJournal['outcome']>[0]): Promise<void> {
    const plain =
      operation === null
        ? null
        : { id: operation.id, version: operation.version, data: operation.data }
    return this.#append({ kind: 'outcome', ...line, operation: plain })
  }

  ledger(line: Parameters<SubmitJournal['ledger']>[0]): Promise<void> {
    return this.#append({ kind: 'ledger', ...line })
  }

  /** Writes what waits, then lets go of the file. */
  async close(): Promise<void> {
    await this.#working
    await this.#file.close()
  }

  #append(line: NewJournalLine): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ line, resolve, reject })
      // All that is asked for in this turn goes together.
      this.#working ??= new Promise<void>((done) => setImmediate(done)).then(() => this.#work())
    })
  }

  async #work(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#waiting
      this.#waiting = []
      await this.#writeGroup(group)
    }
    this.#working = undefined
  }

  async #writeGroup(group: readonly Waiting[]): Promise<void> {
    const numbered = this.#numbered(group)
    const refused = await this.#takeRoom(numbered)
    if (refused === undefined) return this.#write(numbered)
    // Answers have room of their own; what has none is not written, so its create does not leave.
    const answers = group.filter(({ line }) => this.#isAnswer(line))
    for (const entry of group) if (!answers.includes(entry)) entry.reject(refused)
    return this.#write(this.#numbered(answers))
  }

  /** What cannot be written as a line is rejected by itself, and takes no number. */
  #numbered(group: readonly Waiting[]): readonly Numbered[] {
    const numbered: Numbered[] = []
    for (const entry of group)
      try {
        const text = encodeLine(entry.line, this.#next + numbered.length)
        numbered.push({ ...entry, text, bytes: Buffer.byteLength(text) })
      } catch (error) {
        entry.reject(error)
      }
    return numbered
  }

  /** Undefined when there is room for the group and for every answer that is still to come. */
  async #takeRoom(group: readonly Numbered[]): Promise<unknown> {
    try {
      let room = 0
      for (const { line, bytes } of group)
        room += bytes + (line.kind === 'intent' ? ANSWER_BYTES : 0)
      for (const promised of this.#room.values()) room += promised
      await this.#file.makeRoom(room)
      return undefined
    } catch (error) {
      return storageErrorFrom(error) ?? error
    }
  }

  async #write(group: readonly Numbered[]): Promise<void> {
    if (group.length === 0) return
    try {
      await this.#file.append(group.map(({ text }) => text).join(''))
    } catch (error) {
      for (const { reject } of group) reject(storageErrorFrom(error) ?? error)
      return
    }
    this.#next += group.length
    for (const { line, bytes, resolve } of group) {
      this.#settleRoom(line, bytes)
      resolve()
    }
  }

  #isAnswer(line: NewJournalLine): boolean {
    return 'intentId' in line && line.kind !== 'intent' && this.#room.has(line.intentId)
  }

  /** Answers use up the room that their intent was promised; a settled one needs none any more. */
  #settleRoom(line: NewJournalLine, bytes: number): void {
    if (line.kind === 'run') return
    if (line.kind === 'intent') {
      this.#room.set(line.intentId, ANSWER_BYTES)
      return
    }
    const room = this.#room.get(line.intentId)
    if (room === undefined) return
    if (isLastWord(line) || room <= bytes) this.#room.delete(line.intentId)
    else this.#room.set(line.intentId, room - bytes)
  }
}

/** Nothing more is to come about this intent that could not wait for room. */
function isLastWord(line: NewJournalLine): boolean {
  if (line.kind === 'ledger') return line.state === 'confirmed' || line.state === 'released'
  return line.kind === 'outcome' && line.outcome !== 'open' && line.outcome !== 'unknown'
}

function intentNoOf(id: IntentId): number {
  return Number(id.slice(id.lastIndexOf(':') + 1))
}
