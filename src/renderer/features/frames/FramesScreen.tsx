export function FramesScreen() {
  return <p>Frames</p>
}
