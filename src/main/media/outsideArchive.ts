/**
 * Where a file lies that other programs open: no program looks inside an Electron archive, so the
 * packager puts such files beside it. A path that leads into no archive stays as it is.
 */
export const outsideArchive = (path: string): string =>
  path.replace(/app\.asar(?=[\\/]|$)/, 'app.asar.unpacked')
