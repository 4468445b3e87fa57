export function QueueScreen() {
  return <p>Queue</p>
}
