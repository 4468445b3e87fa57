/** What of a keyboard event tells the key; any DOM event fits. */
export interface KeyPress {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
}

interface Chord {
  readonly mod: boolean
  readonly shift: boolean
  readonly alt: boolean
  readonly key: string
}

const NAMES: Readonly<Record<string, string>> = { Space: ' ' }

function chordOf(keys: string): Chord {
  const parts = keys.split('+')
  const key = parts.at(-1) ?? ''
  return {
    mod: parts.includes('Mod'),
    shift: parts.includes('Shift'),
    alt: parts.includes('Alt'),
    key: (NAMES[key] ?? key).toLowerCase(),
  }
}

const isLetter = (key: string): boolean => /^[a-z]$/.test(key)
const isNamed = (key: string): boolean => key.length > 1 || key === ' '

/** Does this press mean these keys, e.g. `Mod+Shift+Z`? `Mod` is Ctrl, on a Mac Cmd. */
export function isPressed(press: KeyPress, keys: string, isMac: boolean): boolean {
  const chord = chordOf(keys)
  const mod = isMac ? press.metaKey : press.ctrlKey
  const other = isMac ? press.ctrlKey : press.metaKey
  if (mod !== chord.mod || other || press.altKey !== chord.alt) return false
  const key = press.key.toLowerCase()
  // What stands on a key with Shift differs by layout: `?` and `,` are what they print.
  if ((isLetter(chord.key) || isNamed(chord.key)) && press.shiftKey !== chord.shift) return false
  if (key === chord.key) return true
  return chord.mod && /^\d$/.test(chord.key) && press.code === `Digit${chord.key.toUpperCase()}`
}

const MAC: Readonly<Record<string, string>> = {
  Mod: '⌘',
  Shift: '⇧',
  Alt: '⌥',
  Enter: '↩',
  Backspace: '⌫',
  Delete: '⌦',
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
}
const OTHERS: Readonly<Record<string, string>> = {
  Mod: 'Ctrl',
  Escape: 'Esc',
  Delete: 'Del',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
}

/** As printed on this machine's keyboard: `⇧⌘Z`, `Ctrl+Shift+Z`. */
export function formatKeys(keys: string, isMac: boolean): string {
  const parts = keys.split('+')
  if (!isMac) return parts.map((part) => OTHERS[part] ?? part).join('+')
  const order = ['Alt', 'Shift', 'Mod']
  const modifiers = order.filter((name) => parts.includes(name))
  const key = parts.at(-1) ?? ''
  return [...modifiers, key].map((part) => MAC[part] ?? part).join('')
}

/** Keys without Ctrl or Cmd belong to whoever types in a field. */
export const needsNoField = (keys: string): boolean => !keys.startsWith('Mod')

const MODIFIERS = ['Control', 'Meta', 'Shift', 'Alt', 'AltGraph', 'Dead', 'Process', 'Unidentified']

/** The keys that are pressed, as the table of commands writes them; null for none that can be used. */
export function keysOf(press: KeyPress, isMac: boolean): string | null {
  const mod = isMac ? press.metaKey : press.ctrlKey
  const other = isMac ? press.ctrlKey : press.metaKey
  if (other || press.altKey || MODIFIERS.includes(press.key)) return null
  const key =
    press.key === ' ' ? 'Space' : press.key.length === 1 ? press.key.toUpperCase() : press.key
  const hasShift = press.shiftKey && (isLetter(key.toLowerCase()) || isNamed(key))
  return [...(mod ? ['Mod'] : []), ...(hasShift ? ['Shift'] : []), key].join('+')
}
