/** Long enough that the first look does not slow the start down; then every hour, for a list that is a day old. */
const FIRST_MS = 60_000
const EVERY_MS = 3_600_000

export interface DailyOffersOptions {
  /** As the person has it now. */
  readonly isOn: () => boolean
  /** Asks those that were not asked within a day; resolves with how many were asked. */
  readonly askDue: () => Promise<number>
  readonly onAsked: () => void
  /** What went wrong; they are asked again an hour later. */
  readonly report: (error: unknown) => void
  readonly after: (ms: number, fn: () => void) => () => void
}

/** Asks providers once a day what they offer, for as long as the app runs. Returns its end. */
export function startDailyOffers(options: DailyOffersOptions): () => void {
  const { isOn, askDue, onAsked, report, after } = options
  const look = async (): Promise<void> => {
    if (isOn() && (await askDue()) > 0) onAsked()
  }
  const wait = (ms: number): (() => void) =>
    after(ms, () => {
      cancel = wait(EVERY_MS)
      look().catch(report)
    })
  let cancel = wait(FIRST_MS)
  return () => cancel()
}
