import { useStore } from '../store/store.ts'

/** Heard, not seen: what changed without the person's doing. */
export function LiveRegion() {
  const { text, count } = useStore((store) => store.spoken)
  return (
    <output className="visually-hidden" aria-live="polite">
      <span key={count}>{text}</span>
    </output>
  )
}
