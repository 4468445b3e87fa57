/** A field of something that is kept elsewhere too. */
export interface FieldText {
  /** As it was kept when it was last seen. */
  readonly kept: string
  readonly text: string
  /** Changed here and not left yet. */
  readonly isEdited: boolean
}

export const fieldOf = (kept: string): FieldText => ({ kept, text: kept, isEdited: false })

/** With what was kept since, wherever it came from; what is being written stays. */
export function withKept(field: FieldText, kept: string): FieldText {
  if (field.kept === kept) return field
  return { ...field, kept, text: field.isEdited ? field.text : kept }
}
