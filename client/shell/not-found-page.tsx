import { t } from '#client/i18n/t.ts'
import { Page } from '#client/ui/page.tsx'

export function NotFoundPage() {
  return (
    <Page title={t('app.notFound')}>
      <p>{t('app.notFoundText')}</p>
      <p>
        <a href="/">{t('app.toStart')}</a>
      </p>
    </Page>
  )
}
