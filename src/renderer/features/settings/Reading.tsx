/** As high as the window: what follows comes into view where it stays. */
export function Reading() {
  return (
    <p className="text-2 settings-text settings-reading" aria-busy="true">
      Reading…
    </p>
  )
}
