/** How a person wants a frame fitted to a clip of another shape. Forward only, as every migration. */
export const frameFitTables = `
ALTER TABLE frames ADD COLUMN fit TEXT NOT NULL DEFAULT ''; -- as options.frame_fit; '' leaves it to the picture
`
