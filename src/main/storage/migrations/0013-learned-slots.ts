/** How many renders at once a provider was found to take, per key. Forward only, as every migration. */
export const learnedSlotTables = `
ALTER TABLE lanes ADD COLUMN learnedSlots INTEGER; -- null: it never said that there were too many
ALTER TABLE lanes ADD COLUMN learnedAt INTEGER;
`
