/** Plain text as a template that means just that text. */
export const escapeTemplate = (text: string): string =>
  text.replaceAll(/[\\{}|_#]/g, String.raw`\$&`)
