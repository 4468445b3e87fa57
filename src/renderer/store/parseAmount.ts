/** `25`, `25.50`, `25,50`, `$25`, `$1,300.00`: millionths. Undefined: no amount of money. */
export function parseAmount(text: string): number | undefined {
  const plain = text
    .trim()
    .replace(/^[$€£]\s*/, '')
    .replace(/^\d{1,3}(,\d{3})+(?=\.|$)/, (grouped) => grouped.replaceAll(',', ''))
    .replace(',', '.')
  if (!/^\d{1,9}(\.\d{1,6})?$/.test(plain)) return undefined
  return Math.round(Number(plain) * 1_000_000)
}
