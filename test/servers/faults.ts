import type { Fault, RequestKind } from './types.ts'

/** Faults in the order in which they were set; each is used up after its `times`. */
export class FaultList {
  #faults: { readonly fault: Fault; skip: number; times: number }[] = []

  add(fault: Fault): void {
    this.#faults.push({ fault, skip: fault.skip ?? 0, times: fault.times ?? 1 })
  }

  clear(): void {
    this.#faults = []
  }

  /** The fault for this request; null for none. `text` is its path and body. */
  next(kind: RequestKind, text: string): Fault | null {
    for (const entry of this.#faults) {
      const { fault } = entry
      const isMeant =
        (fault.on === kind || fault.on === 'any') &&
        (fault.includes === undefined || text.includes(fault.includes))
      if (!isMeant || entry.times === 0) continue
      if (entry.skip > 0) {
        entry.skip -= 1
        continue
      }
      entry.times -= 1
      return fault
    }
    return null
  }

  /** Whether a request that was not read yet is to be cut off; uses the fault up. */
  cutsOff(kind: RequestKind, path: string): boolean {
    const isFirst = this.#faults.some(
      ({ fault, skip, times }) =>
        (fault.on === kind || fault.on === 'any') &&
        fault.how.kind === 'destroy' &&
        fault.how.when === 'beforeBody' &&
        fault.includes === undefined &&
        times > 0 &&
        skip === 0,
    )
    return isFirst && this.next(kind, path)?.how.kind === 'destroy'
  }
}
