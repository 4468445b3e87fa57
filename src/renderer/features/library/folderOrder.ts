const names = new Intl.Collator(undefined, { numeric: true })

/** `2` before `10`, and what is in a folder right behind it, whatever its neighbours are called. */
export function byFolder(a: string, b: string): number {
  const [left, right] = [a.split('/'), b.split('/')]
  const at = left.findIndex((part, index) => part !== right[index])
  if (at < 0) return left.length - right.length
  const other = right[at]
  return other === undefined ? 1 : names.compare(left[at] ?? '', other)
}
