export function LibraryScreen() {
  return <p>Library</p>
}
