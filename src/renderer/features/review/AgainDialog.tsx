import { costOf, runAgain, type AgainWish } from '../../store/review/again.ts'
import { useStore } from '../../store/store.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { plural } from '../../ui/format.ts'
import { formatMoney } from '../../../shared/domain/moneyText.ts'

/** A paid take is never made again without a word on what that costs. */
export function AgainDialog() {
  const wish = useStore((store) => store.again)
  const close = useStore((store) => store.closeAgain)
  if (wish === null) return null
  const { takes, seed } = wish
  const what = takes.length === 1 ? 'this take' : plural(takes.length, 'take')
  return (
    <Dialog
      title={seed === 'new' ? `Re-roll ${what}?` : `Make ${what} again?`}
      isOpen
      isQuestion
      onClose={close}
      footer={
        <>
          <Button onPress={close}>Not now</Button>
          <Button
            variant="solid"
            autoFocus
            onPress={() => {
              close()
              void runAgain(wish)
            }}
          >
            {seed === 'new' ? 'Re-roll' : 'Make again'}
          </Button>
        </>
      }
    >
      <p>
        {seed === 'new' ? 'The same request with a new seed' : 'Exactly the same request'}, queued
        at once in {takes.length === 1 ? 'its' : 'their'} own batch and under its cap.{' '}
        {costWords(wish)}
      </p>
    </Dialog>
  )
}

function costWords({ takes }: AgainWish): string {
  const cost = costOf(takes)
  if (cost === null) return 'What it will cost is not known.'
  return `It will cost about ${cost.map(formatMoney).join(' and ')}, as it did before.`
}
