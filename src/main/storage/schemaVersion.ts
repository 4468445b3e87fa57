/** A newer schema than ours is refused (money rule 16): its rules are not known here. */
export const newerSchemaMessage = (found: number, known: number): string =>
  `The database was written by a newer version of Dailies (its version ${found}, known here ${known}). ` +
  'Update Dailies, or name another folder with --data-dir.'
