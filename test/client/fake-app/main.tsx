// The pages on rows of their own: `node test/client/fake-app/serve.ts`. Not part of the app.
import { render } from 'solid-js/web'
import { App } from '#client/app.tsx'
import { SignInPage } from '#client/sign-in/sign-in-page.tsx'
import { makeFakeHouse } from '../fake-house.ts'

const query = new URLSearchParams(location.search)
const count = query.get('many')
const acting = query.get('as')
const root = document.getElementById('app')!

if (location.pathname === '/logga-in') {
  render(
    () => (
      <SignInPage
        askForCode={async () => ({ ok: true, value: undefined })}
        signIn={async () => ({ ok: false, why: 'wrong', waitSeconds: null })}
        onSignedIn={() => undefined}
      />
    ),
    root,
  )
} else {
  const house = makeFakeHouse({
    ...(count === null ? {} : { many: Number(count) }),
    ...(acting === null ? {} : { acting }),
  })
  Object.assign(globalThis, { house })
  render(() => <App house={house} />, root)
}
