/** A text that ends in two underscores begins the name of a list, unless they end one: `__lens__`. */
export function opensList(text: string): boolean {
  const open = text.replaceAll(/\\[\s\S]|__[\p{L}\p{N}\p{M} ./-]+__/gu, ' ')
  return open.endsWith('__')
}
