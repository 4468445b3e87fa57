export function ReviewScreen() {
  return <p>Review</p>
}
