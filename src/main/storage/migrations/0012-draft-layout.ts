/** How the columns of a draft are laid out. Forward only, as every migration. */
export const draftLayoutTables = `
ALTER TABLE drafts ADD COLUMN layout TEXT; -- JSON; null: as the person last had them
`
