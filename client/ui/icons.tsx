// The one place that knows which icon set is used. Icons never speak alone: words stand beside them.
import { __iconNode as ArrowDown } from 'lucide-solid/icons/arrow-down'
import { __iconNode as ArrowUp } from 'lucide-solid/icons/arrow-up'
import { __iconNode as Building } from 'lucide-solid/icons/building'
import { __iconNode as Check } from 'lucide-solid/icons/check'
import { __iconNode as CircleAlert } from 'lucide-solid/icons/circle-alert'
import { __iconNode as CircleUser } from 'lucide-solid/icons/circle-user'
import { __iconNode as CloudOff } from 'lucide-solid/icons/cloud-off'
import { __iconNode as Eye } from 'lucide-solid/icons/eye'
import { __iconNode as Handshake } from 'lucide-solid/icons/handshake'
import { __iconNode as Hourglass } from 'lucide-solid/icons/hourglass'
import { __iconNode as House } from 'lucide-solid/icons/house'
import { __iconNode as Info } from 'lucide-solid/icons/info'
import { __iconNode as Receipt } from 'lucide-solid/icons/receipt'
import { __iconNode as Search } from 'lucide-solid/icons/search'
import { __iconNode as Send } from 'lucide-solid/icons/send'
import { __iconNode as Shield } from 'lucide-solid/icons/shield'
import { __iconNode as User } from 'lucide-solid/icons/user'
import { __iconNode as Users } from 'lucide-solid/icons/users'
import { __iconNode as Wifi } from 'lucide-solid/icons/wifi'
import { __iconNode as X } from 'lucide-solid/icons/x'

const icons = {
  ArrowDown,
  ArrowUp,
  Building,
  Check,
  CircleAlert,
  CircleUser,
  CloudOff,
  Eye,
  Handshake,
  Hourglass,
  House,
  Info,
  Receipt,
  Search,
  Send,
  Shield,
  User,
  Users,
  Wifi,
  X,
}

export type IconName = keyof typeof icons

const made = new Map<IconName, Element>()

/** The set's own component takes each drawing apart anew; a page's first drawing has a dozen of them. Here one is made, and copied. */
export function Icon(props: { readonly name: IconName }) {
  return <>{copyOf(props.name)}</>
}

function copyOf(name: IconName): Node {
  let icon = made.get(name)
  if (icon === undefined) {
    icon = element('svg', {
      width: 24,
      height: 24,
      viewBox: '0 0 24 24',
      fill: 'none',
      stroke: 'currentColor',
      'stroke-width': 2,
      'stroke-linecap': 'round',
      'stroke-linejoin': 'round',
      'aria-hidden': 'true',
    })
    for (const [tag, { key: _key, ...attributes }] of icons[name]) icon.append(element(tag, attributes))
    made.set(name, icon)
  }
  return icon.cloneNode(true)
}

function element(tag: string, attributes: Readonly<Record<string, string | number>>): Element {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value))
  return element
}
