export interface EdlEvent {
  readonly number: number
  /** Frames; source in, source out, record in, record out. */
  readonly times: readonly [number, number, number, number]
  readonly comments: readonly string[]
}

const EVENT =
  /^(\d{3}) {2}(\S{1,8}) +(V|A|B|A2|AA\/V) +(C) +(\d\d:\d\d:\d\d:\d\d) (\d\d:\d\d:\d\d:\d\d) (\d\d:\d\d:\d\d:\d\d) (\d\d:\d\d:\d\d:\d\d)$/

/**
 * A strict reader of CMX 3600 lists of cuts, written from the format's description: title, frame code
 * mode, numbered events in step, comments behind the event that they belong to, nothing else.
 * @throws when a line is none of these, or times do not fit together
 */
export function readEdl(
  text: string,
  rate: number,
): { title: string; events: readonly EdlEvent[] } {
  const [title = '', mode, ...lines] = text.split('\r\n')
  if (!/^TITLE: .{1,70}$/.test(title)) throw new Error(`no title: ${title}`)
  if (mode !== 'FCM: NON-DROP FRAME') throw new Error(`no frame code mode: ${mode ?? ''}`)
  const events: { number: number; times: EdlEvent['times']; comments: string[] }[] = []
  for (const line of lines.filter((each) => each !== '')) {
    const found = EVENT.exec(line)
    if (found === null) {
      if (!line.startsWith('* ') || events.length === 0) throw new Error(`no event: ${line}`)
      events.at(-1)?.comments.push(line.slice(2))
      continue
    }
    const [a, b, c, d] = found.slice(5).map((code) => framesOf(code, rate))
    if (a === undefined || b === undefined || c === undefined || d === undefined)
      throw new Error(line)
    if (b <= a || b - a !== d - c) throw new Error(`source and record differ: ${line}`)
    if (Number(found[1]) !== events.length + 1) throw new Error(`out of step: ${line}`)
    const last = events.at(-1)
    if (last !== undefined && last.times[3] !== c) throw new Error(`a hole before ${line}`)
    events.push({ number: Number(found[1]), times: [a, b, c, d], comments: [] })
  }
  return { title: title.slice('TITLE: '.length), events }
}

function framesOf(code: string, rate: number): number {
  const [hours = 0, minutes = 0, seconds = 0, frames = 0] = code.split(':').map(Number)
  if (frames >= rate || seconds > 59 || minutes > 59) throw new Error(`no time: ${code}`)
  return ((hours * 60 + minutes) * 60 + seconds) * rate + frames
}
