/** A cell by the name that a person gave it, which may be `constructor`: only what the row itself holds. */
export const ownText = (cells: Readonly<Record<string, string>>, name: string): string =>
  Object.hasOwn(cells, name) ? (cells[name] ?? '') : ''
