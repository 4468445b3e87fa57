/** Into a field behind what it says, to go on writing; a focus alone brings back an old selection. */
export function focusEnd(field: HTMLInputElement | null): void {
  field?.focus()
  field?.setSelectionRange(field.value.length, field.value.length)
}
