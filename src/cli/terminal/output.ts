import { styleText } from 'node:util'
import { printable } from '../../shared/domain/printable.ts'
import type { CliEvent } from '../events.ts'

export interface OutputOptions {
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
  readonly json: boolean
  readonly quiet: boolean
  readonly color: boolean
}

type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow'

/**
 * Where words go. With `--json` standard output holds NDJSON alone and people are spoken to on
 * standard error. A reader that went away (`| head`) never stops the work.
 */
export class Output {
  readonly isJson: boolean
  readonly isQuiet: boolean
  readonly #stdout: Sink
  readonly #stderr: Sink
  readonly #color: boolean
  /** Set while progress bars own the terminal: they must be moved out of the way. */
  through: ((text: string) => void) | undefined

  constructor({ stdout, stderr, json, quiet, color }: OutputOptions) {
    this.isJson = json
    this.isQuiet = quiet
    this.#stdout = new Sink(stdout)
    this.#stderr = new Sink(stderr)
    this.#color = color
  }

  /** A line for scripts; nothing without `--json`. */
  event(event: CliEvent): void {
    if (this.isJson) this.#stdout.write(`${JSON.stringify(event)}\n`)
  }

  /** What was asked for, for people; nothing with `--json`, where events say it. */
  line(text = ''): void {
    if (!this.isJson) this.#print(this.#stdout, text)
  }

  /** What is good to know by the way. */
  note(text: string): void {
    if (!this.isQuiet) this.#print(this.#stderr, text)
  }

  /** What went wrong and what to do. */
  error(text: string): void {
    this.#print(this.#stderr, text)
  }

  paint(style: Style, text: string): string {
    return this.#color ? styleText(style, text, { validateStream: false }) : text
  }

  #print(sink: Sink, text: string): void {
    const shown = printable(text)
    if (this.through !== undefined && sink.isTerminal) this.through(shown)
    else sink.write(`${shown}\n`)
  }
}

/** A stream that may close under us: what is written then is lost, and that is all. */
class Sink {
  readonly isTerminal: boolean
  readonly #stream: NodeJS.WriteStream
  #isOpen = true

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream
    this.isTerminal = stream.isTTY
    stream.on('error', () => {
      this.#isOpen = false
    })
  }

  write(text: string): void {
    if (this.#isOpen) this.#stream.write(text)
  }
}
