export function InsightsScreen() {
  return <p>Insights</p>
}
