import { useState } from 'react'

import { TextField } from '../../ui/TextField.tsx'

interface KeptFieldProps {
  readonly label: string
  /** As it is stored. */
  readonly value: string
  readonly placeholder?: string | undefined
  readonly lines?: number | undefined
  /** What is wrong with a text; undefined when it may be kept. */
  readonly problemOf?: ((text: string) => string | undefined) | undefined
  readonly onKeep: (text: string) => void
}

/** Keeps what was typed when it is left or by Enter; what is wrong stays to be mended. */
export function KeptField({ label, value, placeholder, lines, problemOf, onKeep }: KeptFieldProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const text = typed ?? value
  const problem = typed === null ? undefined : problemOf?.(typed)
  const keep = (): void => {
    if (typed === null || problem !== undefined) return
    setTyped(null)
    if (typed !== value) onKeep(typed)
  }
  return (
    <TextField
      label={label}
      value={text}
      placeholder={placeholder}
      lines={lines}
      error={problem}
      onChange={setTyped}
      onEnter={keep}
      onLeave={keep}
    />
  )
}
