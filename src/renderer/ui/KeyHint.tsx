import './keyHint.css'

/** Keys as they are printed on the person's keyboard, already formatted for the platform. */
export function KeyHint({ keys }: { readonly keys: string }) {
  return (
    <kbd className="key-hint" aria-hidden="true">
      {keys}
    </kbd>
  )
}
