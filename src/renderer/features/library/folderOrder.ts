const names = new Intl.Collator(undefined, { numeric: true })

/** `2` before `10`, and what is in a folder right behind it, whatever its neighbours are called. */
export function byFolder(a: string, b: string): number {
  const [left, right] = [a.split('/'), b.split('/')]
  const at = left.findIndex((part, index) => part !== right[index])
  if (at < 0) return left.length - right.length
  const [part = '', other] = [left[at], right[at]]
  if (other === undefined) return 1
  // `01` and `1` are one number: without an order of their own, what is in them would mix.
  return names.compare(part, other) || (part < other ? -1 : 1)
}
